"""Forms of the records of provision and receipt: shape only."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from portal.actions.provision import Made, Setting
from portal.core.recordkeeping import ASKED, BY_CONTRACT, MANNERS
from portal.models import Party, Provision, RecordSetting, ScopeLine
from portal.web import current
from portal.web.desk.jointuse_forms import several
from portal.web.languages import language

TEXTS = tuple(dict.fromkeys(asked.name for kind in ASKED.values() for asked in kind))


def manners(contract: bool = True) -> list[tuple[str, str]]:
    """The ways of making records with their labels."""
    lang = language()
    return [(code, text.get(lang)) for code, text in MANNERS.items() if contract or code != "contract"]


class SettingForm(FlaskForm):
    """How the records of a line are kept, and what the law wants known beforehand."""

    manner = RadioField(lazy_gettext("How records are made"), validators=[
        InputRequired(lazy_gettext("Choose how the records are made"))])
    held_in = StringField(lazy_gettext("Register of the core system that names the individuals"), validators=[
        InputRequired(lazy_gettext("Name the register of the core system that holds the individuals")),
        Length(max=200)])
    relied_on = SelectField(lazy_gettext("What the provider rests on"))
    ground = SelectField(lazy_gettext("Ground for receiving special-care data (Art. 20(2))"))
    obtained = TextAreaField(lazy_gettext("How the provider obtained the data"), validators=[Length(max=1000)])
    statute = SelectField(lazy_gettext("Japanese statute the provision rests on"))
    article = StringField(lazy_gettext("Article and item"), validators=[Length(max=200)])

    def offer(self) -> None:
        """Offer manners, grounds and statutes."""
        lang, facts = language(), current.catalogue().facts
        self.manner.choices = manners()
        self.relied_on.choices = [("", "–"), ("consent", lazy_gettext("Consent of the individuals")),
                                  ("27_1", lazy_gettext("An item of Art. 27(1)")),
                                  ("27_5", lazy_gettext("Art. 27(5): entrustment, succession, joint use"))]
        self.ground.choices = [("", "–")] + [(row.id, row.label.get(lang)) for row in facts.ground]
        self.statute.choices = [("", "–")] + [(row.id, row.label.get(lang)) for row in facts.statute]

    def fill(self, stands: RecordSetting | None) -> None:
        """Show what was said last."""
        if stands is not None:
            for name in ("manner", "held_in", "relied_on", "ground", "obtained", "statute", "article"):
                self[name].data = getattr(stands, name)

    def setting(self) -> Setting:
        """The form as plain values."""
        return Setting(self.manner.data, self.held_in.data or "", self.obtained.data or "", self.ground.data,
                       self.relied_on.data, self.statute.data, self.article.data or "")


class RecordForm(FlaskForm):
    """One record; which of the texts are asked depends on its kind."""

    manner = RadioField(lazy_gettext("How the record is made"), validators=[
        InputRequired(lazy_gettext("Choose how the record is made"))])
    first_on = DateField(lazy_gettext("First day"), validators=[InputRequired(lazy_gettext("Enter the first day"))])
    last_on = DateField(lazy_gettext("Last day"), validators=[InputRequired(lazy_gettext("Enter the last day"))])
    persons = IntegerField(lazy_gettext("Number of individuals"), validators=[
        InputRequired(lazy_gettext("Count the individuals: at least one"))])
    items = several(lazy_gettext("Data items"))
    reference = StringField(lazy_gettext("Reference in the core system"), validators=[Length(max=80)],
                            description=lazy_gettext("A batch or case number. Never a name or a number of a person."))
    name, address = (StringField(validators=[Length(max=500)]) for _ in range(2))
    representative, consent = (StringField(validators=[Length(max=500)]) for _ in range(2))
    obtained, method = (StringField(validators=[Length(max=1000)]) for _ in range(2))
    reason, approver = (StringField(validators=[Length(max=500)]) for _ in range(2))
    study, approval = (StringField(validators=[Length(max=500)]) for _ in range(2))
    publication, tag = (StringField(validators=[Length(max=500)]) for _ in range(2))
    page, notice = (StringField(validators=[Length(max=500)]) for _ in range(2))
    handler, action = (StringField(validators=[Length(max=500)]) for _ in range(2))
    why = TextAreaField(lazy_gettext("What was wrong"), validators=[Optional(), Length(max=1000)])

    def offer(self, kind: str, line: ScopeLine) -> None:
        """Offer manners and the line's items, and name the texts of the kind."""
        lang, items = language(), current.catalogue().data_items
        self.manner.choices = manners(kind in BY_CONTRACT)
        self.items.choices = [(code, items[code].label.get(lang)) for code in line.items]
        for asked in ASKED[kind]:
            self[asked.name].label.text = asked.label.get(lang)
        for name in ("items", "reference", *(asked.name for asked in ASKED[kind])):
            self[name].flags.required = True

    def begin(self, line: ScopeLine, party: Party, last: Provision | None) -> None:
        """Begin from the line, the party and what the last record of the kind said."""
        self.items.data, self.manner.data = list(line.items), last.manner if last else "batch"
        said = last.said if last else {"name": party.name_ja, "address": party.address}
        for name in TEXTS:
            self[name].data = said.get(name, "")

    def repeat(self, wrong: Provision) -> None:
        """Begin from the record that is corrected."""
        for name in ("manner", "first_on", "last_on", "persons", "items", "reference"):
            self[name].data = getattr(wrong, name)
        for name in TEXTS:
            self[name].data = wrong.said.get(name, "")

    def made(self, kind: str) -> Made:
        """The form as plain values."""
        first, last = self.first_on.data, self.last_on.data
        if first is None or last is None:
            raise ValueError("the form was not valid")
        return Made(kind, self.manner.data, first, last, self.persons.data or 0, tuple(self.items.data or ()),
                    self.reference.data or "", {name: self[name].data or "" for name in TEXTS})
