"""The forms of editions and their gap questionnaire: shape only."""

from collections.abc import Iterable
from datetime import date

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, FileField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from portal.actions.editions import LARGEST, Loaded, Marks, Settled
from portal.actions.rounds import Plan
from portal.core.deadlines import add_business_days
from portal.core.templates import cite
from portal.models import Edition
from portal.web import current
from portal.web.desk.jointuse_forms import several
from portal.web.languages import language

LONG = Length(max=4000)
DAYS = 20


def clause_name(kind: str, code: str) -> str:
    """A clause of the policy by its number and subject, or a provision by its source."""
    catalogue = current.catalogue()
    if kind == "policy":
        row = catalogue.policy.get(code)
        return f"{code} {row.title.get(language())}" if row else code
    return cite(code, catalogue.sections, language())


class LoadForm(FlaskForm):
    """An edition of the policy as a text file."""

    name = StringField(lazy_gettext("Name of the edition"), validators=[
        InputRequired(lazy_gettext("Enter the edition's name")), Length(max=100)],
        description=lazy_gettext("Such as the day of the decision and its number."))
    valid_from = DateField(lazy_gettext("Applies from"), validators=[
        InputRequired(lazy_gettext("Enter the day from which it applies"))],
        description=lazy_gettext("A day in Japan. It takes force then, if a second person has confirmed it."))
    file = FileField(lazy_gettext("Text of the policy"), validators=[
        InputRequired(lazy_gettext("Choose a file first."))],
                     description=lazy_gettext("A plain text file (.txt), UTF-8 or Shift_JIS, up to 500 kB."))

    def loaded(self) -> Loaded:
        """The form as plain values; no more of the file is read than is taken."""
        sent = request.files.get("file")
        return Loaded(self.name.data or "", self.valid_from.data, sent.stream.read(LARGEST + 1) if sent else b"")


class MarksForm(FlaskForm):
    """Which clauses an edition changes, and what it changes."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    changed = several(lazy_gettext("Changed clauses"),
                      lazy_gettext("With how many questions to parties rest on each."))
    note_ja = TextAreaField(lazy_gettext("What changes, in Japanese"), validators=[LONG],
                            description=lazy_gettext(
                                "In your own words; do not copy the policy's text. Needed in both languages once a "
                                "clause is marked."))
    note_en = TextAreaField(lazy_gettext("What changes, in English"), validators=[LONG])

    def offer(self, kind: str, clauses: Iterable[tuple[str, int]]) -> None:
        """Offer the clauses that may be marked."""
        self.changed.choices = [(code, f"{clause_name(kind, code)} ({count})") for code, count in clauses]

    def show(self, edition: Edition) -> None:
        """Show what stands."""
        self.version.data, self.changed.data = edition.version, list(edition.changed)
        self.note_ja.data, self.note_en.data = edition.note_ja, edition.note_en

    def marks(self) -> Marks:
        """The form as plain values."""
        return Marks(self.changed.data or [], self.note_ja.data or "", self.note_en.data or "")


class SettleForm(FlaskForm):
    """Why an edition is refused, and the version of it that was looked at."""

    version = IntegerField(id="seen", widget=HiddenInput(), validators=[Optional()])
    reason = TextAreaField(lazy_gettext("Reason, if you refuse it"), validators=[LONG])

    def settled(self, *, confirm: bool) -> Settled:
        """The form as plain values."""
        return Settled(confirm, self.reason.data or "", self.version.data)


class GapForm(FlaskForm):
    """What the gap questionnaire is called, when it is due, and what the parties read."""

    title = StringField(lazy_gettext("Name of the round"), validators=[
        InputRequired(lazy_gettext("Enter a name for the round")), Length(max=120)])
    due_on = DateField(lazy_gettext("Due on"), validators=[InputRequired(lazy_gettext("Choose a day to come"))])
    note = TextAreaField(lazy_gettext("Note to the parties"), validators=[Length(max=2000)])

    def offer(self, edition: Edition, today: date) -> None:
        """Propose a name, a day, and what changes as the note, where nothing was sent."""
        if not self.is_submitted():
            self.title.data = gettext("Gap questionnaire: %(edition)s", edition=edition.name)[:120]
            self.due_on.data = add_business_days(today, DAYS)
            self.note.data = "\n\n".join(filter(None, (edition.note_ja, edition.note_en)))[:2000]

    def plan(self, today: date) -> Plan:
        """The form as plain values."""
        return Plan(self.title.data or "", self.due_on.data or today, note=self.note.data or "")
