"""What the checklist pages may ask of a field, a fault and a difference, in the reader's language."""

from typing import Any

from flask import Flask
from flask_babel import gettext

from portal.core import saying
from portal.core.checklist_words import FIELDS, Teller
from portal.core.editions import TEXTS, Difference
from portal.core.sentences import Reader
from portal.core.templates import Question
from portal.core.wellmade import Fault
from portal.web import current
from portal.web.languages import language

SHOWN = ("answer_type", "choices", "columns", "allow_na", "good", "evidence", "evidence_when", "validity_months",
         "criticality", "finding_when", "visible_when", "party_kinds", "clauses")


def teller() -> Teller:
    """The words of checklists in the reader's language."""
    return Teller(current.catalogue(), language())


def field_name(field: str) -> str:
    """What a field is called."""
    if field in FIELDS:
        return FIELDS[field].get(language())
    whole = f"{field}.{'ja' if language() == 'ja' else 'en'}"
    return FIELDS[whole].get(language()).partition("（")[0].partition(" (")[0] if whole in FIELDS else field


def told_fault(fault: Fault) -> str:
    """A fault as a sentence, with the field it is at."""
    sentence = Reader(language(), gettext).say(fault)
    return str(gettext("%(label)s: %(sentence)s", label=field_name(fault.field), sentence=sentence))


def told(value: Any, field: str) -> str:
    """The value of a field in words."""
    return teller().tell(field, value)


def facts_of(question: Question) -> list[tuple[str, str]]:
    """What a question is, but for its wording: (label, words), without what says nothing."""
    return [(field_name(field), told(getattr(question, field), field)) for field in SHOWN
            if getattr(question, field) not in (None, (), "")]


def pieces(difference: Difference) -> list[tuple[str, str]]:
    """A text held against its former self, word by word; any other value as taken out and put in."""
    if difference.field.partition(".")[0] in TEXTS:
        return saying.differences(difference.before, difference.after)
    field = difference.field
    return [("del", told(difference.before, field)), ("same", " → "), ("ins", told(difference.after, field))]


def install(app: Flask) -> None:
    """Give the templates these words."""
    for word in (field_name, told_fault, told, facts_of, pieces):
        app.add_template_filter(word)
