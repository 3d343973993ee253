"""Checklists as values: edits give new ones, and what differs between two is told question by question."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from portal.core import editing, editions
from portal.core.bilingual import Text
from portal.core.templates import Template
from portal.store import shelf

LAB = shelf.catalogue().templates["LAB"]
IDS = [question.id for question in LAB.questions]


def ids(template: Template) -> list[str]:
    """The numbers of the questions in order."""
    return [question.id for question in template.questions]


def test_a_new_question_stands_last_in_its_section() -> None:
    fresh = replace(LAB.questions[0], id=editing.next_id(LAB))
    made = editing.put(LAB, fresh)
    assert fresh.id == "LAB-24"
    last = max(place for place, row in enumerate(LAB.questions) if row.section == fresh.section)
    assert ids(made).index("LAB-24") == last + 1
    assert [id for id in ids(made) if id != "LAB-24"] == IDS
    assert ids(editing.without(made, "LAB-24")) == IDS


def test_a_question_is_put_in_its_own_place() -> None:
    other = replace(LAB.questions[4], allow_na=not LAB.questions[4].allow_na)
    made = editing.put(LAB, other)
    assert ids(made) == IDS and made.questions[4] == other and LAB.questions[4] != other


@given(st.sampled_from(IDS), st.integers(-30, 30))
def test_moving_keeps_all_questions(id: str, step: int) -> None:
    made = editing.moved(LAB, id, step)
    assert sorted(ids(made)) == sorted(IDS)
    assert ids(made).index(id) == min(max(IDS.index(id) + step, 0), len(IDS) - 1)
    assert [other for other in ids(made) if other != id] == [other for other in IDS if other != id]


def test_numbering_begins_at_one_and_a_version_has_its_day() -> None:
    new = editing.blank("VIS", Text("訪問", "Visit"), date(2026, 11, 25))
    assert editing.next_id(new) == "VIS-01"
    renamed = editing.headed(new, replace(new.checklist, title=Text("来訪", "Visits")))
    made = editing.issued(renamed, 3, date(2027, 4, 1))
    assert (made.header.edition, made.header.valid_from, made.header.title.en) == ("3.0", date(2027, 4, 1), "Visits")


def test_nothing_differs_from_itself() -> None:
    told = editions.compare(LAB, LAB)
    assert told.is_empty and told.same == len(IDS) and told.anew == 0


def test_each_change_is_told_once() -> None:
    reworded = replace(LAB.questions[1], question=replace(LAB.questions[1].question, en="Is it registered?"))
    later = editing.put(editing.without(LAB, "LAB-05"), reworded)
    later = editing.put(later, replace(LAB.questions[0], id="LAB-24"))
    later = editing.moved(later, "LAB-20", -5)
    later = editing.headed(later, replace(LAB.checklist, interval_months=6))
    told = editions.compare(LAB, later)
    kinds = {change.question: change.kind for change in told.changes}
    assert kinds == {"LAB-02": "changed", "LAB-24": "added", "LAB-05": "removed", "LAB-20": "moved"}
    assert [(d.field, d.before, d.after) for d in told.head] == [("interval_months", 12, 6)]
    changed = next(change for change in told.changes if change.kind == "changed")
    assert [(d.field, d.after) for d in changed.differences] == [("question.en", "Is it registered?")]
    assert (told.anew, told.same) == (2, len(IDS) - 3)


@given(st.permutations(IDS))
def test_order_is_told_by_moves_alone(order: list[str]) -> None:
    shuffled = replace(LAB, questions=tuple(LAB.question(id) for id in order))
    told = editions.compare(LAB, shuffled)
    gone = {change.question for change in told.changes}
    assert {change.kind for change in told.changes} <= {"moved"}
    assert [id for id in order if id not in gone] == [id for id in IDS if id not in gone]
