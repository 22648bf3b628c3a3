// What the grid decides without a page: keys, numbers, what is kept on the device. Tested with node.

/** The numbers of a row, in the order of the columns. */
export const NUMBERS = ["weight_kg", "lenhei_cm", "head_cm", "muac_cm"];

/** Drafts older than this are forgotten: by then somebody has typed the sheet again. */
export const DRAFT_DAYS = 14;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * @typedef {Record<string, string>} Values  The inputs of a row as text; "" for nothing, oedema "on" or "".
 * @typedef {{values: Values, base: string, tried: boolean, at: number}} Draft
 */

/**
 * A typed number: comma or point, one decimal mark; null for nothing, NaN for what only the server can judge.
 * @param {string} text
 * @returns {number|null}
 */
export function readNumber(text) {
  const typed = text.trim().replace(/\s*(kg|cm)\.?$/i, "");
  if (!typed) return null;
  return /^\d*[.,]?\d+$/.test(typed) ? Number(typed.replace(",", ".")) : NaN;
}

/**
 * Whether a value surprises nobody: the next child needn't wait for the server's answer.
 * @param {string} text
 * @param {string} low "" when no range is known
 * @param {string} high
 */
export function isUsual(text, low, high) {
  const value = readNumber(text);
  if (value === null) return true;
  if (!low || !high) return false;
  return value >= Number(low) && value <= Number(high);
}

/**
 * Whether two texts say the same number: "8,50" and "8.5".
 * @param {string} one
 * @param {string} other
 */
function sameNumber(one, other) {
  const [a, b] = [readNumber(one), readNumber(other)];
  if (Number.isNaN(a) || Number.isNaN(b)) return one.trim() === other.trim();
  return a === b;
}

/**
 * Whether two rows say the same. A position without a length says nothing.
 * @param {Values} one
 * @param {Values} other
 */
export function sameValues(one, other) {
  if (!NUMBERS.every((name) => sameNumber(one[name] || "", other[name] || ""))) return false;
  if ((one.oedema || "") !== (other.oedema || "")) return false;
  return readNumber(one.lenhei_cm || "") === null || (one.position || "") === (other.position || "");
}

/** @param {Values} values */
export function isEmpty(values) {
  return !values.oedema && NUMBERS.every((name) => !(values[name] || "").trim());
}

/**
 * How far a weight is from the last one: "+300 g"; "" when either is missing.
 * @param {string} text
 * @param {string} last kg
 */
export function gainWords(text, last) {
  const value = readNumber(text);
  if (value === null || Number.isNaN(value) || !last) return "";
  const grams = Math.round(value * 1000) - Math.round(Number(last) * 1000);
  if (Math.abs(grams) > 9999) return "";
  return grams > 0 ? `+${grams} g` : grams < 0 ? `−${-grams} g` : "tetap";
}

/**
 * What a key asks for inside a row; "" when it is the field's own business.
 * @param {{key: string, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean, shiftKey?: boolean}} press
 * @param {{kind: "number"|"choice"|"button", state: string, suggests: boolean}} where
 */
export function commandFor(press, where) {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.ctrlKey || press.metaKey) return key === "s" ? "save" : "";
  if (press.altKey) return "";
  if (key === "Escape") return "restore";
  if (key === "/") return "filter";
  if (key === "F2") return "unfinished";
  if (where.kind === "button") return "";
  if (key === "Enter") return press.shiftKey ? "enter-back" : "enter";
  if (key === "ArrowDown" && where.kind === "number") return "down";
  if (key === "ArrowUp" && where.kind === "number") return "up";
  if (key === "t") return "lying";
  if (key === "b") return "standing";
  if (key === "e") return "oedema";
  if (key === "y" && where.suggests) return "suggestion";
  if (key === "m" && where.state === "conflict") return "theirs";
  if (key === "s" && where.state === "conflict") return "mine";
  return "";
}

/**
 * The next row from `from` in steps of `step` that is shown; -1 when there is none.
 * @param {boolean[]} shown
 * @param {number} from
 * @param {number} step
 */
export function nextShown(shown, from, step) {
  for (let place = from + step; place >= 0 && place < shown.length; place += step) if (shown[place]) return place;
  return -1;
}

/**
 * Whether a row is looked for: part of the name, or her number on the printed sheet.
 * @param {string} query
 * @param {string} name
 * @param {string} number
 */
export function matches(query, name, number) {
  const asked = query.trim().toLowerCase();
  if (!asked) return true;
  return /^\d+$/.test(asked) ? number === asked : name.toLowerCase().includes(asked);
}

/**
 * Where a row is kept on this device: keys only, never a name.
 * @param {string} person
 * @param {string} session
 * @param {string} child
 */
export function draftKey(person, session, child) {
  return `ceting-grid:${person}:${session}:${child}`;
}

/**
 * @param {string|null} stored
 * @param {number} now
 * @returns {Draft|null} null for nothing, nonsense, or what is too old
 */
export function readDraft(stored, now) {
  if (!stored) return null;
  try {
    const draft = JSON.parse(stored);
    const whole = draft && typeof draft.values === "object" && typeof draft.at === "number";
    return whole && now - draft.at < DRAFT_DAYS * DAY_MS ? draft : null;
  } catch {
    return null;
  }
}

/**
 * "2 belum terkirim · 1 perlu dijawab"; "" when everything is safe.
 * @param {number} unsent
 * @param {number} asked
 */
export function unfinishedWords(unsent, asked) {
  const parts = [];
  if (unsent) parts.push(`${unsent} belum terkirim`);
  if (asked) parts.push(`${asked} perlu dijawab`);
  return parts.join(" · ");
}
