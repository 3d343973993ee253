// Compares a file with the digest of a packet, in the browser: the file is not sent anywhere.
const form = document.querySelector("form[data-verify]");

form?.addEventListener("submit", async (event) => {
  const [file] = form.elements.file.files;
  if (!file || !globalThis.crypto?.subtle) return;
  event.preventDefault();
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  const seen = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const verdict = document.createElement("b");
  verdict.textContent = seen === form.dataset.verify ? form.dataset.yes : form.dataset.no;
  document.querySelector("[data-verdict]").replaceChildren(verdict);
});
