"""The forms of inspections on site: shape only."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from portal.actions.inspections import Held, Planned

LONG = Length(max=4000)


class PlanForm(FlaskForm):
    """A visit to plan."""

    on = DateField(lazy_gettext("Day of the visit"), validators=[InputRequired(lazy_gettext("Enter the day"))])
    place = StringField(lazy_gettext("Place"), validators=[
        InputRequired(lazy_gettext("Write where")), Length(max=300)])
    points = TextAreaField(lazy_gettext("What is looked at, a line each"), validators=[
        InputRequired(lazy_gettext("Write what is looked at")), LONG],
        description=lazy_gettext("The party reads this in its letter."))
    ours = StringField(lazy_gettext("Who comes from JMDP"), validators=[
        InputRequired(lazy_gettext("Write who comes")), Length(max=300)])
    theirs = StringField(lazy_gettext("Who is asked to receive us"), validators=[Length(max=300)])

    def planned(self) -> Planned:
        """The form as plain values."""
        return Planned(self.on.data, self.place.data or "", self.points.data or "", self.ours.data or "",
                       self.theirs.data or "")


class VisitForm(FlaskForm):
    """How the visit went."""

    on = DateField(lazy_gettext("Carried out on"), validators=[InputRequired(lazy_gettext("Enter the day"))])
    attended = TextAreaField(lazy_gettext("Who was there"), validators=[
        InputRequired(lazy_gettext("Write who was there")), Length(max=1000)])
    result = TextAreaField(lazy_gettext("What it came to"), validators=[
        InputRequired(lazy_gettext("Write what the visit came to")), LONG],
        description=lazy_gettext("The party reads this in its letter. What is to be corrected is opened as a finding."))

    def held(self) -> Held:
        """The form as plain values."""
        return Held(self.on.data, self.attended.data or "", self.result.data or "")


class CancelForm(FlaskForm):
    """Why the visit does not take place."""

    reason = TextAreaField(lazy_gettext("Reason for cancelling"), validators=[
        InputRequired(lazy_gettext("Write why")), Length(max=1000)],
        description=lazy_gettext("The party reads this if it was told of the visit."))
