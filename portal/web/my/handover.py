"""Handover notes of a party: the page of one note, beside its question."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from portal.actions import handover as verbs
from portal.core.errors import NotFound, Stale
from portal.core.templates import Question
from portal.models import Attestation
from portal.queries import handover, tasks
from portal.queries.visible import GONE, one
from portal.web import current
from portal.web.errors import said
from portal.web.my.home import sheet_of
from portal.web.my.room import room

Reply = Response | tuple[str, int]


class NoteForm(FlaskForm):
    """One note, and the version of the one that was seen."""

    text = TextAreaField(lazy_gettext("Note for whoever answers next year"), validators=[
        Length(max=verbs.LONGEST, message=lazy_gettext("The note is too long. Keep it to 2,000 characters."))])
    version = HiddenField()


def asked(sheet: tasks.Sheet, question: str) -> Question:
    """The question of a note; NotFound where the party is not asked it."""
    found = next((row.question for row in sheet.rows if row.question.id == question), None)
    if found is None:
        raise NotFound(GONE)
    return found


def page(public_id: str, question: str, form: NoteForm, *, theirs: bool = False, status: int = 200) -> tuple[str, int]:
    """Render the page of a note; after a clash with what a colleague wrote beside what was typed."""
    sheet = sheet_of(public_id)
    note = handover.note(current.reading(), current.actor(), sheet.attestation, question)
    if not form.is_submitted():
        form.text.data = note.text
    if theirs or not form.is_submitted():
        form.version.data = str(note.version)
    return render_template("my/note.html", sheet=sheet, question=asked(sheet, question), note=note, form=form,
                           theirs=theirs), status


@room.get("/attestations/<public_id>/notes/<question>")
def note(public_id: str, question: str) -> Reply:
    """Show the note beside a question, to write or change it."""
    return page(public_id, question, NoteForm())


@room.post("/attestations/<public_id>/notes/<question>")
def write_note(public_id: str, question: str) -> Reply:
    """Save the note, and go back to its question; what was typed stays where it cannot be saved."""
    form = NoteForm()
    code = asked(sheet_of(public_id), question).section
    if not form.validate_on_submit():
        return page(public_id, question, form, status=422)
    seen = request.form.get("version", 0, type=int)
    try:
        with current.work() as work:
            where = one(work.rows, current.actor(), Attestation, public_id)
            changed = verbs.write(work, current.actor(), where, verbs.Written(
                question, form.text.data or "", seen))
    except Stale as refusal:
        current.close_reading()
        flash(said(refusal), "error")
        return page(public_id, question, form, theirs=True, status=409)
    flash(gettext("The note is saved. Only your organisation can read it.") if changed
          else gettext("Nothing was changed."))
    return redirect(url_for("my.section", public_id=public_id, code=code, _anchor=question), 303)
