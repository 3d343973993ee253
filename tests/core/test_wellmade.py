"""What keeps a checklist from being published: each fault is found in its place, and the library has none."""

from typing import Any

import pytest
from msgspec.structs import replace

from portal.core import findings
from portal.core.bilingual import Text
from portal.core.catalogue import Catalogue
from portal.core.rulefit import EVIDENCE_RULES, FINDING_RULES
from portal.core.sentences import Reader
from portal.core.templates import Choice, Column, Question, Shown, Template
from portal.core.wellmade import faults
from portal.store import shelf

LIBRARY = shelf.catalogue().templates
CODES = ("LAB-02", "LAB-01", "LAB-04")
TWO = (Choice("a", Text("あ", "A")), Choice("b", Text("い", "B")))


def named(answer_type: str) -> Question:
    """A question of the library with that type of answer."""
    return next(q for template in LIBRARY.values() for q in template.questions if q.answer_type == answer_type)


def alone(question: Question, /, **change: Any) -> Template:
    """A checklist of this one question, changed."""
    whole = next(t for t in LIBRARY.values() if question in t.questions)
    return replace(whole, questions=(replace(question, **change),))


@pytest.mark.parametrize("template", LIBRARY.values(), ids=LIBRARY)
def test_the_library_is_fit(template: Template, catalogue: Catalogue) -> None:
    assert faults(template, catalogue) == []


def test_every_rule_says_which_answers_it_fits() -> None:
    assert set(FINDING_RULES) == set(findings.RULES)
    asked = {q.evidence_when.partition(":")[0] for t in LIBRARY.values() for q in t.questions}
    assert asked <= set(EVIDENCE_RULES)


@pytest.mark.parametrize(("kind", "change", "field"), [
    ("yes_no", {"id": "lab 1"}, "id"),
    ("yes_no", {"id": "XYZ-01"}, "id"),
    ("yes_no", {"question": Text("見出し", "")}, "question"),
    ("yes_no", {"question": Text("あります。", "あります。")}, "question"),
    ("yes_no", {"guide": Text("", "Help")}, "guide"),
    ("yes_no", {"section": "XYZ"}, "section"),
    ("yes_no", {"clauses": ("NOWHERE-1",)}, "clauses"),
    ("yes_no", {"party_kinds": ("nobody",)}, "party_kinds"),
    ("yes_no", {"good": None}, "good"),
    ("yes_no", {"good": "no", "finding_when": ("no",)}, "finding_when"),
    ("yes_no", {"finding_when": ("partial",)}, "finding_when"),
    ("yes_no", {"finding_when": ("because",)}, "finding_when"),
    ("yes_no", {"finding_when": ("no:3",)}, "finding_when"),
    ("yes_no", {"choices": TWO}, "choices"),
    ("yes_no", {"unit": Text("日", "days")}, "unit"),
    ("yes_no", {"criticality": "low", "due_days": 5}, "criticality"),
    ("yes_no", {"evidence": ("EV-NONE",)}, "evidence"),
    ("yes_no", {"evidence": (), "evidence_when": "always"}, "evidence"),
    ("yes_no", {"evidence": ("EV-RULES",), "evidence_when": "never"}, "evidence_when"),
    ("yes_no", {"evidence_when": "sometimes"}, "evidence_when"),
    ("yes_no", {"evidence_when": "on_positive"}, "evidence_when"),
    ("yes_no", {"validity_months": 121}, "validity_months"),
    ("yes_no", {"visible_when": Shown("LAB-99", ("yes",))}, "visible_when"),
    ("text", {"good": "yes"}, "good"),
    ("choice", {"choices": TWO[:1]}, "choices"),
    ("choice", {"choices": (*TWO, TWO[0])}, "choices"),
    ("choice", {"choices": (*TWO, Choice("No Code", Text("う", "C")))}, "choices"),
    ("choice", {"choices": TWO, "finding_when": ("choice_in:c",)}, "finding_when"),
    ("choice", {"evidence_when": "on_choice:zzz*", "evidence": ("EV-RULES",)}, "evidence_when"),
    ("number", {"unit": None}, "unit"),
    ("number", {"maximum": 0}, "maximum"),
    ("number", {"finding_when": ("less_than",)}, "finding_when"),
    ("number", {"finding_when": ("less_than:many",)}, "finding_when"),
    ("date", {"finding_when": ("older_than_months:agreed_days",)}, "finding_when"),
    ("table", {"columns": ()}, "columns"),
    ("table", {"columns": (Column("a", Text("甲", "A"), "choice", True),)}, "columns"),
    ("table", {"columns": (Column("a", Text("甲", "A"), "text", True),), "finding_when": ("row_without_approval",)},
     "finding_when"),
])
def test_a_fault_is_found_in_its_place(kind: str, change: dict[str, Any], field: str, catalogue: Catalogue) -> None:
    question = named(kind)
    assert faults(alone(question), catalogue) == [] or question.visible_when
    found = faults(alone(question, **change), catalogue)
    assert field in {fault.field for fault in found}
    assert all(fault.question == change.get("id", question.id) for fault in found)


def test_a_question_hangs_only_on_what_stands_before_it(catalogue: Catalogue) -> None:
    lab = LIBRARY["LAB"]
    first, second = lab.question("LAB-02"), lab.question("LAB-04")
    hanging = replace(second, visible_when=Shown(first.id, ("yes",)))
    assert faults(replace(lab, questions=(first, hanging)), catalogue) == []
    late = faults(replace(lab, questions=(hanging, first)), catalogue)
    assert [(fault.question, fault.field) for fault in late] == [(second.id, "visible_when")]
    never = replace(second, visible_when=Shown(first.id, ("perhaps",)))
    assert [f.field for f in faults(replace(lab, questions=(first, never)), catalogue)] == ["visible_when"]


@pytest.mark.parametrize(("change", "field"), [
    ({"code": "lab"}, "code"), ({"title": Text("検査", "")}, "title"), ({"intro": Text("", "For all")}, "intro"),
    ({"party_kinds": ("nobody",)}, "party_kinds"), ({"interval_months": 0}, "interval_months"),
])
def test_the_head_is_held_too(change: dict[str, Any], field: str, catalogue: Catalogue) -> None:
    lab = LIBRARY["LAB"]
    found = faults(replace(lab, checklist=replace(lab.checklist, **change)), catalogue)
    assert [(fault.question, fault.field) for fault in found][:1] == [("", field)]
    assert len(found) == 1 or field == "code"
    assert [f.field for f in faults(replace(lab, questions=()), catalogue)] == ["questions"]


def test_numbers_stand_once(catalogue: Catalogue) -> None:
    lab = LIBRARY["LAB"]
    twice = replace(lab, questions=(*lab.questions, lab.questions[0]))
    assert {(fault.question, fault.field) for fault in faults(twice, catalogue)} == {("LAB-01", "id")}


def test_faults_are_told_in_words(catalogue: Catalogue) -> None:
    wrong = alone(named("yes_no"), finding_when=("past",))
    told = [Reader("ja", str).say(fault) for fault in faults(wrong, catalogue)]
    assert told == ["This rule does not fit the type of answer: 日付が過ぎている"]
