"""Forms of letters that did not arrive: the new address, and a contact by telephone or post."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from portal.actions.delivery import Told
from portal.core.words import STATES
from portal.models import Attestation
from portal.web.languages import language


class AddressForm(FlaskForm):
    """The address that works."""

    email = StringField(lazy_gettext("Correct e-mail address"), validators=[
        InputRequired(lazy_gettext("Enter the address")), Length(max=254)])


class ContactForm(FlaskForm):
    """How, when and whom JMDP told."""

    means = RadioField(lazy_gettext("Means"), validators=[InputRequired(lazy_gettext("Choose telephone or post"))])
    on = DateField(lazy_gettext("Day"), validators=[Optional()])
    spoken_to = StringField(lazy_gettext("Whom you spoke or wrote to"), validators=[
        InputRequired(lazy_gettext("Enter whom you spoke or wrote to")), Length(max=200)])
    about = SelectField(lazy_gettext("About"), description=lazy_gettext(
        "Letters about the same thing that did not arrive count as followed up."))
    note = TextAreaField(lazy_gettext("Note"), validators=[Length(max=2000)])

    def offer(self, open_ones: list[Attestation]) -> None:
        """Offer the means and the party's attestations."""
        self.means.choices = [(code, word.get(language())) for code, word in STATES["contact"].items()]
        self.about.choices = [("", lazy_gettext("No checklist in particular")), *(
            (row.public_id, f"{row.number} {row.template.title(language())}")
            for row in open_ones)]

    def told(self) -> Told:
        """The form as plain values."""
        return Told(self.means.data or "", self.on.data, self.spoken_to.data or "", self.note.data or "")
