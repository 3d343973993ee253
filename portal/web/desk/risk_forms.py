"""The forms of a party's risk: shape only."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from portal.actions.risks import Rated
from portal.core.risk import TIERS, Rating
from portal.core.words import word
from portal.web.languages import language

GRADES = [(str(grade), str(grade)) for grade in range(1, 6)]


class TierForm(FlaskForm):
    """The tier, and why it differs from what the facts give."""

    tier = SelectField(lazy_gettext("Risk tier"))
    reason = TextAreaField(lazy_gettext("Why it differs from the facts"), validators=[Length(max=1000)])

    def offer(self, stands: str) -> None:
        """Offer the tiers, the one the facts give first chosen."""
        self.tier.choices = [(tier, word("tier", tier).get(language())) for tier in TIERS]
        if not self.is_submitted():
            self.tier.data = stands


class RatingForm(FlaskForm):
    """Likelihood and impact, before the measures and with them."""

    inherent_likelihood = SelectField(lazy_gettext("Likelihood before measures"), choices=GRADES, default="3")
    inherent_impact = SelectField(lazy_gettext("Impact before measures"), choices=GRADES, default="3")
    residual_likelihood = SelectField(lazy_gettext("Likelihood with measures"), choices=GRADES, default="3")
    residual_impact = SelectField(lazy_gettext("Impact with measures"), choices=GRADES, default="3")
    note = TextAreaField(lazy_gettext("What the rating rests on"), validators=[
        InputRequired(lazy_gettext("Say what the rating rests on")), Length(max=2000)])

    def rated(self) -> Rated:
        """The form as plain values."""
        before = Rating(int(self.inherent_likelihood.data), int(self.inherent_impact.data))
        after = Rating(int(self.residual_likelihood.data), int(self.residual_impact.data))
        return Rated(before, after, self.note.data or "")


class AcceptForm(FlaskForm):
    """The acceptance of the residual risk."""

    until = DateField(lazy_gettext("Accepted until"), validators=[InputRequired(lazy_gettext("Enter the day"))])
    why = TextAreaField(lazy_gettext("Reason for the acceptance"), validators=[
        InputRequired(lazy_gettext("Enter the reason")), Length(max=2000)])
