// What every page needs from a script: htmx manners, toasts, menus, the theme, the error summary.
// Works without: forms submit, menus open, messages show.

const TOAST_SECONDS = 10;

/** Sprite address, read from an icon that the server drew, so that a hashed name stays right. */
function sprite() {
  const use = document.querySelector("use[href*='icons']");
  return use ? (use.getAttribute("href") || "").split("#")[0] : "";
}

/**
 * @param {string} name
 * @param {string} [label]
 */
function icon(name, label) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("class", "icon");
  if (label) {
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", label);
  } else {
    drawing.setAttribute("aria-hidden", "true");
  }
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${sprite()}#${name}`);
  drawing.append(use);
  return drawing;
}

// ---- Toasts

/** @param {HTMLElement} toast */
function wakeToast(toast) {
  const close = toast.querySelector("[data-toast-close]");
  if (close instanceof HTMLElement) close.hidden = false;
  // What asks for an answer or reports trouble stays until it is closed.
  const stays = toast.matches(".toast-danger, .toast-attention") || toast.querySelector("form, a");
  if (stays) return;
  let timer = 0;
  const start = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => toast.remove(), TOAST_SECONDS * 1000);
  };
  const hold = () => window.clearTimeout(timer);
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusout", start);
  start();
}

/**
 * Show a sentence; the same sentence isn't shown twice at once.
 * @param {string} text
 * @param {"good"|"info"|"attention"|"danger"} [tone]
 */
export function showToast(text, tone = "good") {
  const region = document.getElementById("toasts");
  if (!region) return;
  const shown = [...region.querySelectorAll(".toast-text")].some((line) => line.textContent === text);
  if (shown) return;
  const toast = document.createElement("div");
  toast.className = `toast toast-${tone}`;
  toast.dataset.toast = "";
  const line = document.createElement("p");
  line.className = "toast-text";
  line.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.dataset.toastClose = "";
  close.append(icon("cross", "Tutup pesan"));
  toast.append(icon(`status-${tone}`), line, close);
  region.append(toast);
}

function startToasts() {
  const region = document.getElementById("toasts");
  if (!region) return;
  new MutationObserver((changes) => {
    for (const change of changes)
      for (const node of change.addedNodes)
        if (node instanceof HTMLElement && node.matches("[data-toast]")) wakeToast(node);
  }).observe(region, { childList: true });
  // Put the server's messages in once more: a screen reader only speaks what changes after loading.
  const waiting = [...region.querySelectorAll("[data-toast]")];
  for (const toast of waiting) toast.remove();
  region.replaceChildren();
  window.setTimeout(() => region.append(...waiting), 50);
}

// ---- htmx

function startRequests() {
  const body = document.body;
  body.addEventListener("htmx:configRequest", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    const token = document.querySelector("meta[name='csrf-token']")?.getAttribute("content");
    if (token && detail.verb !== "get") detail.headers["X-CSRFToken"] = token;
  });
  const region = document.getElementById("toasts");
  const offline = () => showToast(region?.dataset.offlineText || "", "danger");
  body.addEventListener("htmx:sendError", offline);
  body.addEventListener("htmx:timeout", offline);
  body.addEventListener("htmx:responseError", (event) => {
    const { xhr } = /** @type {CustomEvent} */ (event).detail;
    if (xhr.status === 423) return; // Locked: the page is covered, and says so itself.
    showToast(refusal(xhr.status) || region?.dataset.offlineText || "", "danger");
  });
  // A view answers with the header  HX-Trigger: {"toast": {"text": "...", "tone": "good"}}
  body.addEventListener("toast", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    showToast(detail.text || detail.value || "", detail.tone || "good");
  });
}

/**
 * Words for an answer that isn't a lost connection; "" for 5xx, which feels the same to whoever typed.
 * @param {number} status
 */
function refusal(status) {
  if (status === 401 || status === 403)
    return "Sesi ini sudah berakhir atau bukan untuk akun ini. Isian masih ada di layar; buka jendela baru, masuk lagi, lalu coba lagi.";
  if (status === 404) return "Data ini sudah tidak ada. Muat ulang halaman.";
  if (status === 413) return "Yang dikirim terlalu besar. Isian masih ada di layar.";
  if (status === 429) return "Terlalu sering mencoba. Tunggu sebentar, lalu coba lagi.";
  if (status < 500) return "Kiriman ditolak. Isian masih ada di layar; periksa lalu coba lagi.";
  return "";
}

// ---- Menus, theme, errors

function startMenus() {
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    const close = target.closest("[data-toast-close]");
    if (close) close.closest("[data-toast]")?.remove();
    for (const menu of document.querySelectorAll("details[data-menu][open]"))
      if (!menu.contains(target)) menu.removeAttribute("open");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.removeAttribute("open");
      menu.querySelector("summary")?.focus();
    }
  });
  // One may tab out of the menu; it then closes rather than cover the page.
  document.addEventListener("focusin", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]"))
      if (event.target instanceof Node && !menu.contains(event.target)) menu.removeAttribute("open");
  });
}

function startTheme() {
  let chosen = "system";
  try {
    chosen = localStorage.getItem("ui-theme") || "system";
  } catch {
    return; // Nothing could be remembered: the choice stays hidden.
  }
  for (const group of document.querySelectorAll("[data-theme-choice]")) {
    if (!(group instanceof HTMLElement)) continue;
    group.hidden = false;
    for (const radio of group.querySelectorAll("input")) radio.checked = radio.value === chosen;
    group.addEventListener("change", (event) => {
      const value = /** @type {HTMLInputElement} */ (event.target).value;
      if (value === "system") {
        localStorage.removeItem("ui-theme");
        document.documentElement.removeAttribute("data-theme");
      } else {
        localStorage.setItem("ui-theme", value);
        document.documentElement.setAttribute("data-theme", value);
      }
    });
  }
}

/** @param {ParentNode} where */
function focusErrors(where) {
  const summary = where.querySelector("[data-error-summary]");
  if (summary instanceof HTMLElement) summary.focus();
}

function startErrors() {
  focusErrors(document);
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.target instanceof HTMLElement) focusErrors(event.target);
  });
  // A link to a field should put the cursor in it, not only scroll.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-error-summary] a");
    if (!link) return;
    const control = document.getElementById(decodeURIComponent((link.getAttribute("href") || "").slice(1)));
    if (!control) return;
    event.preventDefault();
    control.closest(".field")?.scrollIntoView({ block: "center" });
    control.focus({ preventScroll: true });
  });
}

/** `data-print` prints the page as it is. */
function startPrinting() {
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
  });
}

startToasts();
startPrinting();
startRequests();
startMenus();
startTheme();
startErrors();
