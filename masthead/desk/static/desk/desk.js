// The desk's small comforts. The form works without any of this.

const form = document.querySelector("form.post");

function insert(area, text) {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

async function upload(form, file) {
  const body = new FormData();
  body.append("file", file);
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(form.dataset.upload, { method: "POST", body });
  return answer.json();
}

if (form) {
  const area = form.elements.text;
  const status = form.querySelector("[data-status]");
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
    }
  });
  for (const button of form.querySelectorAll("[data-insert]"))
    button.addEventListener("click", () => insert(area, button.dataset.insert));
  form.querySelector("[data-insert-picture]").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    status.textContent = "…";
    try {
      const answer = await upload(form, file);
      status.textContent = answer.error ?? "";
      if (answer.markdown) insert(area, `\n\n${answer.markdown}\n\n`);
    } catch {
      status.textContent = "The picture could not be sent. Is the network there?";
    }
    event.target.value = "";
  });
}
