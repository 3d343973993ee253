"""Work: rows, ledger and outbox are one transaction; a refusal leaves nothing behind."""

import pytest
import sqlalchemy as sa

from portal.actions import record, register
from portal.core.errors import NotAllowed, NotFound, Stale
from portal.core.partyfacts import PartyFacts
from portal.core.policy import Permission
from portal.models import Job, LedgerEntry, Mail, Party
from portal.store.cellar import Cellar
from portal.store.work import Letter
from tests.cast import Cast


def count(cellar: Cellar, noun: type) -> int:
    """How many rows there are."""
    with cellar.read() as rows:
        return rows.scalar(sa.select(sa.func.count()).select_from(noun)) or 0


def test_a_fault_leaves_neither_row_nor_entry_nor_mail(cellar: Cellar, people: Cast) -> None:
    before = [count(cellar, noun) for noun in (Party, LedgerEntry, Mail, Job)]
    with pytest.raises(RuntimeError), cellar.work() as work:
        register.add_party(work, people.lead.actor, PartyFacts("testing_lab", "架空"))
        work.mail(Letter("a@example.jp", "s", "b", "test"))
        raise RuntimeError
    assert [count(cellar, noun) for noun in (Party, LedgerEntry, Mail, Job)] == before


def test_asking_twice_for_a_job_is_once(cellar: Cellar) -> None:
    woken: list[int] = []
    cellar.wake = woken.extend
    for _ in range(2):
        with cellar.work() as work:
            work.job("mail", "x", mail="x")
    assert count(cellar, Job) == 1
    assert len(woken) == 1


def test_two_who_change_the_same_row(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as first:
        mine = first.rows.get_one(Party, people.party.id)
        mine.note = "mine"
        first.rows.expunge(mine)
    stale = mine
    with cellar.work() as second:
        second.rows.get_one(Party, people.party.id).note = "theirs"
    with pytest.raises(Stale), cellar.work() as third:
        third.rows.add(stale)
        stale.note = "again"
    with cellar.read() as rows:
        assert rows.get_one(Party, people.party.id).note == "theirs"


def test_who_may(people: Cast) -> None:
    with pytest.raises(NotAllowed):
        record.require(people.reviewer.actor, Permission.EDIT_PARTY)
    with pytest.raises(NotFound):
        record.require(people.stranger.actor, Permission.ANSWER, people.party)
    record.require(people.clerk.actor, Permission.ANSWER, people.party)
