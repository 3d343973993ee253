"""The questions: well made, positive, phrased as a careful Japanese office would, and as corrected."""

import re

import pytest

from portal.core import findings
from portal.core.answers import READERS
from portal.core.catalogue import Catalogue
from portal.core.templates import Question, cite
from portal.store import shelf

NEGATIVE = re.compile(r"(ません|ない)か(。|（)")
TURNED = ("LAB-04", "LAB-05", "REG-11", "REG-15", "RES-13", "RES-18", "ITO-22", "ADV-04", "ADV-05", "ADV-07", "MYN-12",
          "JNT-10")
QUESTIONS = [question for template in shelf.catalogue().templates.values() for question in template.questions]


def test_eight_checklists_with_their_questions(catalogue: Catalogue) -> None:
    counts = {code: len(template.questions) for code, template in catalogue.templates.items()}
    assert counts == {"LAB": 23, "REG": 24, "RES": 23, "MED": 23, "ITO": 25, "ADV": 16, "MYN": 19, "JNT": 19}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_question_is_well_made(question: Question, catalogue: Catalogue) -> None:
    sections = {section.code for section in catalogue.sections.section}
    assert question.section in sections
    assert set(question.evidence) <= set(catalogue.evidence)
    assert bool(question.evidence) is (question.evidence_when != "never")
    assert question.answer_type in READERS or question.answer_type in ("choice_multi", "table")
    assert bool(question.choices) is question.answer_type.startswith("choice")
    assert bool(question.columns) is (question.answer_type == "table")
    assert (question.unit is not None) is (question.answer_type == "number")
    assert question.due_days == {"critical": 14, "high": 30, "medium": 60, "low": 90}[question.criticality]
    for clause in question.clauses:
        assert cite(clause, catalogue.sections, "ja") != clause, clause
    codes = {choice.code for choice in question.choices}
    for rule in question.finding_when:
        name, _, limit = rule.partition(":")
        assert name in findings.RULES
        if name == "choice_in":
            assert limit in codes
        if name == "row_without_approval":
            assert any(column.kind == "approval" for column in question.columns)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_no_is_never_good_unless_the_question_says_so(question: Question) -> None:
    if question.answer_type not in ("yes_no", "yes_no_partial_na"):
        assert question.good is None
        return
    assert question.good is not None
    if question.good == "yes":
        assert "no" in question.finding_when and "yes" not in question.finding_when
        assert not NEGATIVE.search(question.question.ja), "いいえ would mean that all is well"
    else:
        assert "no" not in question.finding_when


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_questions_end_as_questions_or_requests(question: Question) -> None:
    first = question.question.ja.split("。")[0] + "。"
    assert re.search(r"(か|か（[^）]*）|ご記入ください)。$", first), question.question.ja
    if question.answer_type in ("text", "table"):
        assert "ご記入ください" in question.question.ja
    if question.answer_type == "date":
        assert question.question.ja.endswith("いつですか。") or "いつですか（" in question.question.ja


def test_the_twelve_negative_questions_are_positive(catalogue: Catalogue) -> None:
    by_id = {question.id: question for question in QUESTIONS}
    for id in TURNED:
        assert re.search(r"限(って|り)", by_id[id].question.ja), id
        assert re.search(r"\b(limited|only)\b", by_id[id].question.en), id
        assert by_id[id].good == "yes"


def test_corrections_of_the_checklists(catalogue: Catalogue) -> None:
    by_id = {question.id: question for question in QUESTIONS}
    assert "24時間" in by_id["REG-19"].question.ja and "72時間" in by_id["REG-24"].question.ja
    assert "24時間" in by_id["ADV-16"].question.ja
    assert by_id["REG-08"].finding_when == () and by_id["REG-08"].good == "either"
    assert by_id["LAB-19"].answered_by == by_id["MED-21"].answered_by == "portal"
    assert by_id["ADV-02"].choice("own_collection") is not None
    counted = [by_id[id] for id in ("LAB-21", "MED-22", "MYN-15", "JNT-19")]
    assert {question.finding_when for question in counted} == {("greater_than:reported_in_time",)}
