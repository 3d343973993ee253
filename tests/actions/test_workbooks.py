"""Workbooks at the verbs: whose they are, when they can still change anything, and that taking is answering."""

import pytest
import sqlalchemy as sa

from portal.actions import attest, workbooks
from portal.core.actor import Actor
from portal.core.errors import NotFound, NotNow, Refusal
from portal.core.sheet import Book, Sheet
from portal.models import Answer, Attestation, LedgerEntry, Workbook
from portal.queries import workbooks as views
from portal.queries.tasks import WITH_ALL
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast

SHEET = Book([Sheet("点検", [["No.", "確認項目", "回答"], ["LAB-02", "登録", "○"], ["LAB-04", "符号", "なし"]])])


def received(cellar: Cellar, actor: Actor, public_id: str) -> int:
    """A foreign sheet handed back; gives its row id."""
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        row = workbooks.receive(work, actor, found, workbooks.Arrived("点検.xlsx", "d" * 64, 9, SHEET))
        work.rows.flush()
        return row.id


def take(cellar: Cellar, actor: Actor, row: int, chosen: dict[str, int]) -> workbooks.Taken:
    """Take answers of a workbook."""
    with cellar.work() as work:
        found = work.rows.scalars(sa.select(Workbook).where(Workbook.id == row).options(*views.WITH_ALL)).one()
        return workbooks.take(work, actor, found, chosen)


def test_only_the_party_hands_back_arranges_and_takes(cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    row = received(cellar, people.clerk.actor, public_id)
    for member in (people.stranger, people.reviewer, people.lead):
        with pytest.raises(Refusal):
            received(cellar, member.actor, public_id)
        with pytest.raises(Refusal):
            take(cellar, member.actor, row, {"LAB-02": 0})
        with cellar.work() as work, pytest.raises(Refusal):
            workbooks.arrange(work, member.actor, work.rows.get_one(Workbook, row), {})
    with pytest.raises(NotFound):
        take(cellar, people.stranger.actor, row, {})


def test_taking_is_answering_by_the_person_who_takes(cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    row = received(cellar, people.clerk.actor, public_id)
    taken = take(cellar, people.officer.actor, row, {"LAB-02": 0, "LAB-04": 0, "LAB-99": 0})
    assert (taken.saved, taken.stale) == (["LAB-02"], [])
    found = flow.find(cellar, public_id)
    assert (found.state, found.answered, found.preparer_ids) == ("in_progress", 1, [people.officer.person_id])
    with cellar.read() as rows:
        answer = rows.scalars(sa.select(Answer)).one()
        assert (answer.value, answer.answered_by_id) == ({"choice": "yes"}, people.officer.person_id)
        events = list(rows.scalars(sa.select(LedgerEntry.event).order_by(LedgerEntry.id)))
    assert events[-4:] == ["workbook.received", "attestation.start", "attestation.answer_saved", "workbook.taken"]
    again = take(cellar, people.officer.actor, row, {"LAB-02": 0})
    assert (again.saved, again.stale) == ([], [])


def test_an_older_look_is_stale(cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    row = received(cellar, people.clerk.actor, public_id)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        attest.save(work, people.officer.actor, found, attest.Draft("LAB-02", {"text": "no"}))
    taken = take(cellar, people.clerk.actor, row, {"LAB-02": 0})
    assert (taken.saved, taken.stale) == ([], ["LAB-02"])


def test_nothing_is_taken_once_it_is_out_of_hand(cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    row = received(cellar, people.clerk.actor, public_id)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        attest.save(work, people.clerk.actor, found, attest.Draft("LAB-04", {"text": "no"}))
        attest.withdraw(work, people.lead.actor, found, "取りやめ")
    assert take(cellar, people.clerk.actor, row, {"LAB-02": 0}).saved == []
    with pytest.raises(NotNow):
        received(cellar, people.clerk.actor, public_id)
    with cellar.read() as rows:
        shut = rows.scalars(sa.select(Attestation).options(*WITH_ALL)).one()
        questions = views.asked(rows, shut, shut.due_on)
        assert not any(now.is_open for now in views.stands(rows, shut, questions).values())
