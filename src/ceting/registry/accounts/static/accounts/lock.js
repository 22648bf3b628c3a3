// The idle lock's face: covers the page when nobody touched it for a while, and tells the server when somebody did.
// The server decides by itself (locking.py); without this script it answers with a page that asks for the password.

import { ask, isPossible } from "./passkeys.js";

const LOOK_SECONDS = 5;
const TELL_SECONDS = 60;

const OFFLINE = "Tidak tersambung. Periksa sinyal, lalu tekan Buka lagi.";
const NO_PASSKEY = "Kunci sandi belum dipakai. Coba sekali lagi, atau ketik kata sandi.";
const TOO_MANY = "Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi.";

const person = document.body.dataset.person || "";
const ACTIVE = `ui-active:${person}`;
const OPENED = `ui-opened:${person}`;

/** What a browser that refuses storage can't share, one tab knows alone. @param {string} key */
function recall(key) {
  try {
    return Number(localStorage.getItem(key)) || 0;
  } catch {
    return 0;
  }
}

/** @param {string} key */
function remember(key) {
  try {
    localStorage.setItem(key, String(Date.now()));
  } catch {
    // As above.
  }
}

/** @param {HTMLTemplateElement} template */
function startLock(template) {
  const after = Number(template.dataset.lockAfter || 0) * 1000;
  let active = Date.now();
  let told = Date.now();
  let written = 0;
  /** @type {HTMLElement|null} */
  let cover = null;
  /** @type {Element|null} */
  let before = null;

  /** @param {string} url @param {FormData} [body] */
  function post(url, body) {
    const token = document.querySelector("meta[name='csrf-token']")?.getAttribute("content") || "";
    // Sent even when the page is left or closed at this moment.
    return fetch(url, { method: "POST", body, keepalive: true, headers: { "X-Cover": "1", "X-CSRFToken": token } });
  }

  function touch() {
    if (cover) return;
    active = Date.now();
    // Shared with her other tabs, but not at each key.
    if (active - written < LOOK_SECONDS * 1000) return;
    written = active;
    remember(ACTIVE);
  }

  /** Whether the server still knows her and her screen is open. */
  async function tell() {
    told = Date.now();
    try {
      const answer = await post(template.dataset.here || "");
      if (answer.status === 423) draw();
      return answer.status === 204;
    } catch {
      return false; // Without a connection nothing is opened and nothing is lost.
    }
  }

  function look() {
    if (cover) return;
    const last = Math.max(active, recall(ACTIVE));
    if (after && Date.now() - last >= after) {
      draw();
      post(template.dataset.lock || "").catch(() => {});
    } else if (active > told && Date.now() - told >= TELL_SECONDS * 1000) tell();
  }

  function draw() {
    if (cover) return;
    before = document.activeElement;
    cover = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    document.body.append(cover);
    document.body.dataset.locked = "";
    cover.addEventListener("keydown", keepInside);
    cover.querySelector("form")?.addEventListener("submit", open);
    const passkey = cover.querySelector("[data-cover-passkey]");
    if (passkey instanceof HTMLElement) {
      passkey.hidden = !isPossible();
      passkey.addEventListener("click", () => openWithPasskey(passkey));
    }
    /** @type {HTMLElement|null} */ (cover.querySelector("[name=password]"))?.focus();
  }

  function uncover() {
    cover?.remove();
    cover = null;
    delete document.body.dataset.locked;
    active = told = Date.now();
    if (before instanceof HTMLElement) before.focus();
    // Rows that were refused while it was locked are sent again.
    document.dispatchEvent(new CustomEvent("cover:opened"));
  }

  /** @param {SubmitEvent} event */
  function open(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    send(form, new FormData(form));
  }

  /** @param {HTMLElement} button */
  async function openWithPasskey(button) {
    const form = /** @type {HTMLFormElement} */ (button.closest("form"));
    const answer = new FormData();
    try {
      answer.set("credential", await ask(button.dataset.coverPasskey || ""));
    } catch {
      return refuse(NO_PASSKEY);
    }
    send(form, answer);
  }

  /** @param {HTMLFormElement} form @param {FormData} body */
  async function send(form, body) {
    try {
      const answer = await post(form.action, body);
      if (answer.redirected) return location.reload();
      if (answer.status !== 204) return refuse(answer.status === 429 ? TOO_MANY : await answer.text());
      remember(OPENED);
      uncover();
    } catch {
      refuse(OFFLINE);
    }
  }

  /** @param {string} sentence */
  function refuse(sentence) {
    const place = cover?.querySelector(".field-error");
    const field = /** @type {HTMLInputElement|null} */ (cover?.querySelector("[name=password]"));
    if (!(place instanceof HTMLElement) || !field) return;
    place.textContent = sentence;
    place.hidden = false;
    field.setAttribute("aria-invalid", "true");
    field.select();
    field.focus();
  }

  /** Tab goes round; what lies below can't be reached anyway. @param {KeyboardEvent} event */
  function keepInside(event) {
    if (event.key !== "Tab" || !cover) return;
    const stops = /** @type {HTMLElement[]} */ ([...cover.querySelectorAll("input:not([hidden]), button")]);
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  }

  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll"])
    document.addEventListener(kind, touch, { capture: true, passive: true });
  document.body.addEventListener("htmx:responseError", (event) => {
    if (/** @type {CustomEvent} */ (event).detail.xhr.status === 423) draw();
  });
  // A laptop that slept has no timers; and a page that comes back from the cache was never told.
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", look);
  window.addEventListener("storage", (event) => {
    if (event.key === OPENED && cover) tell().then((isOpen) => isOpen && uncover());
  });
  for (const form of document.querySelectorAll("form[data-lock-now]"))
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      draw();
      post(template.dataset.lock || "").catch(() => {});
    });
  window.setInterval(look, LOOK_SECONDS * 1000);
}

const template = document.getElementById("penutup");
if (template instanceof HTMLTemplateElement) startLock(template);
