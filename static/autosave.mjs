/* Drafts save themselves.
   Form: `data-autosave="/address"`, fields csrf_token and version. 400 ms after the last change, or 1.5 s after the
   first, the form is posted there without files, with `X-Requested-With: autosave`.
   Answers: 200 {saved_at, version}; 409 {version, who, theirs: {field: value or [values]}} shows both texts and saves
   nothing until the reader has chosen (event `autosave:conflict` comes first and may be cancelled);
   401, 403 or a redirect: signed out, the words stay in this browser. Anything else: tried again.
   A draft saves even when it is invalid. Without scripts the form's own button saves. */
import { drop, fields, given, keep, left, same, set, sweep, version } from "./drafts.mjs";
import { announce, clock, element, text } from "./words.mjs";

const WAIT = 400;
const LONGEST = 1500;
const RETRY = [2000, 5000, 15000, 30000];
const savers = new Set();

export class Saver {
  constructor(form) {
    this.form = form;
    this.dirty = this.busy = this.held = false;
    this.failures = 0;
    this.last = fields(form);
  }

  changed(wait = WAIT) {
    if (!this.dirty) this.since = Date.now();
    this.dirty = true;
    this.note();
    this.plan(Date.now() - this.since < LONGEST ? wait : 0);
  }

  note() {
    keep(this.form);
  }

  restored() {
    this.changed(0);
  }

  plan(wait) {
    clearTimeout(this.timer);
    if (!this.held) this.timer = setTimeout(() => this.save(), wait);
  }

  /* A field that is left says `change` once more: nothing new, nothing to send. */
  heard() {
    if (!same(fields(this.form), this.last)) this.changed();
  }

  body() {
    this.last = fields(this.form);
    return new URLSearchParams([...new FormData(this.form)].filter(([, value]) => typeof value === "string"));
  }

  request(keepalive = false) {
    return fetch(this.form.dataset.autosave || this.form.action, {
      method: "POST", body: this.body(), keepalive, redirect: "manual",
      headers: { "X-Requested-With": "autosave", Accept: "application/json" },
    });
  }

  async save() {
    if (!this.dirty || this.held) return;
    if (this.busy) return this.plan(WAIT);
    this.busy = true;
    this.dirty = false;
    try {
      await this.took(await this.request());
    } catch {
      this.failed();
    }
    this.busy = false;
  }

  async took(answer) {
    if (answer.status === 200) return this.saved(await answer.json());
    if (answer.status === 409) return this.conflict(await answer.json());
    this.dirty = true;
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      this.held = true;
      return announce(text("signed_out"), true);
    }
    throw new Error(`autosave ${answer.status}`);
  }

  saved({ saved_at, version: now }) {
    this.failures = 0;
    if (this.form.elements.version) this.form.elements.version.value = now;
    if (!this.dirty) drop(this.form);
    announce(text("saved", { time: clock(saved_at) }));
    this.form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: { saved_at, version: now } }));
  }

  failed() {
    this.dirty = true;
    this.since = Date.now();
    announce(text("unsaved"), true);
    this.plan(RETRY[Math.min(this.failures++, RETRY.length - 1)]);
  }

  conflict({ version: now, who, theirs }) {
    const event = new CustomEvent("autosave:conflict", { bubbles: true, cancelable: true, detail: { version: now, who, theirs } });
    this.dirty = this.held = true;
    announce(text("conflict", { who }), true);
    const go = () => {
      this.held = false;
      if (this.form.elements.version) this.form.elements.version.value = now;
      this.changed(0);
    };
    if (this.form.dispatchEvent(event)) choose(this.form, theirs, text("theirs", { who }), go);
  }

  leave() {
    if (this.dirty && !this.held) this.request(true).catch(() => {});
  }
}

function shown(form, name, values) {
  const labels = values.map((value) => {
    const controls = [...form.elements].filter((one) => one.name === name);
    const option = controls.flatMap((one) => [...(one.options ?? [])]).find((one) => one.value === value);
    const choice = controls.find((one) => /^(radio|checkbox)$/.test(one.type) && one.value === value);
    return option?.textContent || choice?.labels?.[0]?.textContent.trim() || value;
  });
  return labels.join("、") || "–";
}

/* Both texts side by side at each field; `go` runs once every one is decided. Values that agree need no choice. */
export function choose(form, other, heading, go) {
  const mine = fields(form);
  const open = new Set();
  for (const [name, value] of Object.entries(other)) {
    const values = [value].flat().map(String).filter(Boolean);
    if (same(values, (mine[name] ?? []).filter(Boolean))) continue;
    const control = [...form.elements].find((one) => one.name === name && one.type !== "hidden");
    if (!control) continue;
    open.add(name);
    const use = element("button", { type: "button", class: "button" }, text("use"));
    const stay = element("button", { type: "button", class: "button" }, text("stay"));
    const both = element("div", {}, element("p", { class: "label" }, heading), element("p", { class: "said" }, shown(form, name, values)), use);
    const own = element("div", {}, element("p", { class: "label" }, text("mine")), element("p", { class: "said" }, shown(form, name, mine[name] ?? [])), stay);
    const box = element("div", { class: "conflict", role: "group", "aria-label": text("both") }, both, own);
    const decide = (take) => {
      if (take) set(form, name, values);
      box.remove();
      control.focus();
      open.delete(name);
      if (!open.size) go();
    };
    use.addEventListener("click", () => decide(true));
    stay.addEventListener("click", () => decide(false));
    (control.closest(".field, fieldset") ?? control).after(box);
  }
  if (!open.size) go();
}

/* Words typed while the page still loaded, before this script was there to hear of them. */
function early(saver) {
  const [now, before] = [fields(saver.form), given(saver.form)];
  const names = Object.keys({ ...now, ...before }).filter((name) => !same(now[name], before[name]));
  if (names.length) saver.restored(names);
}

function restore(saver) {
  const found = left(saver.form);
  if (!found) return early(saver);
  if (found.version === version(saver.form)) {
    for (const [name, values] of Object.entries(found.changes)) set(saver.form, name, values);
    announce(text("restored"));
    return saver.restored(Object.keys(found.changes));
  }
  saver.held = true;
  announce(text("older"), true);
  choose(saver.form, found.changes, text("kept_here"), () => {
    saver.held = false;
    saver.restored(Object.keys(found.changes));
  });
}

export function unsaved() {
  return [...savers].some((saver) => saver.dirty && (saver.held || saver.failures));
}

/* Let a saver keep its form: what was left in this browser comes back, and leaving the page sends what is new. */
export function guard(saver) {
  savers.add(saver);
  saver.form.addEventListener("submit", () => {
    clearTimeout(saver.timer);
    saver.dirty = false;
  });
  restore(saver);
}

export function start() {
  sweep();
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const saver = new Saver(form);
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => saver.heard());
    guard(saver);
  }
  window.addEventListener("pagehide", () => savers.forEach((saver) => saver.leave()));
  window.addEventListener("online", () => savers.forEach((saver) => saver.plan(0)));
}
