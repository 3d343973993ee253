"""The staff's forms: shape only; whether it is right is for the actions to say."""

from datetime import date

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.actions.finish import Letter
from portal.core.deadlines import add_business_days
from portal.queries.reviews import Sheet

DAYS_FOR_CORRECTION = 10


class FinishForm(FlaskForm):
    """What the one finish decides: back to the party, or on to the approver."""

    outcome = RadioField(lazy_gettext("Decision"), validators=[InputRequired()], choices=[
        ("return", lazy_gettext("Return to the party")), ("pass", lazy_gettext("Pass on for approval"))])
    due_on = DateField(lazy_gettext("Corrections due"), validators=[Optional()])
    letter = TextAreaField(lazy_gettext("Covering note to the party"), validators=[Length(max=5000)],
                           description=lazy_gettext("Stands at the head of the letter and in the mail."))
    digest = HiddenField(validators=[DataRequired()])

    def fill(self, sheet: Sheet, today: date) -> None:
        """Offer the decision that the verdicts suggest and a day ten business days ahead, unless something is typed."""
        self.digest.data = self.digest.data or sheet.version.digest
        if not self.is_submitted():
            self.outcome.data = "return" if sheet.tally().get("return") else "pass"
            self.due_on.data = add_business_days(today, DAYS_FOR_CORRECTION)

    def letter_out(self) -> Letter:
        """Give the covering letter as plain values."""
        return Letter(self.letter.data or "", self.due_on.data)

    def told(self) -> str:
        """What is said on the desk afterwards."""
        if self.outcome.data == "return":
            return str(gettext("Returned. The party was told in one mail."))
        return str(gettext("Passed on. It now waits for an approver."))


class SignOffForm(FlaskForm):
    """What an approver adds to their signature."""

    digest = HiddenField(validators=[DataRequired()])
    note = TextAreaField(lazy_gettext("Note (stays with the sign-off)"), validators=[Length(max=2000)])


class SendBackForm(FlaskForm):
    """Why it goes back to the reviewer."""

    reason = TextAreaField(lazy_gettext("What to look at again"), validators=[DataRequired(
        lazy_gettext("Write what the reviewer should look at again")), Length(max=2000)])
