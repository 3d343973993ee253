/* Drafts of verdicts: only the questions that changed are posted (fields `ID.…` and `own.ID.…`) to the form's action.
   The answer, with status 200, 409 or 422, is {saved_at, versions: {ID: n}, theirs: {ID: {version, field: value}},
   problems: {ID: sentence}}; what somebody else saved meanwhile is shown beside one's own. */
import { Saver, choose } from "./autosave.mjs";
import { drop, keep } from "./drafts.mjs";
import { announce, clock, text } from "./words.mjs";

const AFTER_PAINT = 100;

export class VerdictSaver extends Saver {
  constructor(form, redraw) {
    super(form);
    this.redraw = redraw;
    this.changes = new Set();
  }

  touch(id) {
    this.changes.add(id);
    this.changed();
  }

  /* The copy in this browser goes through the whole form: it is written when the key has been painted. */
  note() {
    this.copying ??= setTimeout(() => this.copy(), AFTER_PAINT);
  }

  copy() {
    clearTimeout(this.copying);
    this.copying = null;
    if (this.dirty) keep(this.form);
  }

  leave() {
    this.copy();
    super.leave();
  }

  save() {
    return this.busy ? super.save() : (this.going = super.save());
  }

  /* Sends what is new before a page that shows it is asked for. */
  async flush() {
    await this.going;
    await this.save();
  }

  restored(names) {
    for (const name of names) this.changes.add(name.replace(/^own\./, "").split(".")[0]);
    this.redraw();
    this.changed(0);
  }

  body() {
    this.sent = new Set(this.changes);
    const wanted = (name) => name === "csrf_token" || this.sent.has(name.replace(/^own\./, "").split(".")[0]);
    this.changes.clear();
    return new URLSearchParams([...new FormData(this.form)].filter(([name]) => wanted(name)));
  }

  failed() {
    for (const id of this.sent ?? []) this.changes.add(id);
    super.failed();
  }

  async took(answer) {
    if (![200, 409, 422].includes(answer.status)) {
      for (const id of this.sent) this.changes.add(id);
      return super.took(answer);
    }
    const { saved_at, versions, theirs, problems } = await answer.json();
    this.failures = 0;
    for (const [id, version] of Object.entries(versions)) this.version(id, version);
    const said = Object.entries(problems).map(([id, words]) => `${id} ${words}`).join(" ");
    announce(said || text("saved", { time: clock(saved_at) }), Boolean(said));
    if (!this.dirty && answer.status === 200) drop(this.form);
    for (const [id, fields] of Object.entries(theirs)) this.clash(id, fields);
  }

  version(id, version) {
    this.form.elements[`${id}.version`].value = version;
  }

  clash(id, { version, ...fields }) {
    const named = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${id}.${name}`, value]));
    choose(this.form, named, text("theirs", { who: "" }), () => {
      if (version !== undefined) this.version(id, version);
      this.changes.add(id);
      this.redraw();
      this.changed(0);
    });
  }
}
