"""The joint-use notice: five matters, two people, what changes when it may, and joint uses held against it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from portal.actions import contracts, jointuse, sharing
from portal.core.actor import Role
from portal.core.errors import Incomplete, NotAllowed, NotFound, Stale
from portal.core.jointuse import MATTERS
from portal.core.readable import day_in
from portal.models import JointUseDraft, JointUseNotice, Party
from portal.queries import facts
from portal.queries import jointuse as notices
from portal.store.cellar import Cellar
from tests.cast import Cast
from tests.conftest import Clock
from tests.filed import SAID

TODAY = date(2026, 11, 25)


def written(cellar: Cellar, cast: Cast, said: jointuse.Said = SAID) -> None:
    """Let the lead write a draft."""
    with cellar.work() as work:
        draft = jointuse.begin(work, cast.lead.actor)
        work.rows.flush()
        jointuse.save(work, cast.lead.actor, draft, said)


def published(cellar: Cellar, cast: Cast, said: jointuse.Said = SAID, day: date = TODAY, basis: str = "") -> int:
    """Let the lead write a notice and the approver publish it; gives its number."""
    written(cellar, cast, said)
    with cellar.work() as work:
        row = jointuse.publish(work, cast.approver.actor, work.rows.get_one(JointUseDraft, 1), day, basis)
        return row.number


def shared(cellar: Cellar, cast: Cast, purpose: str = "P04") -> int:
    """A joint use with the laboratory of the cast; gives the line's row id."""
    with cellar.work() as work:
        party = work.rows.get_one(Party, cast.party.id)
        engaged = contracts.engage(work, cast.lead.actor, party, "joint_use")
        work.rows.flush()
        return sharing.add_line(work, cast.lead.actor, engaged, sharing.LineFacts(("donor_code", "hla"), purpose)).id


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_notice_without_a_matter_is_not_published(cellar: Cellar, people: Cast, matter: str, language: str) -> None:
    bare = {**getattr(SAID, language), matter: " "}
    with pytest.raises(Incomplete) as refusal:
        published(cellar, people, replace(SAID, **{language: bare}))
    assert list(refusal.value.fields) == [f"{matter}_{language}"]
    with cellar.read() as rows:
        assert notices.newest(rows) is None


def test_who_writes_does_not_publish(cellar: Cellar, people: Cast) -> None:
    written(cellar, people)
    both = replace(people.lead.actor, roles=frozenset({Role.LEAD, Role.APPROVER}))
    for actor, refusal in ((people.lead.actor, NotAllowed), (both, NotAllowed), (people.reviewer.actor, NotAllowed),
                           (people.officer.actor, NotFound)):
        with pytest.raises(refusal), cellar.work() as work:
            jointuse.publish(work, actor, work.rows.get_one(JointUseDraft, 1), TODAY)
    for actor in (people.approver.actor, people.clerk.actor):
        with pytest.raises(NotAllowed), cellar.work() as work:
            jointuse.begin(work, actor)


def test_two_who_write_at_once(cellar: Cellar, people: Cast) -> None:
    written(cellar, people)
    with cellar.work() as work:
        jointuse.save(work, people.lead.actor, work.rows.get_one(JointUseDraft, 1), SAID, seen=1 + 1)
    with pytest.raises(Stale), cellar.work() as work:
        jointuse.save(work, people.lead.actor, work.rows.get_one(JointUseDraft, 1), SAID, seen=1)
    with pytest.raises(Incomplete) as refusal, cellar.work() as work:
        jointuse.save(work, people.lead.actor, work.rows.get_one(JointUseDraft, 1), replace(
            SAID, items=("shoe_size",), parties=("NOBODY",)))
    assert sorted(refusal.value.fields) == ["items", "parties"]


def test_a_change_is_told_when_the_law_asks(cellar: Cellar, people: Cast) -> None:
    assert published(cellar, people) == 1
    with pytest.raises(Incomplete) as refusal:
        published(cellar, people)
    assert list(refusal.value.fields) == ["basis"], "nothing differs"
    purpose = replace(SAID, purposes=("P04",))
    with pytest.raises(Incomplete) as refusal:
        published(cellar, people, purpose)
    assert list(refusal.value.fields) == ["effective_on"], "a purpose is told before"
    assert published(cellar, people, purpose, TODAY + timedelta(days=30)) == 2
    fewer = replace(purpose, items=("donor_code",))
    with pytest.raises(Incomplete) as refusal:
        published(cellar, people, fewer, TODAY + timedelta(days=31))
    assert list(refusal.value.fields) == ["basis"], "items change only on a basis"
    assert published(cellar, people, fewer, TODAY + timedelta(days=31), "本人の同意を得た") == 3
    address = replace(fewer, ja={**SAID.ja, "address": "新しい住所"})
    with pytest.raises(Incomplete):
        published(cellar, people, address, TODAY)
    assert published(cellar, people, address, TODAY + timedelta(days=31)) == 4
    with cellar.read() as rows:
        force = [notices.in_force(rows, TODAY + timedelta(days=day)) for day in (0, 30, 31)]
    assert [row.number for row in force if row] == [1, 2, 4]


def test_what_was_published_stays(cellar: Cellar, people: Cast) -> None:
    published(cellar, people)
    with cellar.read() as rows:
        row = rows.scalars(sa.select(JointUseNotice)).one()
    assert row.digest == jointuse.digest(JointUseDraft(
        matters_ja=row.matters_ja, matters_en=row.matters_en, party_kinds=row.party_kinds, parties=row.parties,
        items=row.items, purposes=row.purposes), row.effective_on)
    with pytest.raises(DatabaseError), cellar.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE joint_use_notice SET basis = 'x'")


def test_a_joint_use_is_held_against_the_notice_in_force(cellar: Cellar, people: Cast, clock: Clock) -> None:
    covered, strange = shared(cellar, people), shared(cellar, people, "P08")
    with cellar.read() as rows:
        held = notices.uses(rows, people.lead.actor, TODAY)
    assert [row.line.id for row in held] == [covered, strange]
    assert {"unpublished", "items_not_covered", *MATTERS} <= set(held[0].gaps)
    published(cellar, people)
    with cellar.read() as rows:
        assert [row.gaps for row in notices.uses(rows, people.lead.actor, TODAY)] == [(), ("purpose_not_covered",)]
        assert notices.uses(rows, people.stranger.actor, TODAY) == []
    assert said_of(cellar, covered) == (False, True)
    assert said_of(cellar, strange) == (True, False)
    clock.forward(days=370)
    assert said_of(cellar, covered) == (False, False), "nobody looked at it for a year"
    with cellar.work() as work:
        jointuse.review(work, people.lead.actor, notices.numbered(work.rows, 1) or JointUseNotice(), "変更なし")
    assert said_of(cellar, covered) == (False, True)


def said_of(cellar: Cellar, line: int) -> tuple[bool | None, bool]:
    """Whether the notice is found lacking for a line, and whether the need is met."""
    with cellar.read() as rows:
        found = rows.get_one(sharing.ScopeLine, line)
        case = facts.case(rows, cellar.catalogue, found, day_in(cellar.clock()))
    return case.flags.get("ju_notice_incomplete"), "PC-JUNOTICE" in case.done
