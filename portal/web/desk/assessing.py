"""The form of an assessment: shape only."""

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from portal.actions.assess import Assessed
from portal.core.assessing import KINDS, fitting
from portal.models import Engagement
from portal.web.desk.register_forms import coded
from portal.web.languages import language


class AssessmentForm(FlaskForm):
    """A decision or a check of a relation."""

    engagement = SelectField(lazy_gettext("Relation"))
    kind = SelectField(lazy_gettext("Kind of assessment"))
    on = DateField(lazy_gettext("Decided or checked on"), validators=[InputRequired(lazy_gettext("Enter the day"))])
    passed = RadioField(lazy_gettext("Result of the assessment"), choices=[
        ("yes", lazy_gettext("In order")), ("no", lazy_gettext("Not in order"))], default="yes")
    until = DateField(lazy_gettext("Holds until"), validators=[Optional()])
    reference = StringField(lazy_gettext("Number of the decision or document"), validators=[
        InputRequired(lazy_gettext("Enter the number of the decision or of the document")), Length(max=100)])
    note = TextAreaField(lazy_gettext("What was found"), validators=[Length(max=2000)])

    def offer(self, engagements: Sequence[Engagement]) -> None:
        """Offer the party's relations, and the kinds that any of them has."""
        relations, lang = dict(coded("relation")), language()
        self.engagement.choices = [(row.public_id, relations.get(row.relation, row.relation)) for row in engagements]
        offered = dict.fromkeys(kind for row in engagements for kind in fitting(row.relation))
        self.kind.choices = [(kind, KINDS[kind].get(lang)) for kind in offered]

    def assessed(self) -> Assessed:
        """The form as plain values; the day was asked for by the form."""
        return Assessed(self.kind.data or "", self.on.data or date.min, self.passed.data == "yes",
                        self.reference.data or "", self.until.data, self.note.data or "")
