// Typing a column from paper: Enter goes down, then to the second column, then to the next measure; then to "Simpan".
const form = /** @type {HTMLFormElement|null} */ (document.querySelector("[data-readings]"));

/** The inputs in the order in which they stand on a person's sheet. @param {HTMLElement} within */
function inOrder(within) {
  return [...within.querySelectorAll("table")].flatMap((table) =>
    ["1", "2"].flatMap((turn) => [...table.querySelectorAll(`input[data-turn="${turn}"]`)]),
  );
}

form?.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Enter" || !(field instanceof HTMLInputElement) || !field.dataset.turn) return;
  event.preventDefault();
  const all = inOrder(form);
  const next = all[all.indexOf(field) + (event.shiftKey ? -1 : 1)];
  const target = next || form.querySelector("[type=submit]");
  if (target instanceof HTMLElement) target.focus();
  if (target instanceof HTMLInputElement) target.select();
});
