// Looks again while something is being built: the page is fetched and its content exchanged, without a reload.
// The page marks its progress with [data-progress]; once there is none, nothing is asked any more.
const EVERY = 3000;

async function look() {
  if (!document.querySelector("[data-progress]")) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("main");
    if (answer.ok && fresh) document.querySelector("main").replaceChildren(...fresh.childNodes);
  } finally {
    setTimeout(look, EVERY);
  }
}

setTimeout(look, EVERY);
