/* The few sentences scripts show, in the page's language: `<body data-texts>` and data-texts of single controls. */
const own = JSON.parse(document.body.dataset.texts || "{}");

export function text(name, values = {}, texts = own) {
  return Object.entries(values).reduce((whole, [key, value]) => whole.replaceAll(`{${key}}`, value), texts[name] ?? "");
}

export function clock(iso) {
  return new Date(iso).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function announce(words, lost = false) {
  for (const place of document.querySelectorAll("[data-saved]")) {
    place.textContent = words;
    place.classList.toggle("lost", lost);
  }
}
