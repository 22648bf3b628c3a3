// What is typed and not yet saved, kept on this device: keys and numbers, never a name. Survives a dead battery.
import { input, isAnswerAwaited, isDirty, keyOf, typed, write } from "./grid_rows.js";
import { draftKey, readDraft } from "./grid_rules.js";

/**
 * @param {HTMLElement} row
 * @param {{person: string, session: string}} owner
 * @param {boolean} tried whether the typist had finished the row
 */
export function keepDraft(row, { person, session }, tried) {
  const key = draftKey(person, session, keyOf(row));
  try {
    if (!isDirty(row)) localStorage.removeItem(key);
    else {
      const draft = { values: typed(row), base: input(row, "base").value, tried, at: Date.now() };
      localStorage.setItem(key, JSON.stringify(draft));
    }
  } catch {
    // Storage full or refused: saving still works, only the memory of this row is gone.
  }
}

/**
 * Put a kept row back.
 * @param {HTMLElement} row
 * @param {{person: string, session: string}} owner
 * @returns {boolean} whether the typist had finished it, so that it may be sent by itself
 */
export function restoreDraft(row, { person, session }) {
  try {
    const key = draftKey(person, session, keyOf(row));
    const draft = readDraft(localStorage.getItem(key), Date.now());
    // A row that the server has just sent back with its question is newer than ours.
    if (!draft || isAnswerAwaited(row)) return false;
    write(row, draft.values);
    // The row that she saw when she typed: if somebody changed it since, the server will say so.
    input(row, "base").value = draft.base;
    if (isDirty(row)) return draft.tried;
    localStorage.removeItem(key);
  } catch {
    // A browser that refuses storage: there is nothing to put back.
  }
  return false;
}

/** What nobody will send any more. @param {string} person */
export function forgetOldDrafts(person) {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(draftKey(person, "", "").slice(0, -1)) && !readDraft(localStorage.getItem(key), Date.now()))
        localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
