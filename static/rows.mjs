/* Lists of many rows: J and K walk, X selects, Shift+X selects a range, and one box in the head selects all.
   Rows carry a checkbox `pick` (ui/pick.html); `[data-picked]` shows how many are selected. */
import { bind } from "./keys.mjs";
import { element, text } from "./words.mjs";

let last = null;

function rows() {
  return [...document.querySelectorAll("main tbody tr:has(a[href])")];
}

function walk(step) {
  const all = rows();
  if (!all.length) return false;
  const here = all.indexOf(document.activeElement?.closest("tr"));
  const next = all[Math.min(all.length - 1, Math.max(0, here < 0 ? 0 : here + step))];
  next.querySelector("a[href]").focus();
  next.scrollIntoView({ block: "nearest" });
}

function box(row) {
  return row?.querySelector("input[name=pick]");
}

function show(table) {
  const boxes = [...table.querySelectorAll("input[name=pick]")];
  for (const one of boxes) one.closest("tr").classList.toggle("picked", one.checked);
  const count = boxes.filter((one) => one.checked).length;
  const all = table.querySelector("[data-all]");
  if (all) {
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  }
  for (const place of document.querySelectorAll("[data-picked]")) place.textContent = text("picked", { count });
}

function select(range) {
  const row = document.activeElement?.closest("tr");
  const mine = box(row);
  if (!mine) return false;
  const all = rows().filter(box);
  const [from, to] = [all.indexOf(range && last?.isConnected ? last : row), all.indexOf(row)].sort((one, other) => one - other);
  const checked = range || !mine.checked;
  for (const one of all.slice(from, to + 1)) box(one).checked = checked;
  last = row;
  show(row.closest("table"));
}

function head(table) {
  const cell = table.querySelector("thead th.pick");
  if (!cell) return;
  const all = element("input", { type: "checkbox", "data-all": "", "aria-label": text("all") });
  all.addEventListener("change", () => {
    for (const one of table.querySelectorAll("input[name=pick]")) one.checked = all.checked;
    show(table);
  });
  cell.replaceChildren(all);
}

export function start() {
  for (const table of document.querySelectorAll("table:has(input[name=pick])")) {
    head(table);
    table.addEventListener("change", () => show(table));
    show(table);
  }
  if (!rows().length) return;
  bind("j", "down", () => walk(1));
  bind("k", "up", () => walk(-1));
  if (!document.querySelector("input[name=pick]")) return;
  bind("x", "select", () => select(false));
  bind("Shift+x", "range", () => select(true));
}
