// The grid's decisions, without a page.   node --test src/ceting/care/measurements/tests/js/
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  commandFor,
  draftKey,
  gainWords,
  isEmpty,
  isUsual,
  matches,
  nextShown,
  readDraft,
  readNumber,
  sameValues,
  unfinishedWords,
} from "../../static/measurements/grid_rules.js";

const NUMBER = { kind: "number", state: "empty", suggests: false };
const DAY = 24 * 60 * 60 * 1000;

test("a number is read with a comma, a point, a unit, and three zeros behind the mark", () => {
  for (const text of ["8,5", "8.5", "8.500", " 8,5 ", "8,5 kg", "8,50"]) assert.equal(readNumber(text), 8.5, text);
  assert.equal(readNumber("72,5cm"), 72.5);
  assert.equal(readNumber(""), null);
  for (const text of ["8,", "8.5.1", "delapan", "-3", "8 5"]) assert.ok(Number.isNaN(readNumber(text)), text);
});

test("only a value inside its range lets the typist go on without the server's answer", () => {
  assert.ok(isUsual("8,5", "7.90", "9.10"));
  assert.ok(isUsual("", "7.90", "9.10"), "nothing typed raises no question");
  assert.ok(!isUsual("85", "7.90", "9.10"));
  assert.ok(!isUsual("abc", "7.90", "9.10"));
  assert.ok(!isUsual("8,5", "", ""), "a child without a range waits");
});

test("two rows say the same whatever the decimal mark, and a position without a length says nothing", () => {
  const saved = { weight_kg: "8,5", lenhei_cm: "", position: "l", oedema: "" };
  assert.ok(sameValues(saved, { weight_kg: "8.50", lenhei_cm: "", position: "h", oedema: "" }));
  assert.ok(!sameValues(saved, { weight_kg: "8,6", position: "l" }));
  assert.ok(!sameValues(saved, { weight_kg: "8,5", position: "l", oedema: "on" }));
  assert.ok(!sameValues({ lenhei_cm: "72", position: "l" }, { lenhei_cm: "72", position: "h" }));
  assert.ok(!sameValues({ weight_kg: "8," }, { weight_kg: "8" }), "a half-typed number isn't the saved one");
});

test("a row with nothing but a position is empty; a tick alone isn't", () => {
  assert.ok(isEmpty({ weight_kg: " ", position: "l", oedema: "" }));
  assert.ok(!isEmpty({ oedema: "on" }));
  assert.ok(!isEmpty({ muac_cm: "13" }));
});

test("the gain is shown in grams, without the errors of floating point", () => {
  assert.equal(gainWords("8,5", "8.3"), "+200 g");
  assert.equal(gainWords("8.1", "8.300"), "−200 g");
  assert.equal(gainWords("8,3", "8.300"), "tetap");
  assert.equal(gainWords("8,5", ""), "");
  assert.equal(gainWords("85", "8.3"), "", "a typing error isn't a gain");
});

test("every key of the legend has its command, in either case of the letter", () => {
  const expected = {
    Enter: "enter",
    ArrowDown: "down",
    ArrowUp: "up",
    Escape: "restore",
    F2: "unfinished",
    "/": "filter",
    t: "lying",
    T: "lying",
    b: "standing",
    e: "oedema",
  };
  for (const [key, command] of Object.entries(expected)) assert.equal(commandFor({ key }, NUMBER), command, key);
  assert.equal(commandFor({ key: "Enter", shiftKey: true }, NUMBER), "enter-back");
  assert.equal(commandFor({ key: "s", ctrlKey: true }, NUMBER), "save");
  for (const key of ["8", ",", ".", "Tab", "Backspace", "ArrowLeft"]) assert.equal(commandFor({ key }, NUMBER), "", key);
});

test("Y, M and S answer only where there is something to answer", () => {
  assert.equal(commandFor({ key: "y" }, NUMBER), "");
  assert.equal(commandFor({ key: "y" }, { ...NUMBER, suggests: true }), "suggestion");
  assert.equal(commandFor({ key: "m" }, NUMBER), "");
  assert.equal(commandFor({ key: "m" }, { ...NUMBER, state: "conflict" }), "theirs");
  assert.equal(commandFor({ key: "S" }, { ...NUMBER, state: "conflict" }), "mine");
});

test("the keyboard's own shortcuts stay the browser's, and a button keeps its Enter", () => {
  assert.equal(commandFor({ key: "t", ctrlKey: true }, NUMBER), "");
  assert.equal(commandFor({ key: "b", altKey: true }, NUMBER), "");
  assert.equal(commandFor({ key: "Enter" }, { ...NUMBER, kind: "button" }), "");
  assert.equal(commandFor({ key: "ArrowDown" }, { ...NUMBER, kind: "choice" }), "");
});

test("moving skips the rows that the filter hides", () => {
  assert.equal(nextShown([true, false, true], 0, 1), 2);
  assert.equal(nextShown([true, false, true], 2, -1), 0);
  assert.equal(nextShown([true, false, false], 0, 1), -1);
});

test("a child is found by part of her name or by her number on the sheet, and a number isn't part of another", () => {
  assert.ok(matches("ais", "Aisyah Putri", "1"));
  assert.ok(matches("PUTRI", "Aisyah Putri", "1"));
  assert.ok(matches("12", "Budi", "12"));
  assert.ok(!matches("1", "Budi", "12"));
  assert.ok(matches(" ", "Budi", "12"));
});

test("what is kept on the device is found by keys, and forgotten when it is old or broken", () => {
  assert.equal(draftKey("p", "s", "c"), "ceting-grid:p:s:c");
  const now = 1_000 * DAY;
  const draft = { values: { weight_kg: "8,5" }, base: "", tried: true, at: now - 13 * DAY };
  assert.deepEqual(readDraft(JSON.stringify(draft), now), draft);
  assert.equal(readDraft(JSON.stringify({ ...draft, at: now - 15 * DAY }), now), null);
  for (const text of [null, "", "{", "null", "3", '{"values":1,"at":1}']) assert.equal(readDraft(text, now), null);
});

test("what isn't safe yet is counted in words", () => {
  assert.equal(unfinishedWords(2, 1), "2 belum terkirim · 1 perlu dijawab");
  assert.equal(unfinishedWords(0, 1), "1 perlu dijawab");
  assert.equal(unfinishedWords(0, 0), "");
});
