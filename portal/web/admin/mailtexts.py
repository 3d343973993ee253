"""Texts of mails: the list, and one text in both languages with its preview, its versions and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired

from portal.actions import mailtexts as acts
from portal.actions.mailtexts import Typed
from portal.core import mailproof, mailtext
from portal.core.errors import Incomplete, Stale
from portal.core.occasions import FIXED, LANGUAGES, OCCASIONS
from portal.queries import mailtexts
from portal.queries.mailtexts import Stands
from portal.web import current
from portal.web.admin.room import room
from portal.web.errors import said

Reply = str | Response | tuple[str, int]


class TextForm(FlaskForm):
    """A text in both languages, each over the version that its writer saw."""

    subject_ja = StringField(lazy_gettext("Subject (Japanese)"), [DataRequired()])
    body_ja = TextAreaField(lazy_gettext("Text (Japanese)"), [DataRequired()])
    seen_ja = HiddenField()
    subject_en = StringField(lazy_gettext("Subject (English)"), [DataRequired()])
    body_en = TextAreaField(lazy_gettext("Text (English)"), [DataRequired()])
    seen_en = HiddenField()

    def show(self, stands: Mapping[str, Stands]) -> None:
        """Show the texts that stand."""
        for lang, text in stands.items():
            self[f"subject_{lang}"].data, self[f"body_{lang}"].data = text.subject, text.body
            self[f"seen_{lang}"].data = str(text.number)

    def typed(self) -> dict[str, Typed]:
        """The form as plain values."""
        return {lang: Typed(self[f"subject_{lang}"].data or "", (self[f"body_{lang}"].data or "").replace("\r\n", "\n"),
                            int(seen) if (seen := self[f"seen_{lang}"].data or "").isdecimal() else 0)
                for lang in LANGUAGES}

    def tell(self, occasion: str) -> None:
        """Put what is wrong with each text at its fields, in place of what was said of an empty one."""
        for lang, text in self.typed().items():
            wrong = mailproof.problems(mailtexts.shipped(occasion, lang), text.subject, text.body)
            for place in ("subject", "body"):
                self[f"{place}_{lang}"].errors = [
                    gettext(one.sentence, **one.values) for one in wrong if one.place == place]


def standing(occasion: str) -> dict[str, Stands]:
    """The texts of an occasion that stand, by language."""
    return {lang: mailtexts.stands(current.reading(), occasion, lang) for lang in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Preview:
    """A text with made-up values in place of its names, and what its writer should look at once more."""

    subject: str
    body: str
    wide: list[tuple[int, int]]
    unpaired: list[str]
    left_out: list[str]


def preview(occasion: str, form: TextForm) -> dict[str, Preview]:
    """The preview of each text that can be used, by language."""
    shown, typed = {}, form.typed()
    for (lang, text), (other, beside) in zip(typed.items(), reversed(typed.items()), strict=True):
        shipped = mailtexts.shipped(occasion, lang)
        if mailproof.problems(shipped, text.subject, text.body):
            continue
        samples = mailtext.samples(shipped)
        body = mailtext.fill(text.body, samples)
        shown[lang] = Preview(
            mailtext.fill(text.subject, samples), body, mailproof.too_wide(body, lang),
            mailproof.unpaired(text.subject + text.body),
            mailproof.left_out(shipped, mailtexts.shipped(occasion, other), text.subject + text.body,
                               beside.subject + beside.body))
    return shown


def page(occasion: str, form: TextForm, theirs: Mapping[str, Stands] | None = None) -> str:
    """The page of a text, with the form as it was typed."""
    rows, actor = current.reading(), current.actor()
    return render_template(
        "admin/mail_text.html", occasion=occasion, form=form, theirs=theirs or {}, preview=preview(occasion, form),
        known={lang: mailtexts.shipped(occasion, lang).known.values() for lang in LANGUAGES},
        title=OCCASIONS[occasion], languages=LANGUAGES, sides=mailtexts.listing(rows, actor)[occasion],
        versions=mailtexts.versions(rows, actor, occasion), widest=mailproof.WIDEST)


@room.get("/texts")
def mail_texts() -> str:
    """List the texts by occasion, each with what stands in both languages."""
    found = mailtexts.listing(current.reading(), current.actor())
    return render_template("admin/mail_texts.html", found=found, words=OCCASIONS, fixed=FIXED)


@room.get("/texts/<occasion>")
def mail_text(occasion: str) -> str:
    """Show a text in both languages as it stands, with a preview."""
    form = TextForm(formdata=None)
    form.show(standing(occasion))
    return page(occasion, form)


@room.post("/texts/<occasion>")
def save_mail_text(occasion: str) -> Reply:
    """Show a preview of what was typed, or save it as a new version."""
    form = TextForm()
    if not form.validate_on_submit() or "preview" in request.form:
        form.tell(occasion)
        return page(occasion, form), 422 if form.errors else 200
    try:
        with current.work() as work:
            count = acts.save(work, current.actor(), occasion, form.typed())
    except Incomplete:
        form.tell(occasion)
        return page(occasion, form), 422
    except Stale as refusal:
        return clash(occasion, form, refusal)
    flash(gettext("Saved. The next letter goes out with this text.") if count else gettext("Nothing was changed."))
    return redirect(url_for("admin.mail_text", occasion=occasion), 303)


def clash(occasion: str, form: TextForm, refusal: Stale) -> Reply:
    """Show what was typed beside what somebody else saved meanwhile; saved again, it goes over that."""
    flash(said(refusal))
    stands, typed = standing(occasion), form.typed()
    theirs = {lang: text for lang, text in stands.items() if text.number != typed[lang].seen}
    for lang, text in theirs.items():
        form[f"seen_{lang}"].data = str(text.number)
    return page(occasion, form, theirs), 409


@room.post("/texts/<occasion>/shipped")
def restore_mail_text(occasion: str) -> Response:
    """Go back to the texts that came with the portal, in both languages."""
    with current.work() as work:
        acts.restore(work, current.actor(), occasion)
    flash(gettext("The standard text is used again in both languages."))
    return redirect(url_for("admin.mail_text", occasion=occasion), 303)
