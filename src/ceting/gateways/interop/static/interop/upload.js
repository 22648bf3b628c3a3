// The upload form: says at once that a file is too large, and that a big one is under way.
// Works without: the server refuses the same file, before it is read.

/** @param {HTMLInputElement} input */
function refuseTooLarge(input) {
  const file = input.files?.[0];
  const limit = Number(input.dataset.maxBytes);
  input.setCustomValidity(file && file.size > limit ? input.dataset.tooLarge || "" : "");
  input.reportValidity();
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file][data-max-bytes]");
  if (!(form instanceof HTMLFormElement) || !(input instanceof HTMLInputElement)) continue;
  const words = form.querySelector("button[data-busy] span");
  const ready = words?.textContent || "";
  input.addEventListener("change", () => refuseTooLarge(input));
  form.addEventListener("submit", (event) => {
    if (!input.checkValidity()) {
      event.preventDefault();
      refuseTooLarge(input);
      return;
    }
    if (words instanceof HTMLElement) words.textContent = words.closest("button")?.dataset.busy || "";
  });
  // Back again by the back button: the form can be sent anew.
  window.addEventListener("pageshow", () => {
    if (words instanceof HTMLElement) words.textContent = ready;
  });
}
