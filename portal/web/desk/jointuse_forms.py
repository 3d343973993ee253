"""Forms of the joint-use notice: shape only."""

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from portal.actions.jointuse import Said
from portal.core.jointuse import MATTERS
from portal.models import JointUseDraft, Party
from portal.web import current
from portal.web.desk.register_forms import coded
from portal.web.languages import language


def matter(name: str) -> TextAreaField:
    """The field of one matter in one language; its label is set when the form is filled."""
    return TextAreaField(name, validators=[Length(max=4000)])


def several(label: str, hint: str = "") -> SelectMultipleField:
    """A field of many ticks."""
    return SelectMultipleField(label, description=hint, widget=ListWidget(prefix_label=False),
                               option_widget=CheckboxInput())


class NoticeForm(FlaskForm):
    """The matters in both languages, and what the notice covers."""

    fact_ja, fact_en = matter("fact"), matter("fact")
    items_ja, items_en = matter("items"), matter("items")
    scope_ja, scope_en = matter("scope"), matter("scope")
    purpose_ja, purpose_en = matter("purpose"), matter("purpose")
    responsible_ja, responsible_en = matter("responsible"), matter("responsible")
    address_ja, address_en = matter("address"), matter("address")
    representative_ja, representative_en = matter("representative"), matter("representative")
    party_kinds = several(lazy_gettext("Kinds of joint users"))
    parties = several(lazy_gettext("Joint users named one by one"),
                      lazy_gettext("Only those that are not of a kind above."))
    items = several(lazy_gettext("Data items"))
    purposes = several(lazy_gettext("Purposes"))

    def offer(self, parties: list[Party]) -> None:
        """Offer kinds, parties, items and purposes, and name the matters, in the reader's language."""
        lang, catalogue = language(), current.catalogue()
        self.party_kinds.choices = coded("party_kind")
        self.parties.choices = [(row.code, row.name(lang)) for row in parties]
        self.items.choices = [(item.code, item.label.get(lang)) for item in catalogue.data_items.values()]
        self.purposes.choices = [(row.id, f"{row.id} {row.title.get(lang)}") for row in catalogue.purposes.values()]
        for name, text in MATTERS.items():
            self[f"{name}_ja"].label.text = f"{text.get(lang)} ({gettext('Japanese')})"
            self[f"{name}_en"].label.text = f"{text.get(lang)} ({gettext('English')})"

    def fill(self, draft: JointUseDraft) -> None:
        """Show what stands in the draft."""
        for name in MATTERS:
            self[f"{name}_ja"].data = draft.matters_ja.get(name, "")
            self[f"{name}_en"].data = draft.matters_en.get(name, "")
        self.party_kinds.data, self.parties.data = draft.party_kinds, draft.parties
        self.items.data, self.purposes.data = draft.items, draft.purposes

    def beside(self, draft: JointUseDraft) -> list[tuple[str, str, str]]:
        """Give the texts that differ from what stands in the draft: label, what was typed, what stands."""
        stands = {f"{name}_{lang}": said.get(name, "") for name in MATTERS
                  for lang, said in (("ja", draft.matters_ja), ("en", draft.matters_en))}
        return [(self[name].label.text, self[name].data or "", text) for name, text in stands.items()
                if (self[name].data or "").strip() != text]

    def said(self) -> Said:
        """The form as plain values."""
        return Said(
            {name: self[f"{name}_ja"].data or "" for name in MATTERS},
            {name: self[f"{name}_en"].data or "" for name in MATTERS},
            tuple(self.party_kinds.data or ()), tuple(self.parties.data or ()), tuple(self.items.data or ()),
            tuple(self.purposes.data or ()),
        )


class PublishForm(FlaskForm):
    """From when a notice applies, and on what basis items or scope change."""

    effective_on = DateField(lazy_gettext("Applies from"), validators=[
        InputRequired(lazy_gettext("Enter the day from which it applies"))])
    basis = TextAreaField(lazy_gettext("Basis for a change of items or scope"), validators=[Length(max=2000)],
                          description=lazy_gettext("Such as consent of the individuals, or a fresh notice."))
