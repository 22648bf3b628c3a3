// Nothing typed is lost: a form with data-guard="key" keeps its values in this tab until the server has them.
//
// Kept per person and per form; never passwords, files or hidden inputs. Cleared when the submit succeeded (htmx said
// so, or the page that answered shows no errors), and all at once on signing out.

const PREFIX = "ui-draft:";
const SUBMITTED = "ui-draft-submitted";
const person = document.body.dataset.person || "";

/** @param {HTMLFormElement} form */
const keyOf = (form) => `${PREFIX}${person}:${form.dataset.guard}`;

/**
 * @param {HTMLFormElement} form
 * @returns {(HTMLInputElement|HTMLSelectElement|HTMLTextAreaElement)[]}
 */
function controls(form) {
  return [...form.elements].filter(
    (element) =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement) &&
      Boolean(element.name) &&
      !["password", "file", "hidden", "submit", "button", "reset", "image"].includes(element.type) &&
      !/^(one-time-code|current-password|new-password)$/.test(element.autocomplete),
  );
}

/** @param {HTMLFormElement} form */
function read(form) {
  /** @type {Record<string, string[]>} */
  const values = {};
  for (const control of controls(form)) {
    const list = (values[control.name] ||= []);
    if (control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type)) {
      if (control.checked) list.push(control.value);
    } else if (control instanceof HTMLSelectElement) {
      list.push(...[...control.selectedOptions].map((option) => option.value));
    } else {
      list.push(control.value);
    }
  }
  return values;
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string[]>} values
 */
function write(form, values) {
  /** @type {Record<string, number>} */
  const taken = {};
  for (const control of controls(form)) {
    const list = values[control.name];
    if (!list) continue;
    if (control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type)) {
      control.checked = list.includes(control.value);
    } else if (control instanceof HTMLSelectElement) {
      for (const option of control.options) option.selected = list.includes(option.value);
    } else {
      const place = taken[control.name] || 0;
      taken[control.name] = place + 1;
      if (list[place] !== undefined) control.value = list[place];
    }
  }
}

/** @param {HTMLFormElement} form */
function keep(form) {
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify(read(form)));
  } catch {
    // Storage full or refused: the form still works, only its memory is gone.
  }
}

/** @param {HTMLFormElement} form */
function forget(form) {
  sessionStorage.removeItem(keyOf(form));
}

/** @param {(key: string) => boolean} which */
function forgetAll(which) {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(PREFIX) && which(key)) sessionStorage.removeItem(key);
}

/** @param {HTMLFormElement} form */
function restore(form) {
  const stored = sessionStorage.getItem(keyOf(form));
  // The server sent the typed values back with its errors: they are newer than ours.
  if (!stored || showsErrors(form)) return;
  const fresh = JSON.stringify(read(form));
  if (stored === fresh) return;
  try {
    write(form, JSON.parse(stored));
  } catch {
    forget(form);
    return;
  }
  if (JSON.stringify(read(form)) === fresh) return;
  form.prepend(restoredNotice(form, fresh));
  form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} fresh the form as the server sent it, for whoever wants to start over
 */
function restoredNotice(form, fresh) {
  const notice = document.createElement("div");
  notice.className = "notice notice-info draft-notice";
  notice.setAttribute("role", "status");
  const sentence = document.createElement("p");
  sentence.textContent = "Isian tadi yang belum tersimpan sudah dikembalikan.";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet";
  button.textContent = "Mulai dari awal";
  button.addEventListener("click", () => {
    write(form, JSON.parse(fresh));
    forget(form);
    notice.remove();
    controls(form)[0]?.focus();
  });
  notice.append(sentence, button);
  return notice;
}

/** @param {ParentNode} where */
const guardedForms = (where) =>
  /** @type {HTMLFormElement[]} */ ([...where.querySelectorAll("form[data-guard]")]);

/** @param {HTMLFormElement} form */
const showsErrors = (form) => Boolean(form.querySelector("[aria-invalid='true'], .field-error"));

/** @param {EventTarget|null} target */
function guarded(target) {
  const form = target instanceof Element ? target.closest("form[data-guard]") : null;
  return form instanceof HTMLFormElement ? form : null;
}

/**
 * The page after a submit tells how it went. It is the answer only when it was reached from the form's page, by the
 * same person, going forward; otherwise (connection lost, error page, session over, the back button) we keep the draft.
 */
function settleSubmitted() {
  const [key, from] = (sessionStorage.getItem(SUBMITTED) || "\n").split("\n");
  sessionStorage.removeItem(SUBMITTED);
  const [navigation] = performance.getEntriesByType("navigation");
  const wentBack = /** @type {PerformanceNavigationTiming|undefined} */ (navigation)?.type === "back_forward";
  const trouble = "keepDrafts" in document.body.dataset;
  const samePerson = key.startsWith(`${PREFIX}${person}:`);
  if (!key || wentBack || trouble || !samePerson || document.referrer !== from) return;
  const same = guardedForms(document).find((form) => keyOf(form) === key);
  const refused = same && (showsErrors(same) || document.querySelector("[data-error-summary]"));
  if (!refused) sessionStorage.removeItem(key);
}

function start() {
  // Somebody else signed in here: what the first person typed isn't theirs to see.
  if (person) forgetAll((key) => !key.startsWith(`${PREFIX}${person}:`));
  settleSubmitted();
  for (const form of guardedForms(document)) restore(form);
  // A page that comes back as it was has its values; the submit that it remembers led nowhere.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) sessionStorage.removeItem(SUBMITTED);
  });

  for (const kind of ["input", "change"])
    document.addEventListener(kind, (event) => {
      const form = guarded(event.target);
      if (form) keep(form);
    });
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement)) return;
    if (event.target.matches("[data-sign-out]")) forgetAll(() => true);
    const form = guarded(event.target);
    if (!form) return;
    keep(form);
    if (!form.matches("[hx-post], [hx-put], [hx-patch]")) {
      const here = location.href.split("#")[0];
      sessionStorage.setItem(SUBMITTED, `${keyOf(form)}\n${here}`);
    }
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    const form = guarded(detail.elt);
    const sent = detail.requestConfig?.verb !== "get" && detail.elt === form;
    if (form && sent && detail.successful) forget(form);
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (!(event.target instanceof Element)) return;
    for (const form of guardedForms(event.target)) restore(form);
  });
}

try {
  start();
} catch (error) {
  // A browser that refuses sessionStorage altogether: forms work, only their memory is gone.
  if (!(error instanceof DOMException)) throw error;
}
