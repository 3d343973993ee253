"""The forms of supervision rounds: whom to ask (in the address), what the round is called, and its later acts."""

from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.core.deadlines import add_business_days
from portal.queries import choosing, forms, parties
from portal.web import current
from portal.web.desk.register_forms import coded, states
from portal.web.languages import language

DAYS = 20


class ChoosingForm(FlaskForm):
    """Whom to ask, and by when; it changes nothing and stands in the address."""

    class Meta:
        """It changes nothing, so it needs no token."""

        csrf = False

    q = StringField(lazy_gettext("Name contains"), validators=[Length(max=100)])
    kind = SelectField(lazy_gettext("Kind"), validate_choice=False)
    country = StringField(lazy_gettext("Country (two letters)"), validators=[Length(max=2)])
    tier = SelectField(lazy_gettext("Tier"), validate_choice=False)
    template = SelectField(lazy_gettext("Checklist"), validate_choice=False)
    due_on = DateField(lazy_gettext("Due on"), validators=[Optional()])
    business_days = IntegerField(lazy_gettext("Or business days from today"),
                                 validators=[Optional(), NumberRange(1, 250)],
                                 description=lazy_gettext("Counted in each party's own country."))
    by_cadence = BooleanField(lazy_gettext("Only parties whose next check falls due by then"))

    def fill(self, today: date) -> None:
        """Offer kinds, tiers and checklists, and a due day where none was chosen."""
        anything = ("", gettext("All"))
        self.kind.choices = [anything, *coded("party_kind")]
        self.tier.choices = [anything, *states("tier")]
        self.template.choices = [("", gettext("That of each party's kind")), *(
            (row.code, f"{row.code} {row.title(language())}")
            for row in forms.current(current.reading()))]
        if not self.due_on.data and not self.due_on.errors:
            self.due_on.data = add_business_days(today, self.business_days.data or DAYS)

    def wanted(self, today: date) -> choosing.Wanted:
        """Give the choice as plain values."""
        return choosing.Wanted(
            self.due_on.data or add_business_days(today, DAYS), self.q.data or "", self.kind.data or "",
            (self.country.data or "").upper(), self.tier.data or "", self.template.data or "",
            self.business_days.data or 0, bool(self.by_cadence.data), request.args.get("lead", "")[:26],
            tuple(request.args.getlist("party")[:parties.PAGE]))


def choosing_form(today: date) -> ChoosingForm:
    """Read the choice from the address."""
    given: MultiDict[str, Any] = MultiDict(request.args)
    form = ChoosingForm(formdata=given) if given else ChoosingForm(formdata=None)
    if given:
        form.validate()
    form.fill(today)
    return form


class RoundForm(FlaskForm):
    """What the round is called, what the parties read, and whether it comes again."""

    title = StringField(lazy_gettext("Name of the round"), validators=[
        InputRequired(lazy_gettext("Enter a name for the round")), Length(max=120)])
    note = TextAreaField(lazy_gettext("Note to the parties"), validators=[Length(max=2000)])
    repeat_months = SelectField(lazy_gettext("Comes again"), coerce=int, choices=[
        (0, lazy_gettext("Not again")), (6, lazy_gettext("Every 6 months")), (12, lazy_gettext("Every 12 months")),
        (24, lazy_gettext("Every 24 months"))],
        description=lazy_gettext("By the same filter, for the parties whose check is due by their tier then."))


class ExtendForm(FlaskForm):
    """A later due day for the parties of a round."""

    due_on = DateField(lazy_gettext("New due day"), validators=[InputRequired(lazy_gettext("Choose a day to come"))],
                       description=lazy_gettext("For the ticked parties, or for all that have not submitted."))


class ReasonForm(FlaskForm):
    """Why a round is paused or withdrawn."""

    reason = TextAreaField(lazy_gettext("Reason"), validators=[
        InputRequired(lazy_gettext("Write the reason")), Length(max=2000)])
