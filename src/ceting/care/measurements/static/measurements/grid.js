// The session's grid: typing without the mouse, one request a child, nothing typed lost.
// Works without: every row is a form of its own, with a button.
import { forgetOldDrafts, keepDraft, restoreDraft } from "./grid_drafts.js";
import {
  choosePosition,
  focusCell,
  formOf,
  input,
  isAnswerAwaited,
  isDirty,
  keyOf,
  looksUsual,
  nameOf,
  rowAround,
  rowOf,
  saved,
  showGain,
  skipPosition,
  typed,
  write,
} from "./grid_rows.js";
import * as rules from "./grid_rules.js";

const RETRY_SECONDS = 15;
const person = document.body.dataset.person || "";

/** @type {Record<string, string>} */
const MARKS = { sending: "Menyimpan…", failed: "Belum terkirim", typed: "Belum disimpan" };

/**
 * What the page knows of a row beyond its inputs.
 * @typedef {{sent: rules.Values|null, again: boolean, failed: boolean, advance: boolean, undone: rules.Values|null}} Memory
 */

/** @param {HTMLElement} grid */
function startGrid(grid) {
  const session = grid.dataset.grid || "";
  /** @type {Map<string, Memory>} */
  const memories = new Map();
  const announcer = grid.querySelector("[data-announce]");
  const filter = /** @type {HTMLInputElement} */ (grid.querySelector("[data-filter]"));
  const bar = /** @type {HTMLElement} */ (grid.querySelector("[data-unsent]"));

  // ---- Rows and their values

  const rows = () => /** @type {HTMLElement[]} */ ([...grid.querySelectorAll("[data-row]")]);
  /** @param {string} key */
  function memory(key) {
    let found = memories.get(key);
    if (!found) memories.set(key, (found = { sent: null, again: false, failed: false, advance: false, undone: null }));
    return found;
  }

  /** Nothing was typed since the server asked. @param {HTMLElement} row */
  function isUnchangedSinceAsked(row) {
    const { sent } = memory(keyOf(row));
    return isAnswerAwaited(row) && sent !== null && rules.sameValues(sent, typed(row));
  }

  // ---- What the typist sees

  /** @param {HTMLElement} row */
  function mark(row) {
    const { failed } = memory(keyOf(row));
    const sending = row.hasAttribute("data-sending");
    const dirty = isDirty(row);
    const state = !dirty ? "" : sending ? "sending" : failed ? "failed" : "typed";
    const asking = state === "typed" && isUnchangedSinceAsked(row);
    row.dataset.mark = asking ? "" : state;
    const place = row.querySelector("[data-mark]");
    if (place) place.textContent = asking ? "" : MARKS[state] || "";
    showGain(row);
  }

  function countUnfinished() {
    const here = rowAround(document.activeElement);
    const open = rows().filter((row) => isDirty(row) && (row !== here || memory(keyOf(row)).failed));
    const asked = open.filter(isUnchangedSinceAsked);
    const words = rules.unfinishedWords(open.length - asked.length, asked.length);
    const place = bar.querySelector("[data-unsent-words]");
    if (place && place.textContent !== words) place.textContent = words;
    const button = bar.querySelector("[data-resend]");
    if (button) button.textContent = open.length > asked.length ? "Kirim sekarang" : "Jawab sekarang";
    bar.hidden = !words;
  }

  /** @param {string} words */
  function announce(words) {
    if (announcer) announcer.textContent = words;
  }

  // ---- What is kept on the device

  /** @param {HTMLElement} row */
  function keep(row) {
    const { failed, sent } = memory(keyOf(row));
    keepDraft(row, { person, session }, failed || sent !== null);
  }

  // ---- Saving

  /** @param {HTMLElement} row @param {HTMLElement|null} [button] */
  function save(row, button = null) {
    const state = memory(keyOf(row));
    if (row.hasAttribute("data-sending")) {
      state.again = state.sent === null || !rules.sameValues(state.sent, typed(row));
      return;
    }
    if (!isDirty(row)) return;
    keep(row);
    formOf(row).requestSubmit(button);
  }

  /** Somebody left the row: what she typed is saved, but never a question answered for her. @param {HTMLElement} row */
  function leave(row) {
    if (isDirty(row) && !isUnchangedSinceAsked(row) && !rules.isEmpty(typed(row))) save(row);
    countUnfinished();
  }

  function resend() {
    retry();
    for (const row of rows()) if (isDirty(row) && !memory(keyOf(row)).failed && !isUnchangedSinceAsked(row)) save(row);
    const [question] = rows().filter((row) => isDirty(row) && isUnchangedSinceAsked(row));
    if (question) focusDoubt(question);
  }

  async function retry() {
    const waiting = rows().filter((row) => memory(keyOf(row)).failed && isDirty(row));
    if (!waiting.length) return;
    await renewToken(waiting[0]);
    for (const row of waiting) save(row);
  }

  /** Signing in again in another window makes this page's token old; any row carries the new one. @param {HTMLElement} row */
  async function renewToken(row) {
    try {
      const answer = await fetch(formOf(row).action, { headers: { "HX-Request": "true" } });
      if (!answer.headers.get("X-Row")) return;
      const page = new DOMParser().parseFromString(`<table>${await answer.text()}</table>`, "text/html");
      const token = page.querySelector("[name=csrfmiddlewaretoken]")?.getAttribute("value");
      if (!token) return;
      document.querySelector("meta[name='csrf-token']")?.setAttribute("content", token);
      for (const old of document.querySelectorAll("[name=csrfmiddlewaretoken]")) old.setAttribute("value", token);
    } catch {
      // Still without a connection: the rows wait for the next try.
    }
  }

  // ---- Moving

  /** @param {HTMLElement} row */
  function focusDoubt(row) {
    const wrong = /** @type {HTMLInputElement|null} */ (row.querySelector("[aria-invalid='true']"));
    focusCell(row, wrong ? wrong.name : "weight_kg");
    announce(row.querySelector("[data-question]")?.textContent?.replace(/\s+/g, " ").trim() || "");
  }

  /** @param {HTMLElement} row @param {number} step @param {string} name */
  function move(row, step, name) {
    const all = rows();
    const place = rules.nextShown(
      all.map((one) => !one.hidden),
      all.indexOf(row),
      step,
    );
    if (place >= 0) return focusCell(all[place], name);
    if (filter.value) {
      filter.focus();
      return filter.select();
    }
    if (step > 0) /** @type {HTMLElement|null} */ (document.querySelector("[data-finish]"))?.focus();
  }

  /** @param {HTMLElement} row @param {number} step */
  function enter(row, step) {
    if (!isDirty(row)) return move(row, step, "weight_kg");
    if (isUnchangedSinceAsked(row)) {
      if (row.dataset.state !== "asked") return focusDoubt(row);
    } else if (looksUsual(row)) {
      save(row);
      return move(row, step, "weight_kg");
    }
    // Out of the ordinary: the answer comes first, then the next child.
    memory(keyOf(row)).advance = step > 0;
    save(row);
  }

  /** Back to what is saved; once more brings the typed values back. @param {HTMLElement} row */
  function restore(row) {
    const state = memory(keyOf(row));
    if (isDirty(row)) {
      state.undone = typed(row);
      write(row, saved(row));
    } else if (state.undone) {
      write(row, state.undone);
      state.undone = null;
    }
    state.failed = false;
    keep(row);
    mark(row);
    countUnfinished();
  }

  /** @param {HTMLElement} row */
  function takeSuggestions(row) {
    for (const button of row.querySelectorAll("[data-suggest]"))
      if (button instanceof HTMLElement) input(row, button.dataset.suggest || "").value = button.dataset.value || "";
    mark(row);
    memory(keyOf(row)).advance = true;
    save(row);
  }

  function nextUnfinished() {
    const open = rows().filter(isDirty);
    const here = rowAround(document.activeElement);
    const next = open[(here ? open.indexOf(here) + 1 : 0) % (open.length || 1)];
    if (next) focusDoubt(next);
    else announce("Semua sudah tersimpan.");
  }

  /** @type {Record<string, (row: HTMLElement, field: HTMLInputElement) => void>} */
  const commands = {
    save: (row) => save(row),
    enter: (row) => enter(row, 1),
    "enter-back": (row) => enter(row, -1),
    down: (row, field) => move(row, 1, field.name),
    up: (row, field) => move(row, -1, field.name),
    restore: (row) => restore(row),
    lying: (row) => changed(row, () => choosePosition(row, "l"), "Terlentang"),
    standing: (row) => changed(row, () => choosePosition(row, "h"), "Berdiri"),
    oedema: (row) => {
      const tick = input(row, "oedema");
      changed(row, () => (tick.checked = !tick.checked), tick.checked ? "Tidak bengkak" : "Bengkak");
    },
    suggestion: (row) => takeSuggestions(row),
    theirs: (row) => /** @type {HTMLElement|null} */ (row.querySelector("[data-theirs]"))?.click(),
    mine: (row) => /** @type {HTMLElement|null} */ (row.querySelector("[data-mine]"))?.click(),
    filter: () => filter.focus(),
    unfinished: () => nextUnfinished(),
  };

  /** @param {HTMLElement} row @param {() => void} change @param {string} words */
  function changed(row, change, words) {
    change();
    announce(`${nameOf(row)}: ${words}`);
    keep(row);
    mark(row);
  }

  // ---- Events

  grid.addEventListener("keydown", (event) => {
    const row = rowAround(event.target);
    const field = event.target;
    if (!row || !(field instanceof HTMLElement)) return;
    const kind = !(field instanceof HTMLInputElement) ? "button" : field.type === "text" ? "number" : "choice";
    const suggests = Boolean(row.querySelector("[data-suggest]")) && isUnchangedSinceAsked(row);
    const command = rules.commandFor(event, { kind, state: row.dataset.state || "", suggests });
    if (!command) return;
    event.preventDefault();
    commands[command](row, /** @type {HTMLInputElement} */ (field));
  });

  grid.addEventListener("input", (event) => {
    const row = rowAround(event.target);
    if (!row) return filterRows();
    memory(keyOf(row)).undone = null;
    keep(row);
    mark(row);
  });

  grid.addEventListener("click", (event) => {
    const row = rowAround(event.target);
    const button = event.target instanceof Element ? event.target.closest("button, a") : null;
    if (!button || !row) return;
    if (button.matches("[data-suggest]")) takeSuggestions(row);
    // htmx doesn't see the name of a button that stands outside its form.
    if (button.matches("[data-mine]")) input(row, "mine_over").value = button.getAttribute("value") || "";
    if (button.matches("[data-confirm]")) memory(keyOf(row)).advance = true;
  });

  grid.addEventListener("focusout", (event) => {
    const row = rowAround(event.target);
    // A row that is being replaced isn't left: htmx puts the focus back.
    if (!row || swapping || rowAround(event.relatedTarget) === row) return;
    memory(keyOf(row)).advance = false;
    leave(row);
  });

  grid.addEventListener("focusin", (event) => {
    countUnfinished();
    const field = event.target;
    if (field instanceof HTMLInputElement && field.type === "text" && rowAround(field)) field.select();
  });

  function filterRows() {
    let shown = 0;
    for (const row of rows()) {
      const number = row.querySelector(".grid-number")?.textContent || "";
      row.hidden = !rules.matches(filter.value, nameOf(row), number);
      if (!row.hidden) shown += 1;
    }
    const place = grid.querySelector("[data-found]");
    if (place) place.textContent = filter.value ? `${shown} anak` : "";
  }

  filter.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      filter.value = "";
      filterRows();
    }
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const first = rows().find((row) => !row.hidden);
    if (first) focusCell(first, "weight_kg");
  });

  document.addEventListener("keydown", (event) => {
    const busy = event.target instanceof Element && event.target.closest("input, textarea, select, [data-row]");
    if (event.key === "/" && !busy) {
      event.preventDefault();
      filter.focus();
    }
    if (event.key === "F2" && !rowAround(event.target)) {
      event.preventDefault();
      nextUnfinished();
    }
  });

  grid.querySelector("[data-resend]")?.addEventListener("click", resend);
  window.addEventListener("online", retry);
  document.addEventListener("cover:opened", retry);
  window.setInterval(retry, RETRY_SECONDS * 1000);

  // ---- htmx

  /** @param {Event} event */
  const detailOf = (event) => /** @type {CustomEvent} */ (event).detail;

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const row = rowOf(detailOf(event).elt.dataset?.key || "");
    if (!row) return;
    memory(keyOf(row)).sent = typed(row);
    row.setAttribute("data-sending", "");
    keep(row);
    mark(row);
  });

  /** @type {rules.Values|null} */
  let typedMeanwhile = null;
  let swapping = false;

  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const detail = detailOf(event);
    const key = detail.requestConfig?.elt?.dataset?.key;
    const row = key ? rowOf(key) : null;
    if (!row) return;
    // A sign-in page or a proxy's page isn't a row.
    if (!detail.xhr.getResponseHeader("X-Row")) detail.shouldSwap = false;
    swapping = detail.shouldSwap;
    const { sent } = memory(key);
    const asksForTheirs = detail.requestConfig.verb === "get";
    typedMeanwhile = !asksForTheirs && sent && !rules.sameValues(sent, typed(row)) ? typed(row) : null;
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const detail = detailOf(event);
    const key = detail.requestConfig?.elt?.dataset?.key;
    const row = key ? rowOf(key) : null;
    if (!row) return;
    swapping = false;
    row.removeAttribute("data-sending");
    settle(row, detail.xhr.getResponseHeader("X-Row") || "");
    countUnfinished();
  });

  /** @param {HTMLElement} row @param {string} answer the row's new state; "" when nothing came back */
  function settle(row, answer) {
    const state = memory(keyOf(row));
    state.failed = !answer;
    skipPosition(row);
    if (typedMeanwhile && answer) write(row, typedMeanwhile);
    typedMeanwhile = null;
    if (answer === "saved" || answer === "empty") state.sent = null;
    keep(row);
    mark(row);
    const here = row.contains(document.activeElement);
    if (answer === "saved") announce(`${nameOf(row)} tersimpan. ${row.querySelector("[data-said]")?.textContent || ""}`);
    if (!answer) announce(`${nameOf(row)} belum terkirim. Isian masih ada di layar.`);
    if (state.again && answer === "saved") {
      state.again = false;
      if (!here) save(row);
    }
    if (answer === "saved" && state.advance && here) move(row, 1, "weight_kg");
    if (isAnswerAwaited(row) && answer && here) focusDoubt(row);
    state.advance = false;
  }

  // ---- Start

  forgetOldDrafts(person);
  for (const row of rows()) {
    skipPosition(row);
    memory(keyOf(row)).failed = restoreDraft(row, { person, session });
    if (isAnswerAwaited(row)) memory(keyOf(row)).sent = typed(row);
    mark(row);
  }
  countUnfinished();
  const asked = rowOf(location.hash.replace("#anak-", ""));
  const first = asked || rows().find((row) => row.dataset.state !== "saved");
  if (first && window.matchMedia("(hover: hover)").matches) focusCell(first, "weight_kg");
}

const grid = document.querySelector("[data-grid]");
if (grid instanceof HTMLElement) startGrid(grid);
