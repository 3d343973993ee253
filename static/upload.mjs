/* Files that arrive in pieces and go on where they stopped (tus 1.0).
   Area: `.drop[data-upload="/address"][data-limit]` around one file input; its `ul.files[data-texts]` lists the files.
   POST /address with Upload-Length and Upload-Metadata (filename, filetype) answers 201 with Location; PATCH Location
   from Upload-Offset, 1 MiB at a time; HEAD Location tells the offset, DELETE gives it up. The token goes as X-CSRFToken.
   Each finished file puts its Location into a hidden field `uploaded` of the form (with data-question="ID": ID.uploaded,
   and what the form says as ID.type and ID.valid_to goes with the file) and sends `upload:done` ({name, location}).
   A form that is sent meanwhile waits for its files. The address of an unfinished file stays in this browser, so the same file goes on after a restart.
   Without scripts, or with data-upload="", the form sends its files itself. */
import { element, text } from "./words.mjs";

const CHUNK = 1024 * 1024;
const TUS = { "Tus-Resumable": "1.0.0" };
const PAUSE = [1000, 3000, 8000, 20000];

function key(area, file) {
  return `upload:${area.dataset.upload}:${file.name}:${file.size}:${file.lastModified}`;
}

function encoded(words) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(words)));
}

function pause(time) {
  return new Promise((resolve) => setTimeout(resolve, time));
}

class Refused extends Error {}

class Upload {
  constructor(area, file) {
    Object.assign(this, { area, file, form: area.closest("form"), tries: 0 });
    this.list = area.querySelector("ul.files");
    this.texts = JSON.parse(this.list.dataset.texts);
    this.state = element("span", {}, this.say("waiting"));
    this.bar = element("progress", { max: "100", value: "0", "aria-label": file.name });
    this.row = element("li", {}, element("span", {}, file.name), this.bar, this.state);
    this.list.append(this.row);
  }

  say(name, values) {
    return text(name, values, this.texts);
  }

  headers(more) {
    return { ...TUS, "X-Requested-With": "upload", "X-CSRFToken": this.form.elements.csrf_token.value, ...more };
  }

  async call(address, method, headers, body) {
    const answer = await fetch(address, { method, headers: this.headers(headers), body, redirect: "error" });
    if (answer.ok) return answer;
    if (answer.status >= 500 || answer.status === 409 || answer.status === 423) throw new Error(String(answer.status));
    throw new Refused((await answer.json().catch(() => ({}))).error || this.say("refused"));
  }

  metadata() {
    const said = { filename: this.file.name, filetype: this.file.type };
    const asked = this.area.dataset.question;
    for (const [name, field] of asked ? [["kind", "type"], ["valid_to", "valid_to"]] : []) {
      const value = this.form.elements[`${asked}.${field}`]?.value;
      if (value) said[name] = value;
    }
    return Object.entries(said).map(([name, value]) => (value ? `${name} ${encoded(value)}` : name)).join(",");
  }

  async begin() {
    const known = localStorage.getItem(key(this.area, this.file));
    if (known) {
      const answer = await fetch(known, { method: "HEAD", headers: this.headers() });
      if (answer.ok) return [known, Number(answer.headers.get("Upload-Offset"))];
      if (answer.status >= 500 || answer.status === 423) throw new Error(String(answer.status));
    }
    const metadata = this.metadata();
    const made = await this.call(this.area.dataset.upload, "POST", { "Upload-Length": this.file.size, "Upload-Metadata": metadata });
    const location = new URL(made.headers.get("Location"), window.location.href).href;
    localStorage.setItem(key(this.area, this.file), location);
    return [location, 0];
  }

  async send() {
    let [location, offset] = await this.begin();
    do {
      this.show(offset);
      const piece = this.file.slice(offset, offset + CHUNK);
      const answer = await this.call(location, "PATCH", {
        "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream",
      }, piece);
      offset = Number(answer.headers.get("Upload-Offset"));
      this.tries = 0;
    } while (offset < this.file.size);
    this.done(location);
  }

  show(offset) {
    const percent = Math.floor((100 * offset) / this.file.size);
    this.bar.value = percent;
    this.state.textContent = this.say("sending", { percent: `${percent}%` });
  }

  done(location) {
    localStorage.removeItem(key(this.area, this.file));
    this.bar.remove();
    this.state.textContent = this.say("done");
    const hidden = element("input", { type: "hidden", name: [this.area.dataset.question, "uploaded"].filter(Boolean).join("."), value: location });
    const remove = element("button", { type: "button", class: "button quiet", "aria-label": `${this.say("remove")} ${this.file.name}` }, this.say("remove"));
    remove.addEventListener("click", async () => {
      if ((await fetch(location, { method: "DELETE", headers: this.headers() })).ok) this.row.remove();
    });
    this.row.append(hidden, remove);
    this.area.dispatchEvent(new CustomEvent("upload:done", { bubbles: true, detail: { name: this.file.name, location } }));
  }

  stop(words) {
    this.bar.remove();
    this.state.textContent = words;
    this.state.classList.add("error");
  }

  async run() {
    const limit = Number(this.area.dataset.limit);
    if (this.file.size > limit) {
      return this.stop(this.say("too_big", { limit: `${Math.floor(limit / CHUNK)} MB` }));
    }
    for (;;) {
      try {
        return await this.send();
      } catch (problem) {
        if (problem instanceof Refused) return this.stop(problem.message);
        if (this.tries >= PAUSE.length) return this.again();
        this.state.textContent = this.say("broken");
        await pause(PAUSE[this.tries++]);
      }
    }
  }

  again() {
    const button = element("button", { type: "button", class: "button" }, this.say("again"));
    button.addEventListener("click", () => {
      button.remove();
      this.tries = 0;
      this.run();
    });
    this.row.append(button);
  }
}

async function take(area, files) {
  for (const file of files) await new Upload(area, file).run();
}

function listen(area) {
  const input = area.querySelector("input[type=file]");
  const form = area.closest("form");
  let queue = Promise.resolve();
  let under = 0;
  const add = (files) => {
    const chosen = [...files];
    under += 1;
    queue = queue.then(() => take(area, chosen)).finally(() => { under -= 1; });
  };
  form.addEventListener("submit", (event) => {
    if (!under || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();  // it is not sent yet: the next press is no second one
    queue.then(() => form.requestSubmit(event.submitter));
  });
  window.addEventListener("beforeunload", (event) => { if (under) event.preventDefault(); });
  input.addEventListener("change", () => {
    add(input.files);
    input.value = "";
  });
  return add;
}

/* Files dropped anywhere on the page go to the area below the pointer, or to the only one there is. */
export function start() {
  const areas = new Map();
  for (const area of document.querySelectorAll(".drop[data-upload]")) {
    if (area.dataset.upload) areas.set(area, listen(area));
  }
  if (!areas.size) return;
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  const target = (event) => event.target.closest?.(".drop[data-upload]") ?? (areas.size === 1 ? [...areas.keys()][0] : null);
  const mark = (area) => areas.forEach((_, one) => one.classList.toggle("over", one === area));
  window.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    mark(target(event));
  });
  window.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) mark(null);
  });
  window.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    mark(null);
    areas.get(target(event))?.(event.dataTransfer.files);
  });
}
