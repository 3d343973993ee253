/* Single keys for the staff's pages; every one has a link or a button that does the same.
   `data-key="X"` on a link, button or field: X presses it (a field takes the focus); `data-key="g i"` is typed in two
   strokes. `data-key-label` names it in the help where its own words do not. Pages add more with `bind`.
   Keys rest while one types, while an input method composes, and when switched off in the help (`?`) or by
   `<body data-keys="off">`; `data-keys="alt"` asks for Alt with each key (WCAG 2.1.4). */
import { element, text } from "./words.mjs";

const PAIR = 1000;
const bindings = new Map();
let pending = "";
let pendingUntil = 0;

export function bind(keys, name, run, texts) {
  bindings.set(keys, { label: text(name, {}, texts), run });
}

function mode() {
  return localStorage.getItem("keys") ?? document.body.dataset.keys ?? "on";
}

function typing(target) {
  if (target.isContentEditable || target.closest("dialog")) return true;
  return target.matches("textarea, select") || (target.matches("input") && !["checkbox", "radio", "button", "submit"].includes(target.type));
}

/* The key as a Latin letter or digit even where an input method or another layout made something else of it. */
function stroke(event) {
  const letter = /^(?:Key|Digit)(\w)$/.exec(event.code);
  const key = event.key.length === 1 && event.key > "\x7f" && letter ? letter[1] : event.key;
  const named = key.length === 1 ? key.toLowerCase() : key;
  return event.shiftKey && (/^[a-z ]$/.test(named) || named.length > 1) ? `Shift+${named}` : named;
}

/* Press a link or button, or step into a field; false where there is none. */
export function press(target) {
  if (!target) return false;
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
}

function marked(keys) {
  const found = [...document.querySelectorAll("[data-key]")].filter((one) => one.dataset.key.toLowerCase() === keys.toLowerCase());
  return found.find((one) => one.checkVisibility());
}

function run(keys, event) {
  const target = marked(keys);
  const bound = bindings.get(keys);
  if (!target && !bound) return false;
  if (target) press(target);
  else if (bound.run(event) === false) return false;
  event.preventDefault();
  return true;
}

function begins(keys) {
  return [...bindings.keys(), ...[...document.querySelectorAll("[data-key]")].map((one) => one.dataset.key.toLowerCase())]
    .some((known) => known.startsWith(`${keys} `));
}

function heard(event) {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || typing(event.target)) return;
  const held = mode();
  if (held === "off" || (held === "alt") !== event.altKey) return;
  const key = stroke(event);
  if ((key === " " || key === "Enter") && event.target.matches("a, button, input, summary")) return;
  const pair = pending && event.timeStamp < pendingUntil ? `${pending} ${key}` : "";
  pending = "";
  if (pair && run(pair, event)) return;
  if (begins(key)) {
    pending = key;
    pendingUntil = event.timeStamp + PAIR;
    return;
  }
  run(key, event);
}

function listed() {
  const rows = new Map();
  for (const one of document.querySelectorAll("[data-key]")) {
    const label = one.dataset.keyLabel || one.labels?.[0]?.textContent || [...one.childNodes].filter((node) => !node.matches?.(".key")).map((node) => node.textContent).join("");
    rows.set(one.dataset.key, label.trim());
  }
  for (const [keys, { label }] of bindings) if (label && !rows.has(keys)) rows.set(keys, label);
  return rows;
}

function caps(keys) {
  const cap = (one) => element("kbd", { class: "key" }, one === " " ? "Space" : one.length === 1 ? one.toUpperCase() : one);
  return keys === " " ? [cap(" ")] : keys.split(/[ +](?=.)/).flatMap((one, place) => (place ? [" ", cap(one)] : [cap(one)]));
}

function help() {
  const off = element("input", { type: "checkbox", id: "keys-off" });
  off.checked = mode() === "off";
  off.addEventListener("change", () => localStorage.setItem("keys", off.checked ? "off" : "on"));
  const close = element("button", { type: "button", class: "button" }, text("close"));
  const rows = [...listed()].map(([keys, label]) => element("div", {}, element("dt", {}, ...caps(keys)), element("dd", {}, label)));
  const dialog = element("dialog", { "aria-labelledby": "keys-title" },
    element("h2", { id: "keys-title" }, text("keys")), element("dl", { class: "facts" }, ...rows),
    element("div", { class: "choice" }, off, element("label", { for: "keys-off" }, text("keys_off"))),
    element("div", { class: "acts" }, close));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

export function start() {
  bind("?", "keys", help);
  bind("/", "search", () => press(document.querySelector("input[type=search]")));
  bind("u", "back", () => press(document.querySelector(".back a")));
  bind("[", "previous", () => press(document.querySelector("a[rel=prev]")));
  bind("]", "next", () => press(document.querySelector("a[rel=next]")));
  document.addEventListener("keydown", heard);
  for (const opener of document.querySelectorAll("[data-keys-help]")) {
    opener.hidden = false;
    opener.addEventListener("click", help);
  }
}
