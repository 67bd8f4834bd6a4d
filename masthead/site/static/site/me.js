// What a page says of the member who reads it. The page itself is the same for many, so it is asked for here: once in each
// tab and generation (site/generation.py). Without this script the links work, and the circle beside the account stays empty.
const KEPT = "me";
const generation = () => /(?:^|; )(?:__Host-)?generation=([^;]*)/.exec(document.cookie)?.[1] ?? "";

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    return null; // somebody else's words, or a browser that keeps nothing
  }
}

function keep(told) {
  try {
    if (told) sessionStorage.setItem(KEPT, JSON.stringify(told));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // then it is asked for again on the next page
  }
}

async function who() {
  const current = generation();
  const held = kept();
  if (held && held.generation === current) return held.me;
  keep(null);
  if (!current) return { member: false };
  const response = await fetch("/account/me.json");
  if (!response.ok) return { member: false };
  const me = await response.json();
  keep({ generation: generation(), me }); // the answer may have set another one
  return me;
}

function show(me) {
  for (const circle of document.querySelectorAll("[data-me=initial]")) circle.textContent = me.initial ?? "";
  // It has its place in any case: what appears moves nothing.
  for (const link of document.querySelectorAll("[data-me=subscribe]")) link.hidden = !me.member || me.subscribes;
  for (const button of document.querySelectorAll("[data-persona]"))
    if (button.dataset.persona === (me.member ? me.persona : "anyone")) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
}

const shownFor = generation();
addEventListener("pageshow", (event) => {
  // From the browser's own copy, of somebody who has gone, or who may read more by now.
  if (event.persisted && generation() !== shownFor) location.reload();
});
who().then(show, () => {});
