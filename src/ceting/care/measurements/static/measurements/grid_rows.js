// A row of the grid as the page holds it: its inputs, what is saved, what was typed.
import * as rules from "./grid_rules.js";

/** @param {string} key @returns {HTMLElement|null} */
export const rowOf = (key) => document.getElementById(`anak-${key}`);

/** @param {EventTarget|null} target @returns {HTMLElement|null} */
export const rowAround = (target) => (target instanceof Element ? target.closest("[data-row]") : null);

/** @param {HTMLElement} row */
export const keyOf = (row) => row.dataset.row || "";

/** @param {HTMLElement} row */
export const formOf = (row) => /** @type {HTMLFormElement} */ (row.querySelector("form"));

/** @param {HTMLElement} row @param {string} name */
export const input = (row, name) => /** @type {HTMLInputElement} */ (row.querySelector(`[name="${name}"]`));

/** @param {HTMLElement} row */
export const nameOf = (row) => row.querySelector("[data-name]")?.textContent || "";

/** @param {HTMLElement} row @returns {rules.Values} */
export function typed(row) {
  const chosen = /** @type {HTMLInputElement|null} */ (row.querySelector("[name=position]:checked"));
  /** @type {rules.Values} */
  const values = { position: chosen ? chosen.value : "", oedema: input(row, "oedema").checked ? "on" : "" };
  for (const name of rules.NUMBERS) values[name] = input(row, name).value;
  return values;
}

/** @param {HTMLElement} row @returns {rules.Values} */
export function saved(row) {
  /** @type {rules.Values} */
  const values = {};
  for (const name of [...rules.NUMBERS, "position", "oedema"]) values[name] = input(row, name).dataset.saved || "";
  return values;
}

/** @param {HTMLElement} row @param {rules.Values} values */
export function write(row, values) {
  for (const name of rules.NUMBERS) input(row, name).value = values[name] || "";
  input(row, "oedema").checked = Boolean(values.oedema);
  choosePosition(row, values.position);
}

/** @param {HTMLElement} row @param {string} position */
export function choosePosition(row, position) {
  const choice = /** @type {HTMLInputElement|null} */ (row.querySelector(`[name=position][value="${position}"]`));
  if (choice) choice.checked = true;
}

/** @param {HTMLElement} row */
export const isDirty = (row) => !rules.sameValues(typed(row), saved(row));

/** The server asked, refused, or found somebody else's values. @param {HTMLElement} row */
export const isAnswerAwaited = (row) => ["asked", "refused", "conflict"].includes(row.dataset.state || "");

/** Whether the next child needn't wait for the server's answer. @param {HTMLElement} row */
export const looksUsual = (row) =>
  !input(row, "oedema").checked &&
  rules.NUMBERS.every((name) => {
    const cell = input(row, name);
    return rules.isUsual(cell.value, cell.dataset.low || "", cell.dataset.high || "");
  });

/** How far the weight is from the last one. @param {HTMLElement} row */
export function showGain(row) {
  const place = row.querySelector("[data-gain]");
  if (place) place.textContent = rules.gainWords(input(row, "weight_kg").value, row.dataset.lastWeight || "");
}

/** The position has its keys; one stop less for Tab. @param {HTMLElement} row */
export function skipPosition(row) {
  for (const choice of row.querySelectorAll("[name=position]")) choice.setAttribute("tabindex", "-1");
}

/** @param {HTMLElement} row @param {string} name */
export function focusCell(row, name) {
  const cell = input(row, name);
  cell.focus();
  if (cell.type === "text") cell.select();
}
