// Passkeys: asks the browser for what the server wants to know, and sends the answer with the form.
// Without it, or in a browser without passkeys, there are the password and the code.

const CANCELLED = "Kunci sandi belum dipakai. Tekan tombolnya sekali lagi, atau pakai cara lain.";

/** @param {string} text base64url */
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

/** @param {ArrayBuffer} buffer */
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

/** @param {{id: string}[]|undefined} list */
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

/** @param {string} url */
async function options(url) {
  const answer = await fetch(url, { headers: { "X-Cover": "1" } });
  if (!answer.ok || answer.redirected) throw new Error(`options: ${answer.status}`);
  const { publicKey } = await answer.json();
  publicKey.challenge = bytes(publicKey.challenge);
  return publicKey;
}

/** What stands in an answer, as JSON. @param {any} credential */
function plain(credential) {
  /** @type {Record<string, string>} */
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  const { id, type } = credential;
  const clientExtensionResults = credential.getClientExtensionResults();
  return JSON.stringify({ id, rawId: text(credential.rawId), type, response, clientExtensionResults });
}

/** A passkey that is there: the answer to the server's challenge. @param {string} url */
export async function ask(url) {
  const publicKey = await options(url);
  publicKey.allowCredentials = known(publicKey.allowCredentials);
  return plain(await navigator.credentials.get({ publicKey }));
}

/** A new one. @param {string} url */
async function make(url) {
  const publicKey = await options(url);
  publicKey.user.id = bytes(publicKey.user.id);
  publicKey.excludeCredentials = known(publicKey.excludeCredentials);
  return plain(await navigator.credentials.create({ publicKey }));
}

export const isPossible = () => Boolean(window.PublicKeyCredential && navigator.credentials);

/** @param {HTMLFormElement} form */
function startForm(form) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-passkey-said]");
    const field = /** @type {HTMLInputElement} */ (form.querySelector("[name=credential]"));
    try {
      const url = form.dataset.options || "";
      field.value = form.dataset.passkey === "create" ? await make(url) : await ask(url);
    } catch {
      if (!(said instanceof HTMLElement)) return;
      said.textContent = CANCELLED;
      said.hidden = false;
      return;
    }
    form.submit();
  });
}

if (isPossible()) {
  for (const form of document.querySelectorAll("form[data-passkey]"))
    if (form instanceof HTMLFormElement) startForm(form);
  for (const sentence of document.querySelectorAll("[data-passkey-missing]"))
    if (sentence instanceof HTMLElement) sentence.hidden = true;
}
