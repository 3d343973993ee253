"""The forms of findings at the desk: shape only; each act of a page has its own."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from portal.actions.findings import Found
from portal.core.words import word
from portal.models import Person
from portal.models.review import SEVERITIES
from portal.web.languages import language

LONG = Length(max=4000)


class RaiseForm(FlaskForm):
    """A finding opened by hand."""

    fact = TextAreaField(lazy_gettext("What was found"), validators=[
        InputRequired(lazy_gettext("Write what was found")), LONG],
        description=lazy_gettext("The party reads this. Name what you saw, not persons."))
    severity = SelectField(lazy_gettext("Severity"), validators=[InputRequired()])
    due_on = DateField(lazy_gettext("To be corrected by"), validators=[InputRequired(lazy_gettext("Enter the day"))])

    def offer(self) -> None:
        """Offer the severities, the gravest first."""
        self.severity.choices = [(code, word("severity", code).get(language())) for code in SEVERITIES]
        if not self.is_submitted():
            self.severity.data = "medium"

    def found(self, visit: int | None) -> Found:
        """The form as plain values, with the visit it came of."""
        return Found(self.fact.data or "", self.severity.data or "", self.due_on.data, visit)


class AgreeForm(FlaskForm):
    """Agreement to the plan, with another due day if it needs one."""

    due_on = DateField(lazy_gettext("Another due day, if the plan needs one"), validators=[Optional()])


class RejectForm(FlaskForm):
    """Why another plan is asked for."""

    reason = TextAreaField(lazy_gettext("What the plan lacks"), validators=[
        InputRequired(lazy_gettext("Write what the plan lacks")), LONG],
        description=lazy_gettext("The party reads this."))


class VerifyForm(FlaskForm):
    """How the correction was verified."""

    reason = TextAreaField(lazy_gettext("How it was verified"), validators=[
        InputRequired(lazy_gettext("Write how you verified it")), LONG],
        description=lazy_gettext("The party reads this."))


class ReopenForm(FlaskForm):
    """Why it goes back to the party."""

    reason = TextAreaField(lazy_gettext("What is still to be corrected"), validators=[
        InputRequired(lazy_gettext("Write what is still to be corrected")), LONG],
        description=lazy_gettext("The party reads this."))


class ResumeForm(FlaskForm):
    """Why an accepted risk is no longer accepted."""

    reason = TextAreaField(lazy_gettext("Why the risk is no longer accepted"), validators=[
        InputRequired(lazy_gettext("Write why the risk is no longer accepted")), LONG],
        description=lazy_gettext("The party reads this."))


class AcceptForm(FlaskForm):
    """Why the risk is accepted, and until when."""

    until = DateField(lazy_gettext("Accepted until"), validators=[InputRequired(lazy_gettext("Enter the day"))])
    reason = TextAreaField(lazy_gettext("Reason for the acceptance"), validators=[
        InputRequired(lazy_gettext("Write why the risk is accepted")), LONG],
        description=lazy_gettext("The party reads this."))


class GiveForm(FlaskForm):
    """Who of JMDP follows the finding."""

    owner = SelectField(lazy_gettext("Followed by"), validators=[InputRequired()])

    def offer(self, people: list[Person], present: int) -> None:
        """Offer the people who may follow it, whoever follows it now chosen."""
        self.owner.choices = [(person.public_id, person.name) for person in people]
        if not self.owner.data:
            self.owner.data = next((person.public_id for person in people if person.id == present), None)
