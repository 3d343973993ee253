"""Confirmed unchanged and last year's comment: what may be taken over, by whom, and what the ledger tells of it."""

from datetime import date

import msgspec
import pytest
import sqlalchemy as sa

from portal.actions import attest, checklists, confirm
from portal.core import readable
from portal.core.actor import SYSTEM
from portal.core.errors import Incomplete, NotAllowed, NotFound, NotNow
from portal.models import Answer, Attestation, LedgerEntry, Party, Template
from portal.queries import tasks
from portal.queries.visible import one
from portal.store.cellar import Cellar
from tests.actions import flow, renewed
from tests.cast import Cast, Member

CRITICAL = "LAB-02"


@pytest.fixture
def asked(cellar: Cellar, people: Cast) -> str:
    """This year's attestation of a party whose answers of last year were signed off."""
    return renewed.begun(cellar, people)


def rows_of(cellar: Cellar, member: Member, public_id: str) -> dict[str, tasks.Row]:
    """The rows as somebody meets them."""
    with cellar.read() as rows:
        found = one(rows, member.actor, Attestation, public_id, *tasks.WITH_ALL)
        return {
            row.question.id: row for row in tasks.sheet(rows, member.actor, found, readable.day_in(cellar.clock())).rows
        }


def recall(cellar: Cellar, member: Member, public_id: str, question: str) -> bool:
    """Take last year's comment over."""
    with cellar.work() as work:
        return confirm.recall(
            work, member.actor, one(work.rows, member.actor, Attestation, public_id, *tasks.WITH_ALL), question
        )


def test_a_comment_is_taken_over_and_nothing_is_answered(cellar: Cellar, people: Cast, asked: str) -> None:
    assert recall(cellar, people.clerk, asked, CRITICAL)
    row = rows_of(cellar, people.clerk, asked)[CRITICAL]
    assert row.answer is not None and row.answer.comment == "別途提出します。" and row.answer.value == {}
    assert not row.is_done and [gap.what for gap in row.gaps] == ["unanswered"]
    with cellar.read() as rows:
        told = rows.scalars(sa.select(LedgerEntry).where(LedgerEntry.event == "attestation.comment_recalled")).one()
        assert told.person_id == people.clerk.person_id


def test_what_is_answered_stays_and_an_own_comment_too(cellar: Cellar, people: Cast, asked: str) -> None:
    with cellar.work() as work:
        where = work.rows.get_one(Attestation, flow.find(cellar, asked).id)
        attest.save(work, people.clerk.actor, where, attest.Draft("LAB-08", {"text": "sftp"}))
        attest.save(work, people.clerk.actor, where, attest.Draft(CRITICAL, {"text": "yes"}, comment="今年の言葉"))
    stood = rows_of(cellar, people.clerk, asked)["LAB-08"].answer
    assert stood is not None and recall(cellar, people.clerk, asked, "LAB-08")
    assert not recall(cellar, people.clerk, asked, CRITICAL) and not recall(cellar, people.clerk, asked, "LAB-99")
    found = rows_of(cellar, people.clerk, asked)
    now, own = found["LAB-08"].answer, found[CRITICAL].answer
    assert now and own and (now.value, now.comment) == (stood.value, "別途提出します。")
    assert own.comment == "今年の言葉"


def test_others_take_nothing_over(cellar: Cellar, people: Cast, asked: str) -> None:
    for member in (people.stranger, people.reviewer):
        with pytest.raises((NotFound, NotAllowed)):
            recall(cellar, member, asked, CRITICAL)


def test_last_years_files_of_a_question_are_offered_first(cellar: Cellar, people: Cast, asked: str) -> None:
    rows = rows_of(cellar, people.clerk, asked)
    assert [file.name for file in rows["LAB-09"].again] == ["LAB-09.pdf"]
    assert len(rows["LAB-09"].offered) > 1 and rows[CRITICAL].again == []
    with cellar.work() as work:
        file = rows["LAB-09"].again[0]
        work.rows.merge(file).valid_to = date(2026, 11, 1)
    assert rows_of(cellar, people.clerk, asked)["LAB-09"].again == []


def test_a_reworded_question_takes_nothing_over(cellar: Cellar, people: Cast, asked: str) -> None:
    with cellar.work() as work:
        whole = work.catalogue.templates["LAB"]
        first = whole.questions[0]
        other = msgspec.structs.replace(first, question=msgspec.structs.replace(first.question, en="Otherwise?"))
        made = checklists.publish(work, SYSTEM, msgspec.structs.replace(whole, questions=(other, *whole.questions[1:])))
        work.rows.flush()
        number = attest.request(
            work,
            people.lead.actor,
            work.rows.get_one(Party, people.party.id),
            attest.Asked(work.rows.get_one(Template, made.id), 2027, date(2027, 12, 17)),
        ).public_id
    found = rows_of(cellar, people.clerk, number)[first.id]
    assert found.last is not None and not found.may_recall and not found.may_confirm


def test_only_what_is_in_the_partys_hands_is_confirmed(cellar: Cellar, people: Cast, asked: str) -> None:
    with pytest.raises(Incomplete):
        confirmed(cellar, people.clerk, asked, CRITICAL)
    with pytest.raises(NotAllowed):
        confirmed(cellar, people.reviewer, asked, "LAB-01")
    with cellar.work() as work:
        attest.withdraw(work, people.lead.actor, work.rows.get_one(Attestation, flow.find(cellar, asked).id), "取下げ")
    with pytest.raises(NotNow):
        confirmed(cellar, people.clerk, asked, "LAB-01")
    with cellar.read() as rows:
        assert not rows.scalars(sa.select(Answer).where(Answer.attestation_id == flow.find(cellar, asked).id)).all()


def confirmed(cellar: Cellar, member: Member, public_id: str, *questions: str) -> int:
    """Confirm as somebody."""
    with cellar.work() as work:
        where = work.rows.scalars(
            sa.select(Attestation).where(Attestation.public_id == public_id).options(*tasks.WITH_ALL)
        ).one()
        return confirm.unchanged(work, member.actor, where, questions)


def test_a_comment_taken_over_leaves_the_answer_to_be_confirmed(cellar: Cellar, people: Cast, asked: str) -> None:
    rows = rows_of(cellar, people.clerk, asked)
    name = next(name for name, row in rows.items() if row.may_confirm and row.may_recall)
    assert recall(cellar, people.clerk, asked, name)
    row = rows_of(cellar, people.clerk, asked)[name]
    assert row.is_bare and row.may_confirm
    with cellar.work() as work:
        found = work.rows.scalars(sa.select(Attestation).where(Attestation.public_id == asked)
                                  .options(*tasks.WITH_ALL)).one()
        assert confirm.unchanged(work, people.clerk.actor, found, [name]) == 1
    row = rows_of(cellar, people.clerk, asked)[name]
    assert row.is_done and row.answer is not None and row.answer.confirmed_version_id is not None
