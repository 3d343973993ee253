/* What the reviewer had open: a file that stood in the evidence frame for a second ticks its boxes (`[data-file]` around
   the link and `input[data-read]`, value `FILE:PAGE`), with the furthest page that came into view. */
const STOOD = 1000;

function furthest(view) {
  const seen = [...view.document.querySelectorAll(".leaf")].filter((leaf) => leaf.getBoundingClientRect().top < view.innerHeight);
  return Number(seen.at(-1)?.id.replace("page-", "") ?? 0);
}

function boxes(view) {
  const links = [...document.querySelectorAll("[data-file] a")].filter((link) => link.href === view.location.href);
  return links.map((link) => link.closest("[data-file]").querySelector("[data-read]")).filter(Boolean);
}

function tick(box, page, touch) {
  const [file, before] = box.value.split(":");
  if (box.checked && Number(before) >= page) return;
  box.checked = true;
  box.value = `${file}:${page}`;
  touch(box.closest("[data-panel]").dataset.panel);
}

export function watch(frame, touch) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    const view = frame.contentWindow;
    timer = setTimeout(() => {
      const { top, bottom } = frame.getBoundingClientRect();
      if (frame.contentWindow !== view || document.hidden || top >= innerHeight || bottom <= 0) return;
      for (const box of boxes(view)) tick(box, furthest(view), touch);
    }, STOOD);
  };
  frame.addEventListener("load", () => {
    frame.contentWindow.addEventListener("scroll", later);
    later();
  });
}
