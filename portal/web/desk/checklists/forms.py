"""Forms of the checklist builder: a draft is kept whatever it says, so only what has no shape at all is refused."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core import checklist_words as words
from portal.core.bilingual import Text
from portal.core.rulefit import EVIDENCE_RULES, FINDING_RULES, WITH_LIMIT
from portal.core.templates import Template
from portal.core.wellmade import DUE_DAYS
from portal.core.words import word
from portal.web import current
from portal.web.languages import language

Choices = list[tuple[str, str]]
WANTED = ("section", "question_ja", "question_en", "clauses", "answer_type", "answered_by", "good", "unit_ja",
          "unit_en", "evidence_when", "evidence_choice", "validity_months", "criticality")


class Ticks(SelectMultipleField):
    """Several of many, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def named(table: dict[str, Text]) -> Choices:
    """The choices of a table of labels, in the reader's language."""
    return [(code, label.get(language())) for code, label in table.items()]


def label(field: str) -> str:
    """The label of a checklist's field, in the reader's language."""
    return words.FIELDS[field].get(language())


class NewForm(FlaskForm):
    """The first words of a checklist that was not there before."""

    code = StringField(lazy_gettext("Code"), validators=[DataRequired(), Length(max=8)], description=lazy_gettext(
        "Two to eight capital letters or digits; every question number begins with it."))
    title_ja = StringField(lazy_gettext("Title (Japanese)"), validators=[DataRequired(), Length(max=200)])
    title_en = StringField(lazy_gettext("Title (English)"), validators=[DataRequired(), Length(max=200)])


class HeadForm(FlaskForm):
    """What a checklist is for and how often it is asked."""

    title_ja = StringField(lazy_gettext("Title (Japanese)"), validators=[Length(max=200)])
    title_en = StringField(lazy_gettext("Title (English)"), validators=[Length(max=200)])
    intro_ja = TextAreaField(lazy_gettext("Introduction (Japanese)"), validators=[Length(max=2000)])
    intro_en = TextAreaField(lazy_gettext("Introduction (English)"), validators=[Length(max=2000)])
    party_kinds = Ticks(lazy_gettext("For parties of the kind"))
    interval_months = IntegerField(lazy_gettext("Asked every (months)"), validators=[NumberRange(1, 60)])
    mark = HiddenField()

    def __init__(self, **values: Any) -> None:
        """Offer the kinds of party there are."""
        super().__init__(**values)
        self.party_kinds.choices = named(current.catalogue().rules.codes("party_kind"))


class QuestionForm(FlaskForm):
    """One question; its choices and columns are rows beside it (see `asked`)."""

    id = StringField(lazy_gettext("Number"), validators=[DataRequired(), Length(max=12)])
    section = SelectField(lazy_gettext("Section"))
    question_ja = TextAreaField(lazy_gettext("Question (Japanese)"), validators=[Length(max=1000)])
    question_en = TextAreaField(lazy_gettext("Question (English)"), validators=[Length(max=1000)])
    guide_ja = TextAreaField(lazy_gettext("Guidance (Japanese)"), validators=[Length(max=2000)])
    guide_en = TextAreaField(lazy_gettext("Guidance (English)"), validators=[Length(max=2000)])
    clauses = StringField(lazy_gettext("Basis"), validators=[Length(max=300)], description=lazy_gettext(
        "Codes with commas between, such as GL-10-3(1), POL-II-9."))
    answer_type = SelectField(lazy_gettext("Type of answer"))
    answered_by = SelectField(lazy_gettext("Answered by"))
    allow_na = BooleanField(lazy_gettext("“Not applicable” is allowed, with a reason"))
    good = SelectField(lazy_gettext("Good answer"))
    unit_ja = StringField(lazy_gettext("Unit (Japanese)"), validators=[Length(max=40)])
    unit_en = StringField(lazy_gettext("Unit (English)"), validators=[Length(max=40)])
    maximum = IntegerField(lazy_gettext("Greatest value"), validators=[Optional(), NumberRange(1, 10**9)])
    evidence = Ticks(lazy_gettext("Kinds of evidence; any one of them will do"))
    evidence_when = SelectField(lazy_gettext("Evidence wanted"))
    evidence_choice = StringField(lazy_gettext("Choice that wants evidence"), validators=[Length(max=40)],
                                  description=lazy_gettext("A code, a pattern such as iso*, or any."))
    validity_months = IntegerField(lazy_gettext("Evidence valid for (months)"), validators=[NumberRange(0, 120)],
                                   description=lazy_gettext("0: as long as the thing itself."))
    criticality = SelectField(lazy_gettext("Criticality"))
    findings = Ticks(lazy_gettext("Finding when"))
    older_than_months = StringField(validators=[Length(max=20)])
    less_than = StringField(validators=[Length(max=20)])
    greater_than = StringField(validators=[Length(max=20)])
    choice_in = StringField(validators=[Length(max=200)])
    visible_question = SelectField(lazy_gettext("Shown when this question …"))
    visible_answers = StringField(lazy_gettext("… was answered with"), validators=[Length(max=200)],
                                  description=lazy_gettext("yes, partial, no or codes of choices, commas between."))
    party_kinds = Ticks(lazy_gettext("Only for parties of the kind (none ticked: for all)"))
    individual = BooleanField(lazy_gettext("In the short form for individuals"))
    mark = HiddenField()

    def __init__(self, **values: Any) -> None:
        """Mark what must be there before the question can be published; a draft is kept without."""
        super().__init__(**values)
        for name in WANTED:
            self[name].flags.required = True

    def offer(self, template: Template, before: Iterable[str]) -> None:
        """Offer what may be chosen; a question may hang only on those `before` it."""
        catalogue, lang = current.catalogue(), language()
        self.section.choices = [(row.code, f"{row.code} {row.label.get(lang)}") for row in catalogue.sections.section]
        self.answer_type.choices = named(words.ANSWER_TYPES)
        self.answered_by.choices = named(words.ANSWERED_BY)
        self.good.choices = [("", gettext("–")), *named(words.GOOD)]
        self.evidence.choices = [(code, kind.label.get(lang)) for code, kind in catalogue.evidence.items()]
        self.evidence_when.choices = [(code, rule.words.get(lang)) for code, rule in EVIDENCE_RULES.items()]
        self.criticality.choices = [(code, gettext(
            "%(level)s: correct within %(days)s days", level=word("severity", code).get(lang), days=days,
        )) for code, days in DUE_DAYS.items()]
        self.findings.choices = [
            (code, rule.words.get(lang)) for code, rule in FINDING_RULES.items() if code not in WITH_LIMIT]
        for name in WITH_LIMIT:
            self[name].label.text = FINDING_RULES[name].words.get(lang)
        self.visible_question.choices = [("", gettext("(always shown)")), *(
            (id, f"{id} {template.question(id).question.get(lang)[:40]}") for id in before)]
        self.party_kinds.choices = named(catalogue.rules.codes("party_kind"))


class PublishForm(FlaskForm):
    """Why there is a new version, and on which version the person looked."""

    note = TextAreaField(lazy_gettext("What changed and why"), validators=[Length(max=2000)], description=lazy_gettext(
        "Stands with the version and in the ledger, for JMDP only."))
    against = HiddenField()
