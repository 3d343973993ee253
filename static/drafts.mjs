/* Copies of unsaved words in this browser, by person and form; kept until the server has them, two weeks at most.
   `data-copy` tells apart what has one address and is begun anew, as the reviews of two submissions. */
const PREFIX = "draft:";
const AGE = 14 * 24 * 3600 * 1000;
const NEVER = /^csrf_token$|(^|\.)version$/;

function key(form) {
  return `${PREFIX}${document.body.dataset.person}:${form.dataset.copy || form.dataset.autosave || form.action}`;
}

export function fields(form) {
  const held = {};
  for (const [name, value] of new FormData(form)) {
    const control = form.elements.namedItem(name);
    if (typeof value !== "string" || NEVER.test(name) || control?.type === "password") continue;
    (held[name] ??= []).push(value);
  }
  return held;
}

/* The form as the server gave it. */
export function given(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return fields(copy);
}

/* What the reader has seen: the form's version, or those of its parts. */
export function version(form) {
  return [...form.querySelectorAll("[name$=version]")].map((one) => one.value).join(" ");
}

function groups(form) {
  const names = [...form.elements].map((control) => control.name);
  return new Set(names.filter((name) => name && !NEVER.test(name)));
}

export function same(one, other) {
  return JSON.stringify(one ?? []) === JSON.stringify(other ?? []);
}

export function set(form, name, values) {
  for (const control of form.elements) {
    if (control.name !== name || control.type === "file") continue;
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else control.value = values.length ? values[0] : "";
  }
}

export function keep(form) {
  const copy = { at: Date.now(), version: version(form), fields: fields(form) };
  try {
    localStorage.setItem(key(form), JSON.stringify(copy));
  } catch {
    return false;
  }
  return true;
}

export function drop(form) {
  localStorage.removeItem(key(form));
}

/* What was typed here and never reached the server, as {version, changes: {name: values}}, or null. */
export function left(form) {
  const copy = JSON.parse(localStorage.getItem(key(form)) ?? "null");
  if (!copy) return null;
  const now = fields(form);
  const changed = [...groups(form)].filter((name) => !same(copy.fields[name], now[name]));
  if (!changed.length) drop(form);
  return changed.length
    ? { version: copy.version, changes: Object.fromEntries(changed.map((name) => [name, copy.fields[name] ?? []])) }
    : null;
}

export function sweep() {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(PREFIX)) continue;
    if (Date.now() - (JSON.parse(localStorage.getItem(name))?.at ?? 0) > AGE) localStorage.removeItem(name);
  }
}
