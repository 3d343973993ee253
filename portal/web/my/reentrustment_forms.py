"""The forms of re-entrustment for the party: shape only; a draft may hold as much or as little as there is."""

from typing import ClassVar

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.actions.reentrustment import Said
from portal.models import Reentrustment
from portal.queries.reentrusted import Placed
from portal.queries.reentrustment import Offer
from portal.web import current
from portal.web.languages import language

LONG = Length(max=4000)
PLAIN = ("name_ja", "name_en", "country", "legal_id", "named_at", "work", "reason", "safeguards", "starts_on",
         "ends_on")
PARTED = ":"


class ToSend:
    """Marks a field that a draft may leave empty and sending may not; the verb that sends says what is missing."""

    field_flags: ClassVar = {"to_send": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Let a draft be."""


class BodyForm(FlaskForm):
    """What the party says of a body that it wants to re-entrust to."""

    under = SelectField(lazy_gettext("Under which body"), description=lazy_gettext(
        "Directly under you, or under a body of your own tree that re-entrusts in its turn."))
    name_ja = StringField(lazy_gettext("Name (Japanese, or as the body writes it)"), validators=[
        ToSend(), Length(max=200)])
    name_en = StringField(lazy_gettext("Name in English"), validators=[Length(max=200)])
    country = StringField(lazy_gettext("Country in which it handles the data (two letters)"), validators=[
        ToSend(), Length(max=2)], description=lazy_gettext("JP for Japan, US for the United States."))
    legal_id = StringField(lazy_gettext("Corporate number, or the number that identifies it abroad"),
                           validators=[Length(max=40)])
    named_at = StringField(lazy_gettext("Where the contract names it, if it does"), validators=[Length(max=200)])
    items = SelectMultipleField(lazy_gettext("Data items it is given"), widget=ListWidget(prefix_label=False),
                                option_widget=CheckboxInput())
    work = TextAreaField(lazy_gettext("Work that is re-entrusted"), validators=[ToSend(), LONG])
    reason = TextAreaField(lazy_gettext("Why it is needed"), validators=[ToSend(), LONG])
    safeguards = TextAreaField(lazy_gettext("How the data are protected there"), validators=[ToSend(), LONG],
                               description=lazy_gettext("Security measures, the contract with the body, and how you "
                                                        "supervise it. No data of donors or patients."))
    starts_on = DateField(lazy_gettext("From"), validators=[ToSend(), Optional()])
    ends_on = DateField(lazy_gettext("Until"), validators=[ToSend(), Optional()])

    def offer(self, offer: Offer, tree: list[Placed]) -> None:
        """Offer the places in the tree and the data items of the contract's lines."""
        lang, catalogue = language(), current.catalogue()
        self.legal_id.flags.to_send = offer.contract.reentrustment_mode == "named_consent"
        self.under.choices = [("", gettext("Directly under us (tier 2)"))] + [
            (one.row.public_id, gettext("%(name)s (so the new one is tier %(tier)s)", name=one.body.name,
                                        tier=one.body.tier + 1))
            for one in tree if one.standing in ("live", "coming") and one.row.contract_id == offer.contract.id]
        self.items.choices = [(f"{line.public_id}{PARTED}{item}", catalogue.data_items[item].label.get(lang))
                              for line in offer.lines for item in line.items if item in catalogue.data_items]

    def show(self, row: Reentrustment, under: str, items: list[str]) -> None:
        """Show what stands in a row."""
        for name in PLAIN:
            self[name].data = getattr(row, name)
        self.under.data, self.items.data = under, items

    def beside(self, row: Reentrustment) -> list[tuple[str, str, str]]:
        """Give the texts that differ from what stands now: label, what was typed, what stands."""
        pairs = [(self[name].label.text, str(self[name].data or ""), str(getattr(row, name) or "")) for name in PLAIN]
        return [(label, typed, stands) for label, typed, stands in pairs if typed.strip() != stands]

    def said(self) -> Said:
        """The form as plain values."""
        given: dict[str, tuple[str, ...]] = {}
        for choice in self.items.data or ():
            line, _, item = choice.partition(PARTED)
            given[line] = (*given.get(line, ()), item)
        return Said(
            self.name_ja.data or "", self.name_en.data or "", self.country.data or "", self.legal_id.data or "",
            self.named_at.data or "", self.work.data or "", self.reason.data or "", self.safeguards.data or "",
            self.starts_on.data, self.ends_on.data, self.under.data or "", given)


class EndForm(FlaskForm):
    """That a body no longer handles the data."""

    on = DateField(lazy_gettext("No longer handled there since"), validators=[
        InputRequired(lazy_gettext("Enter the day"))])
    said = TextAreaField(lazy_gettext("What became of the data there"), validators=[
        InputRequired(lazy_gettext("Write whether the data there were given back or erased, and how")), LONG])
