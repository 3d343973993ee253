"""Whether a checklist is fit to be asked: both languages, codes that exist, and rules that fit their questions."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from portal.core.bilingual import Text
from portal.core.catalogue import Catalogue
from portal.core.rulefit import CHOICES, YES_NO, evidence_misfit, finding_misfit, offered
from portal.core.sentences import sentence
from portal.core.templates import Question, Template, cite

LIST_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
QUESTION_ID = re.compile(r"[A-Z][A-Z0-9]{1,7}-[0-9]{2,3}")
CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
DUE_DAYS = {"critical": 14, "high": 30, "medium": 60, "low": 90}
"""Days to correct a finding, by the criticality of its question."""

NO_TEXT = sentence("Write it in both languages: Japanese and English.")
NOT_ENGLISH = sentence("The English text holds Japanese. Translate it.")
BAD_LIST_CODE = sentence("Use two to eight capital letters or digits, such as LAB.")
BAD_INTERVAL = sentence("Ask every 1 to 60 months.")
UNKNOWN_KIND = sentence("There is no such kind of party: %(kind)s")
NO_QUESTION = sentence("Ask the party at least one question.")
BAD_ID = sentence("Number a question as the code, a hyphen and two or three digits, such as LAB-01.")
TWICE = sentence("This number stands twice.")
NO_SECTION = sentence("Choose a section.")
FEW_CHOICES = sentence("Offer at least two choices.")
NO_CHOICES = sentence("Only a choice question has choices: choose that type, or empty them.")
BAD_CODE = sentence("Give every row a code of its own in small letters, such as partly_done: %(code)s")
FEW_COLUMNS = sentence("A table needs at least one column.")
NO_COLUMNS = sentence("Only a table question has columns: choose that type, or empty them.")
NO_UNIT = sentence("Say what is counted, such as days.")
ONLY_NUMBER = sentence("Only a number question has a unit and a greatest value: choose that type, or empty them.")
BAD_MAXIMUM = sentence("The greatest value is 1 or more.")
NO_GOOD = sentence("Say which answer is well: yes, no, or either.")
ONLY_YES_NO = sentence("Only a yes-or-no question says which answer is well: choose that type, or empty it.")
AGAINST_GOOD = sentence("The good answer cannot open a finding.")
UNKNOWN_EVIDENCE = sentence("There is no such kind of evidence: %(code)s")
NO_EVIDENCE = sentence("Choose the kinds of evidence, or ask for none.")
IDLE_EVIDENCE = sentence("Say when the evidence is wanted, or choose no kind.")
HANGS_ON_NOTHING = sentence("Let it hang on a question that stands before it.")
HANGS_ON_NO_ANSWER = sentence("Choose answers that the other question offers.")
UNKNOWN_CLAUSE = sentence("The source of this clause is not known: %(clause)s")
BAD_VALIDITY = sentence("Evidence is valid for 0 (as long as the thing itself) to 120 months.")
OFF_DUE = sentence("A finding of this criticality is corrected within %(days)s days.")


class Fault(Struct, frozen=True):
    """What keeps a checklist from being published: the question ("" for the list itself), the field, a sentence."""

    question: str
    field: str
    message: str
    values: Mapping[str, Any] = {}


Found = Iterator[tuple[str, str, Mapping[str, Any]]]


def faults(template: Template, catalogue: Catalogue) -> list[Fault]:
    """Give everything that keeps a checklist from being published, in its own order; nothing means it is fit."""
    found = [Fault("", *told) for told in _head(template, catalogue)]
    ids = Counter(question.id for question in template.questions)
    before: dict[str, Question] = {}
    for question in template.questions:
        checks: tuple[Found, ...] = (
            _number(question, ids, template.checklist.code), _words(question), _shape(question), _goodness(question),
            _evidence(question, catalogue), _findings(question), _place(question, before, catalogue),
        )
        found += [Fault(question.id, *told) for check in checks for told in check]
        before[question.id] = question
    return found


def _bilingual(field: str, text: Text) -> Found:
    if not text.ja.strip() or not text.en.strip():
        yield field, NO_TEXT, {}
    elif JAPANESE.search(text.en):
        yield field, NOT_ENGLISH, {}


def _head(template: Template, catalogue: Catalogue) -> Found:
    head = template.checklist
    if not LIST_CODE.fullmatch(head.code):
        yield "code", BAD_LIST_CODE, {}
    yield from _bilingual("title", head.title)
    yield from _bilingual("intro", head.intro)
    yield from (("party_kinds", UNKNOWN_KIND, {"kind": kind}) for kind in _unknown_kinds(head.party_kinds, catalogue))
    if not 1 <= head.interval_months <= 60:
        yield "interval_months", BAD_INTERVAL, {}
    if not any(question.answered_by == "party" for question in template.questions):
        yield "questions", NO_QUESTION, {}


def _unknown_kinds(kinds: Iterable[str], catalogue: Catalogue) -> list[str]:
    known = catalogue.rules.codes("party_kind")
    return [kind for kind in kinds if kind not in known]


def _number(question: Question, ids: Counter[str], code: str) -> Found:
    if not QUESTION_ID.fullmatch(question.id) or question.id.partition("-")[0] != code:
        yield "id", BAD_ID, {}
    if ids[question.id] > 1:
        yield "id", TWICE, {}


def _words(question: Question) -> Found:
    yield from _bilingual("question", question.question)
    if question.guide is not None:
        yield from _bilingual("guide", question.guide)
    labels = [choice.label for choice in question.choices]
    for field, texts in (("choices", labels), ("columns", [column.label for column in question.columns])):
        yield from (told for text in texts for told in _bilingual(field, text))


def _shape(question: Question) -> Found:
    """The pieces that only some types of answer have."""
    kind = question.answer_type
    if kind in CHOICES and len(question.choices) < 2:
        yield "choices", FEW_CHOICES, {}
    if kind not in CHOICES and question.choices:
        yield "choices", NO_CHOICES, {}
    if kind == "table" and not question.columns:
        yield "columns", FEW_COLUMNS, {}
    if kind != "table" and question.columns:
        yield "columns", NO_COLUMNS, {}
    for field, codes in (("choices", [row.code for row in question.choices]),
                         ("columns", [row.code for row in question.columns])):
        counted = Counter(codes)
        yield from ((field, BAD_CODE, {"code": code}) for code in counted
                    if counted[code] > 1 or not CODE.fullmatch(code))
    yield from (("columns", FEW_CHOICES, {}) for column in question.columns
                if column.kind == "choice" and len(column.choices) < 2)
    if kind == "number":
        yield from _bilingual("unit", question.unit) if question.unit else iter([("unit", NO_UNIT, {})])
        if question.maximum is not None and question.maximum < 1:
            yield "maximum", BAD_MAXIMUM, {}
    elif question.unit is not None or question.maximum is not None:
        yield "unit", ONLY_NUMBER, {}


def _goodness(question: Question) -> Found:
    """No is never a good answer unless the question says so, and a good answer opens no finding."""
    if question.answer_type not in YES_NO:
        if question.good is not None:
            yield "good", ONLY_YES_NO, {}
    elif question.good is None:
        yield "good", NO_GOOD, {}
    elif question.good in question.finding_when:
        yield "finding_when", AGAINST_GOOD, {}


def _evidence(question: Question, catalogue: Catalogue) -> Found:
    yield from (("evidence", UNKNOWN_EVIDENCE, {"code": code}) for code in question.evidence
                if code not in catalogue.evidence)
    if misfit := evidence_misfit(question):
        yield "evidence_when", *misfit
    rule = question.evidence_when
    if rule == "never" and question.evidence:
        yield "evidence_when", IDLE_EVIDENCE, {}
    if rule != "never" and not question.evidence:
        yield "evidence", NO_EVIDENCE, {}
    if not 0 <= question.validity_months <= 120:
        yield "validity_months", BAD_VALIDITY, {}


def _findings(question: Question) -> Found:
    yield from (("finding_when", *misfit) for rule in question.finding_when
                if (misfit := finding_misfit(question, rule)))
    if question.due_days != DUE_DAYS[question.criticality]:
        yield "criticality", OFF_DUE, {"days": DUE_DAYS[question.criticality]}


def _place(question: Question, before: Mapping[str, Question], catalogue: Catalogue) -> Found:
    if question.section not in {section.code for section in catalogue.sections.section}:
        yield "section", NO_SECTION, {}
    yield from (("clauses", UNKNOWN_CLAUSE, {"clause": clause}) for clause in question.clauses
                if cite(clause, catalogue.sections, "ja") == clause)
    yield from (("party_kinds", UNKNOWN_KIND, {"kind": kind})
                for kind in _unknown_kinds(question.party_kinds, catalogue))
    shown = question.visible_when
    if shown is None:
        return
    if shown.question not in before:
        yield "visible_when", HANGS_ON_NOTHING, {}
    elif not shown.any_of or not set(shown.any_of) <= set(offered(before[shown.question])):
        yield "visible_when", HANGS_ON_NO_ANSWER, {}
