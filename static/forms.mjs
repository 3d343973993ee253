/* Manners of every form: focus goes to the list of problems; one press sends once; leaving asks only if words would be
   lost. A form without autosave that should be guarded carries `data-guard`. */
import { unsaved } from "./autosave.mjs";

const touched = new Set();

export function start() {
  document.querySelector("[data-problems]")?.focus();
  for (const form of document.querySelectorAll("form[data-guard]")) {
    form.addEventListener("input", () => touched.add(form));
    form.addEventListener("submit", () => touched.delete(form));
  }
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) return event.preventDefault();
    event.target.dataset.sent = "1";
    setTimeout(() => delete event.target.dataset.sent, 3000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));
  window.addEventListener("beforeunload", (event) => {
    if (touched.size || unsaved()) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
