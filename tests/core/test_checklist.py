"""What a checklist asks of whom, and what keeps it from being submitted."""

from datetime import date

import pytest

from portal.core import checklist
from portal.core.catalogue import Catalogue
from portal.core.checklist import (
    Answer,
    Asked,
    Held,
    foreign_answer,
    is_answered,
    to_answer,
    unmet,
    visible,
    wants_evidence,
)
from portal.core.templates import Question, Template
from portal.store import shelf

TODAY = date(2026, 11, 30)
BY = Asked(TODAY)
FILLER = {
    "yes_no_partial_na": {"choice": "yes"}, "yes_no": {"choice": "no"}, "date": {"date": "2026-10-01"},
    "number": {"number": "0"}, "text": {"text": "記載"}, "table": {"none": True},
}


def filled(template: Template, asked: Asked = BY) -> dict[str, Answer]:
    """An answer to every question of a template."""
    values = {}
    for question in template.questions:
        value = FILLER.get(question.answer_type)
        if question.answer_type == "choice":
            value = {"choice": question.choices[0].code}
        if question.answer_type == "choice_multi":
            value = {"choices": [question.choices[0].code]}
        assert value is not None
        values[question.id] = Answer(value)
    return values


def proven(template: Template) -> dict[str, tuple[Held, ...]]:
    """A current piece of evidence for every question that can ask for one."""
    return {q.id: (Held(q.evidence[0], None, date(2027, 3, 31)),) for q in template.questions if q.evidence}


@pytest.mark.parametrize("code", list(shelf.catalogue().templates))
def test_a_full_and_proven_checklist_lacks_nothing(code: str, catalogue: Catalogue) -> None:
    template = catalogue.templates[code]
    answers, evidence = filled(template), proven(template)
    assert unmet(template, answers, evidence, BY) == []
    assert unmet(template, answers, evidence, Asked(TODAY, author="jmdp")) == []
    for question in to_answer(template, answers, BY):
        without = {id: answer for id, answer in answers.items() if id != question.id}
        assert [gap.question for gap in unmet(template, without, evidence, BY)] == [question.id]


def test_questions_of_jmdp_never_hold_up_the_party(catalogue: Catalogue) -> None:
    template = catalogue.templates["REG"]
    jmdp = {question.id for question in template.questions if question.answered_by == "jmdp"}
    party = {id: answer for id, answer in filled(template).items() if id not in jmdp}
    assert jmdp == {"REG-03", "REG-06", "REG-07", "REG-10"}
    assert unmet(template, party, proven(template), BY) == []
    assert {gap.question for gap in unmet(template, party, {}, Asked(TODAY, author="jmdp"))} == jmdp


def test_what_the_portal_computes_is_asked_of_nobody(catalogue: Catalogue) -> None:
    template = catalogue.templates["LAB"]
    for author in ("party", "jmdp"):
        assert "LAB-19" not in [q.id for q in to_answer(template, {}, Asked(TODAY, author=author))]
    assert "LAB-19" in [q.id for q in visible(template, {}, BY)]
    assert foreign_answer({"JP": True}) == foreign_answer({}) == "none"
    assert foreign_answer({"JP": False, "US": True}) == "yes_declared"
    assert foreign_answer({"US": True, "SG": False}) == "yes_undeclared"


def test_a_question_appears_when_another_is_answered_so(catalogue: Catalogue) -> None:
    template = catalogue.templates["MED"]

    def shown(answers: dict[str, Answer]) -> bool:
        return "MED-03" in [question.id for question in visible(template, answers, BY)]

    assert not shown({}) and not shown({"MED-02": Answer({"choice": "transplant"})})
    assert shown({"MED-02": Answer({"choice": "both"})})


def test_individuals_get_the_short_form(catalogue: Catalogue) -> None:
    template = catalogue.templates["JNT"]
    whole = visible(template, {}, Asked(TODAY, "support_agency"))
    short = visible(template, {}, Asked(TODAY, "coordinator", individual=True))
    assert len(short) == 10 < len(whole) == 18
    assert "JNT-07" in [q.id for q in short] and "JNT-07" not in [q.id for q in whole]
    lab = catalogue.templates["LAB"]
    assert visible(lab, {}, Asked(TODAY, individual=True)) == lab.questions


@pytest.mark.parametrize("id", ["LAB-02", "LAB-03", "LAB-07", "LAB-08", "LAB-01", "LAB-18", "REG-17"])
def test_not_applicable_needs_a_reason_for_every_type(id: str, catalogue: Catalogue) -> None:
    template = catalogue.templates[id[:3]]
    answers = filled(template) | {id: Answer({}, "", not_applicable=True)}
    gaps = unmet(template, answers, proven(template), BY)
    assert [(gap.question, gap.what, gap.message) for gap in gaps] == [(id, "reason", checklist.REASON)]
    answers[id] = Answer({}, "当法人の検体を扱っていないため", not_applicable=True)
    assert unmet(template, answers, {**proven(template), id: ()}, BY) == []
    assert is_answered(template.question(id), answers[id])


def test_not_applicable_is_refused_where_everyone_must_answer(catalogue: Catalogue) -> None:
    template = catalogue.templates["LAB"]
    answers = filled(template) | {"LAB-20": Answer({"choice": "na"}, "夜間は無人")}
    gaps = unmet(template, answers, proven(template), BY)
    assert [(gap.question, gap.what) for gap in gaps] == [("LAB-20", "not_allowed")]


def test_an_unreadable_draft_is_told_again(catalogue: Catalogue) -> None:
    template = catalogue.templates["LAB"]
    answers = filled(template) | {"LAB-03": Answer({"raw": {"text": "11/30/2026"}})}
    gap, = unmet(template, answers, proven(template), BY)
    assert (gap.question, gap.what) == ("LAB-03", "invalid") and "year first" in gap.message
    assert not is_answered(template.question("LAB-03"), answers["LAB-03"])


def test_missing_evidence_holds_up_until_it_is_explained(catalogue: Catalogue) -> None:
    template = catalogue.templates["LAB"]
    answers, evidence = filled(template), proven(template)
    evidence["LAB-03"] = (Held("EV-SOP"),)
    gap, = unmet(template, answers, evidence, BY)
    assert (gap.question, gap.what, gap.values) == ("LAB-03", "evidence_missing", {"kinds": ("EV-EQA",)})
    explained = answers | {"LAB-03": Answer({"date": "2026-10-01"}, "結果通知は来月届く予定")}
    assert unmet(template, explained, evidence, BY) == []
    evidence["LAB-03"] = (Held("EV-SOC2", stands_in=True),)
    assert unmet(template, answers, evidence, BY) == []


def test_expired_and_future_evidence(catalogue: Catalogue) -> None:
    template = catalogue.templates["LAB"]
    answers, evidence = filled(template), proven(template)
    evidence["LAB-03"] = (Held("EV-EQA", None, date(2026, 1, 31)), Held("EV-EQA", None, date(2026, 9, 30)))
    gap, = unmet(template, answers, evidence, BY)
    assert (gap.what, gap.message, gap.values) == ("evidence_expired", checklist.RENEW, {"date": date(2026, 9, 30)})
    evidence["LAB-03"] = (Held("EV-EQA", date(2026, 12, 1)),)
    assert unmet(template, answers, evidence, BY)[0].message == checklist.NOT_YET
    evidence["LAB-03"] += (Held("EV-EQA", None, TODAY),)
    assert unmet(template, answers, evidence, BY) == []


@pytest.mark.parametrize(
    ("id", "value", "wanted"),
    [
        ("LAB-02", {"choice": "yes"}, True), ("LAB-02", {"choice": "no"}, False),
        ("LAB-02", {"choice": "partial"}, False),
        ("REG-09", {"choice": "partial"}, True), ("REG-09", {"choice": "yes"}, False),
        ("LAB-21", {"number": "1"}, True), ("LAB-21", {"number": "0"}, False),
        ("ITO-01", {"choices": ["none"]}, False), ("ITO-01", {"choices": ["pmark"]}, True),
        ("LAB-19", {"choice": "yes_declared"}, True), ("LAB-19", {"choice": "none"}, False),
        ("ITO-04", {"rows": [{"country": "JP"}]}, False), ("ITO-04", {"rows": [{"country": "US"}]}, True),
        ("RES-21", {"date": "2026-11-30"}, True), ("RES-21", {"date": "2026-12-01"}, False),
        ("LAB-17", {"choice": "yes"}, False), ("LAB-05", {"choice": "yes"}, False),
        ("LAB-18", {"rows": [{"name": "甲"}]}, True), ("LAB-18", {"none": True}, False), ("LAB-03", {}, False),
        ("LAB-03", {"raw": {"text": "?"}}, False),
    ],
)
def test_when_evidence_is_wanted(id: str, value: dict, wanted: bool, catalogue: Catalogue) -> None:
    question: Question = catalogue.templates[id[:3]].question(id)
    assert wants_evidence(question, Answer(value), TODAY) is wanted
    assert not wants_evidence(question, Answer(value, "", not_applicable=True), TODAY)


def test_every_evidence_rule_is_walked(catalogue: Catalogue) -> None:
    rules = {q.evidence_when.partition(":")[0] for t in catalogue.templates.values() for q in t.questions}
    assert rules == {
        "always", "on_yes", "on_partial", "on_positive", "on_foreign", "on_choice", "when_past", "optional", "never",
    }
