/* Compares a file, chosen or dropped, with the digest of a packet in the browser: the file is not sent anywhere. */
const form = document.querySelector("form[data-verify]");
const drop = form?.querySelector(".drop");

async function digest(file) {
  const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function compare(file) {
  const same = (await digest(file)) === form.dataset.verify;
  const verdict = document.createElement("p");
  verdict.className = `flash ${same ? "success" : "error"}`;
  verdict.textContent = same ? form.dataset.yes : form.dataset.no;
  document.querySelector("[data-verdict]").replaceChildren(verdict);
}

// Without a secure origin the browser has no digest of its own; the form is then sent as it is.
if (form && globalThis.crypto?.subtle) {
  form.addEventListener("submit", (event) => {
    const [file] = form.elements.file.files;
    if (!file) return;
    event.preventDefault();
    compare(file);
  });
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    form.elements.file.files = event.dataTransfer.files;
    compare(event.dataTransfer.files[0]);
  });
}
