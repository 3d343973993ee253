/* The review workspace: one question at a time, one key for one verdict, drafts that save themselves.
   Form `form[data-review]` (its action takes drafts as JSON or as a page), panels `article[data-panel=ID]` with radios
   `ID.verdict` (`data-verdict`), `textarea[data-comment]` and hidden `ID.version`; rail links `a[data-question=ID]`;
   `iframe[name=evidence]`; `[data-meter]` counts; `input[data-viewed]` marks a question as looked at (judging does so,
   too), `[data-seen]` shows it in the rail; `button[data-phrase=TEXT]` writes a usual reason into the comment.
   Drawn questions (`article[data-drawn]`) come first; `a[data-drafts-first]` is followed once drafts are sent.
   How drafts are saved: verdicts.mjs; which evidence was open: looked.mjs.
   Without scripts all questions stand below each other and the form's button saves them. */
import { guard } from "./autosave.mjs";
import "./desk.mjs";
import { bind, press } from "./keys.mjs";
import { watch } from "./looked.mjs";
import { VerdictSaver } from "./verdicts.mjs";
import { announce, text } from "./words.mjs";

const form = document.querySelector("form[data-review]");
const panels = [...document.querySelectorAll("[data-panel]")];
const texts = JSON.parse(document.querySelector("[data-review-texts]")?.dataset.reviewTexts ?? "{}");
const MARKS = { conforms: "✓", return: "◆", finding: "■", not_applicable: "–" };
const undos = [];
let place = 0;

function verdict(panel) {
  return panel.querySelector("[data-verdict]:checked")?.dataset.verdict ?? "";
}

function own(panel) {
  return !panel.querySelector("[data-verdict]");
}

function link(panel) {
  return document.querySelector(`a[data-question="${panel.dataset.panel}"]`);
}

const drafts = form && new VerdictSaver(form, () => {
  panels.forEach(mark);
  judged();
});

function judged() {
  const counted = panels.filter((panel) => !own(panel));
  const done = counted.filter(verdict).length;
  const meter = document.querySelector("[data-meter]");
  const bar = meter?.querySelector("rect + rect");
  bar?.setAttribute("width", (180 * done) / Math.max(1, counted.length));
  const words = meter?.querySelector(".meter > span");
  if (words) words.textContent = words.textContent.replace(/\d+/, done);
}

function mark(panel) {
  const marks = link(panel)?.querySelector(".marks");
  const chosen = verdict(panel);
  if (!marks) return;
  const seen = marks.querySelector("[data-seen]");
  if (seen) seen.hidden = !panel.querySelector("[data-viewed]")?.checked;
  marks.querySelectorAll("svg, .visually-hidden, [data-mark]").forEach((old) => old.remove());
  const shown = document.createElement("span");
  shown.dataset.mark = "";
  shown.textContent = MARKS[chosen] ?? "";
  shown.title = panel.querySelector("[data-verdict]:checked")?.nextSibling.textContent.trim() ?? "";
  marks.append(shown);
}

function show(next, focus = true) {
  panels[place].hidden = true;
  place = Math.min(panels.length - 1, Math.max(0, next));
  panels[place].hidden = false;
  document.querySelector(".rail a[aria-current]")?.removeAttribute("aria-current");
  const entry = link(panels[place]);
  entry?.setAttribute("aria-current", "true");
  entry?.scrollIntoView({ block: "nearest" });
  history.replaceState(null, "", `#${panels[place].dataset.panel}`);
  panels[place].closest(".pane")?.scrollTo(0, 0);
  if (focus) panels[place].focus({ preventScroll: true });
  open(panels[place].querySelector("a[target=evidence]"), false);
}

function open(anchor, press = true) {
  const frame = document.querySelector("iframe[name=evidence]");
  if (!anchor || !frame || (!press && frame.dataset.shown === anchor.href)) return anchor ? undefined : false;
  frame.dataset.shown = anchor.href;
  frame.contentWindow.location.replace(anchor.href);
  const name = document.querySelector("[data-evidence-name]");
  if (name) name.textContent = anchor.textContent;
}

function following(from) {
  const order = [...panels.keys()];
  const todo = [...order.slice(from + 1), ...order.slice(0, from + 1)].filter((index) => !own(panels[index]) && !verdict(panels[index]));
  return todo.find((index) => "drawn" in panels[index].dataset) ?? todo[0] ?? -1;
}

function onward() {
  const next = following(place);
  if (next < 0) announce(text("all_judged", {}, texts));
  else show(next);
}

function judge(code) {
  const radio = panels[place].querySelector(`[data-verdict="${code}"]`);
  if (!radio) return false;
  undos.push([place, verdict(panels[place])]);
  radio.checked = true;
  settled(panels[place]);
  if (code === "conforms") return onward();
  panels[place].querySelector("details")?.setAttribute("open", "");
  panels[place].querySelector("[data-comment]").focus();
}

function settled(panel) {
  const viewed = panel.querySelector("[data-viewed]");
  if (viewed && verdict(panel)) viewed.checked = true;
  drafts.touch(panel.dataset.panel);
  mark(panel);
  judged();
}

function undo() {
  const [index, before] = undos.pop() ?? [];
  if (index === undefined) return false;
  for (const radio of panels[index].querySelectorAll("[data-verdict]")) radio.checked = radio.dataset.verdict === before;
  show(index);
  settled(panels[index]);
}

function evidence() {
  const anchors = [...panels[place].querySelectorAll("a[target=evidence]")];
  const shown = document.querySelector("iframe[name=evidence]")?.dataset.shown;
  return open(anchors[(anchors.findIndex((one) => one.href === shown) + 1) % (anchors.length || 1)]);
}

function inside(act) {
  const view = document.querySelector("iframe[name=evidence]")?.contentWindow;
  return view ? act(view) : false;
}

function page(way) {
  return inside((view) => view.scrollBy(0, way * view.innerHeight * 0.9));
}

function zoom(factor) {
  return inside((view) => {
    const root = view.document.documentElement;
    root.style.zoom = Math.min(3, Math.max(0.5, Number(root.style.zoom || 1) * factor));
  });
}

function phrase(words) {
  const comment = panels[place].querySelector("[data-comment]");
  if (!words || !comment) return false;
  comment.value = [comment.value.trimEnd(), words].filter(Boolean).join("\n");
  comment.focus();
  drafts.touch(panels[place].dataset.panel);
}

function view() {
  const box = panels[place].querySelector("[data-viewed]");
  if (!box) return false;
  box.checked = !box.checked;
  drafts.touch(panels[place].dataset.panel);
  mark(panels[place]);
}

function phrases() {
  const offered = [...document.querySelectorAll("button[data-phrase]")];
  offered.forEach((button, index) => {
    button.disabled = false;
    button.addEventListener("click", () => phrase(button.dataset.phrase));
    bind(String(index + 1), index ? "" : "phrase", () => phrase(button.dataset.phrase), texts);
  });
}

function listen() {
  form.addEventListener("input", (event) => drafts.touch(event.target.closest("[data-panel]").dataset.panel));
  form.addEventListener("change", (event) => {
    const panel = event.target.closest("[data-panel]");
    if (event.target.matches("[data-verdict]")) settled(panel);
    if (event.target.matches("[data-viewed]")) mark(panel);
  });
  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onward();
    }
    if (event.key === "Escape") panels[place].focus();
  });
}

function start() {
  for (const anchor of document.querySelectorAll("a[data-question]")) {
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      show(panels.findIndex((panel) => panel.dataset.panel === anchor.dataset.question));
    });
  }
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest("a[target=evidence], a[data-drafts-first]");
    if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (anchor.target) open(anchor);
    else drafts.flush().then(() => location.assign(anchor.href));
  });
  form.autocomplete = "off"; // else every step writes the state of all fields into the history: half of a key's time
  form.dataset.walked = "";
  for (const panel of panels) panel.hidden = true;
  const named = panels.findIndex((panel) => `#${panel.dataset.panel}` === decodeURIComponent(location.hash));
  show(named >= 0 ? named : Math.max(0, following(-1)), false);
  const go = (keys, name, run) => bind(keys, name, run, texts);
  go("j", "next_question", () => show(place + 1));
  go("k", "previous_question", () => show(place - 1));
  go("n", "next_unjudged", onward);
  go("e", "evidence", evidence);
  go(" ", "page_down", () => page(1));
  go("Shift+ ", "", () => page(-1));
  go("+", "larger", () => zoom(1.2));
  go("-", "smaller", () => zoom(1 / 1.2));
  go("o", "original", () => inside((view) => press(view.document.querySelector("[data-original], a[download]"))));
  go("Shift+Enter", "finish", () => press(document.querySelector(".dock a.primary")));
  if (!form.querySelector("[data-verdict]")) return;
  go("a", "conforms", () => judge("conforms"));
  go("r", "return", () => judge("return"));
  go("f", "finding", () => judge("finding"));
  go("z", "undo", undo);
  go("c", "comment", () => press(panels[place].querySelector("[data-comment]")));
  go("v", "viewed", view);
  phrases();
  listen();
  watch(document.querySelector("iframe[name=evidence]"), (id) => drafts.touch(id));
  guard(drafts);
}

if (form && panels.length) start();
