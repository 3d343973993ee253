"""The form of a statement of the overseas sheet: shape only; which texts it asks depends on the subject."""

from collections.abc import Sequence

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from portal.actions.overseas import Statement
from portal.core.overseas import ASKED, OUTCOMES, Subject
from portal.models import Evidence, OverseasStatement
from portal.web.languages import language


def text() -> TextAreaField:
    """A text that the subject names."""
    return TextAreaField(validators=[Length(max=2000)])


class StatementForm(FlaskForm):
    """One statement: its day and source, what is said, the outcome of a check, and the file that proves it."""

    on = DateField(lazy_gettext("Day on which it was looked at"), validators=[
        InputRequired(lazy_gettext("Enter the day"))])
    source = StringField(lazy_gettext("Source of the statement"), validators=[
        InputRequired(lazy_gettext("Name the source: a survey, the recipient's answer, counsel's view")),
        Length(max=500)], description=lazy_gettext(
            "For example the PPC's survey of the country, the recipient's answer with its date, or counsel's view."))
    law, indicators, principles, strong = text(), text(), text(), text()
    measures, gaps, wording, given = text(), text(), text(), text()
    kind, where, way, outline = text(), text(), text(), text()
    method, found = text(), text()
    outcome = RadioField(lazy_gettext("What the check came to"), validators=[Optional()], validate_choice=False)
    evidence = SelectField(lazy_gettext("File that proves it"), default="", coerce=str)

    def offer(self, subject: Subject, files: Sequence[Evidence]) -> None:
        """Name the texts of the subject, and offer the outcomes and the party's files."""
        lang = language()
        for asked in ASKED[subject]:
            self[asked.name].label.text = asked.label.get(lang)
            self[asked.name].flags.required = not asked.optional
        self.outcome.flags.required = subject == "check"
        self.outcome.choices = [(code, label.get(lang)) for code, label in OUTCOMES.items()]
        self.evidence.choices = [("", "–")] + [(file.public_id, file.name) for file in files]

    def begin(self, last: OverseasStatement | None) -> None:
        """Begin from what was said last; day, source and outcome are to be said anew."""
        for name, said in (last.said if last else {}).items():
            self[name].data = said

    def stated(self, subject: Subject, evidence_id: int | None) -> Statement:
        """The form as plain values."""
        if self.on.data is None:
            raise ValueError("the form was not valid")
        return Statement(
            subject, self.on.data, self.source.data or "",
            {asked.name: self[asked.name].data or "" for asked in ASKED[subject]},
            (self.outcome.data or "") if subject == "check" else "", evidence_id)
