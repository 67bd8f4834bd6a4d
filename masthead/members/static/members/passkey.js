// Passkeys: asks the browser to make one or to answer with one. Without JavaScript a code by mail does the same.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function decoded(options) {
  const key = options.publicKey;
  key.challenge = bytes(key.challenge);
  if (key.user) key.user.id = bytes(key.user.id);
  for (const list of ["excludeCredentials", "allowCredentials"])
    for (const credential of key[list] ?? []) credential.id = bytes(credential.id);
  return options;
}

function encoded(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response };
}

async function post(address, token, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body ?? {}),
  });
  return answer.json();
}

async function run(form) {
  const fields = Object.fromEntries(new FormData(form));
  const token = fields.csrfmiddlewaretoken;
  const asked = await post(form.dataset.begin, token);
  if (asked.error) throw new Error(asked.error);
  const options = decoded(asked);
  const call = form.dataset.passkey === "add" ? "create" : "get";
  const credential = await navigator.credentials[call](options);
  const answer = await post(form.dataset.finish, token, {
    credential: encoded(credential),
    name: fields.name,
    next: fields.next,
  });
  if (answer.error) throw new Error(answer.error);
  location.assign(answer.next);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  // A number is no name that a passkey could belong to (WebAuthn Level 2, 5.1.2).
  if (!window.PublicKeyCredential || /^[\d.]+$|:/.test(location.hostname)) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector(".error");
    problem.hidden = true;
    try {
      await run(form);
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
}
