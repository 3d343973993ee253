"""Forms of the register: shape only."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core.words import STATES
from portal.web import current
from portal.web.languages import language

TIERS = ("none", "low", "medium", "high", "critical")


def coded(name: str) -> list[tuple[str, str]]:
    """The values of a set of the law table with their labels in the reader's language."""
    return [(code, label.get(language())) for code, label in current.catalogue().rules.codes(name).items()]


def states(process: str) -> list[tuple[str, str]]:
    """The states of a process with their words."""
    return [(code, word.get(language())) for code, word in STATES[process].items()]


class PartyForm(FlaskForm):
    """What a lead says of a party."""

    name_ja = StringField(lazy_gettext("Name (Japanese, or as the party writes it)"), validators=[
        DataRequired(lazy_gettext("Enter the name")), Length(max=200)])
    name_en = StringField(lazy_gettext("Name in English"), validators=[Length(max=200)])
    name_kana = StringField(lazy_gettext("Name in kana"), validators=[Length(max=200)])
    kind = SelectField(lazy_gettext("Kind"), validators=[InputRequired()])
    country = StringField(lazy_gettext("Country (two letters)"), default="JP",
                          validators=[InputRequired(), Length(min=2, max=2)])
    location = SelectField(lazy_gettext("Place under the law"), validators=[InputRequired()])
    corporate_number = StringField(lazy_gettext("Corporate number (13 digits)"), validators=[Length(max=20)])
    ion = StringField(lazy_gettext("WMDA ION"), validators=[Length(max=12)])
    address = TextAreaField(lazy_gettext("Address"), validators=[Length(max=500)])
    tier = SelectField(lazy_gettext("Risk tier"), validators=[InputRequired()])
    tier_reason = StringField(lazy_gettext("Reason for the tier"), validators=[Length(max=500)])
    status = SelectField(lazy_gettext("Status"), default="active", validators=[InputRequired()])
    is_individual = BooleanField(lazy_gettext("One person (physician, coordinator)"))
    note = TextAreaField(lazy_gettext("Note"), validators=[Length(max=2000)])

    def fill(self) -> None:
        """Offer the kinds, places, tiers and states."""
        self.kind.choices = coded("party_kind")
        self.location.choices = coded("location")
        self.tier.choices = states("tier")
        self.status.choices = states("party")


class ContractForm(FlaskForm):
    """A contract with its first term."""

    relation = SelectField(lazy_gettext("Relation"), validators=[InputRequired()])
    number = StringField(lazy_gettext("Contract number"),
        validators=[DataRequired(lazy_gettext("Enter the contract number")),
                                                            Length(max=40)])
    title = StringField(lazy_gettext("Title of the contract"),
        validators=[DataRequired(lazy_gettext("Enter the title")), Length(max=200)])
    reentrustment_mode = SelectField(lazy_gettext("Re-entrustment"), validators=[InputRequired()])
    signed_on = DateField(lazy_gettext("Signed on"), validators=[Optional()])
    starts_on = DateField(lazy_gettext("Begins on"),
        validators=[InputRequired(lazy_gettext("Enter the day it begins"))])
    ends_on = DateField(lazy_gettext("Ends on"), validators=[InputRequired(lazy_gettext("Enter the day it ends"))])
    notice_days_party = IntegerField(lazy_gettext("Notice by the party (days)"), default=90,
        validators=[InputRequired(), NumberRange(0, 1000)])
    notice_days_jmdp = IntegerField(lazy_gettext("Notice by JMDP (days)"), default=90,
        validators=[InputRequired(), NumberRange(0, 1000)])
    governing_law = StringField(lazy_gettext("Governing law (country)"), default="JP",
        validators=[InputRequired(), Length(min=2, max=2)])

    def fill(self) -> None:
        """Offer relations and modes."""
        self.relation.choices = coded("relation")
        modes = current.catalogue().reentrustment_modes
        self.reentrustment_mode.choices = [(code, row.label.get(language())) for code, row in modes.items()]


class TermForm(FlaskForm):
    """A renewal or an amendment."""

    kind = SelectField(lazy_gettext("Kind"),
        choices=[("renewal", lazy_gettext("Renewal")), ("amendment", lazy_gettext("Amendment"))])
    signed_on = DateField(lazy_gettext("Signed on"), validators=[Optional()])
    starts_on = DateField(lazy_gettext("Begins on"),
        validators=[InputRequired(lazy_gettext("Enter the day it begins"))])
    ends_on = DateField(lazy_gettext("Ends on"), validators=[InputRequired(lazy_gettext("Enter the day it ends"))])


class ScopeForm(FlaskForm):
    """A scope line."""

    engagement = SelectField(lazy_gettext("Relation"), validators=[InputRequired()])
    contract = SelectField(lazy_gettext("Contract"))
    items = SelectMultipleField(
        lazy_gettext("Data items"), validators=[InputRequired(lazy_gettext("Choose at least one data item"))],
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    purpose = SelectField(lazy_gettext("Purpose"), validators=[InputRequired()])
    location = SelectField(lazy_gettext("Place under the law"), validators=[InputRequired()])
    country = StringField(lazy_gettext("Country (two letters)"), default="JP",
                          validators=[InputRequired(), Length(min=2, max=2)])
    means = StringField(lazy_gettext("Means of transfer"), validators=[Length(max=200)])
    retention = StringField(lazy_gettext("Kept for"), validators=[Length(max=200)])


class RequestForm(FlaskForm):
    """A request for an attestation."""

    template = SelectField(lazy_gettext("Checklist"))
    due_on = DateField(lazy_gettext("Due on"), validators=[InputRequired(lazy_gettext("Choose a day to come"))])
    note = TextAreaField(lazy_gettext("Note to the party"), validators=[Length(max=2000)])
    contact_name = StringField(lazy_gettext("Name"), validators=[Length(max=100)])
    contact_email = StringField(lazy_gettext("E-mail address"), validators=[Length(max=254)])
    contact_language = SelectField(lazy_gettext("Language of the letters"),
                                   choices=[("ja", "日本語"), ("en", "English")], default="ja")
