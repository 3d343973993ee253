"""Absence, decisions by proxy and later reading: who may, from when to when, and recorded as such."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.actions import absences, approve, letters
from portal.actions import people as persons
from portal.core.absence import Stated
from portal.core.actor import Role
from portal.core.errors import Incomplete, NeedsStepUp, NotAllowed, NotNow
from portal.core.workflow import Move
from portal.models import Attestation, LedgerEntry, Mail, Person, ProxyDecision, SignOff
from portal.queries import absences as known
from portal.queries import desk
from portal.store.cellar import Cellar
from tests import away
from tests.actions import flow
from tests.cast import Cast, Member


def signed(cellar: Cellar, deputy: Member, public_id: str) -> None:
    """Let the deputy sign off."""
    actor, digest = away.standing(cellar, deputy), flow.digest_of(cellar, public_id)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        approve.sign_off(work, actor, found, approve.Decision(digest))


def mails(cellar: Cellar, kind: str) -> list[str]:
    """To whom mails of an occasion went."""
    with cellar.read() as rows:
        return sorted(rows.scalars(sa.select(Mail.recipient).where(Mail.kind == kind)))


def entries(cellar: Cellar, event: str) -> list[dict[str, object]]:
    """The facts of the ledger's entries of an event."""
    with cellar.read() as rows:
        return [json.loads(leaf).get("facts", {}) for leaf in rows.scalars(
            sa.select(LedgerEntry.leaf).where(LedgerEntry.event == event).order_by(LedgerEntry.id))]


def test_a_deputy_signs_off_and_it_is_recorded_as_by_proxy(cellar: Cellar, people: Cast) -> None:
    public_id = flow.passed(cellar, people)
    row = away.away(cellar, people, people.lead)
    signed(cellar, people.lead, public_id)
    with cellar.read() as rows:
        decision = rows.scalars(sa.select(ProxyDecision)).one()
        signature = rows.scalars(sa.select(SignOff)).one()
        told = known.on(rows, people.lead.actor, "attestation", public_id)[0]
    assert (decision.thing, decision.move, decision.digest) == (public_id, "sign_off", signature.version_digest)
    assert (told.by, told.stead, told.reading) == ("主管 花子", "承認 三郎", None)
    facts = entries(cellar, "attestation.sign_off")[0]
    assert (facts["in_stead_of"], facts["absence"]) == (people.approver.person_id, row.public_id)
    assert mails(cellar, "by_proxy") == ["approver@example.jp"]


def test_an_approvers_own_decision_is_none_by_proxy(cellar: Cellar, people: Cast) -> None:
    away.away(cellar, people, people.lead)
    flow.signed_off(cellar, people)  # back for an hour: their own right does not rest
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count(ProxyDecision.id))) == 0
    assert "in_stead_of" not in entries(cellar, "attestation.sign_off")[0]


@pytest.mark.parametrize("days", [-1, 0, 10, 11])
def test_a_deputy_decides_on_the_days_of_the_absence_alone(cellar: Cellar, people: Cast, days: int) -> None:
    now = cellar.clock()
    first = away.today(cellar)
    cellar.clock = lambda: now - timedelta(days=2)
    row = away.stated(cellar, people, people.lead, first=first)
    away.decided(cellar, people.administrator.actor, row, Move.CONFIRM)
    cellar.clock = lambda: now + timedelta(days=days)
    may = 0 <= days <= 10
    assert bool(away.standing(cellar, people.lead).stands_in) is may
    with cellar.work() as work:
        told = [reader.person_id for reader in letters.of_role(work, Role.APPROVER)]
        assert (people.lead.person_id in told) is may
        assert (known.until(work.rows, people.approver.person_id, away.today(cellar)) is not None) is may


def test_nothing_can_be_decided_before_the_deputy_is_confirmed_or_after_the_end(cellar: Cellar, people: Cast) -> None:
    public_id = flow.passed(cellar, people)
    row = away.stated(cellar, people, people.lead)
    assert mails(cellar, "deputy") == ["administrator@example.jp"]
    with pytest.raises(NotAllowed):
        signed(cellar, people.lead, public_id)
    away.decided(cellar, people.administrator.actor, row, Move.CONFIRM)
    assert mails(cellar, "deputy") == ["administrator@example.jp", "approver@example.jp", "lead@example.jp"]
    away.decided(cellar, people.approver.actor, row, Move.END)
    with pytest.raises(NotAllowed):
        signed(cellar, people.lead, public_id)
    with pytest.raises(NotNow):
        away.decided(cellar, people.administrator.actor, row, Move.CONFIRM)


def test_a_role_that_was_taken_hands_nothing_on(cellar: Cellar, people: Cast) -> None:
    away.away(cellar, people, people.lead)
    with cellar.work() as work:
        work.rows.execute(sa.text("DELETE FROM staff_role WHERE role = 'approver'"))
    assert away.standing(cellar, people.lead).stands_in == ()


def test_who_confirms_a_deputy(cellar: Cellar, people: Cast) -> None:
    row = away.stated(cellar, people, people.lead)
    with pytest.raises(NeedsStepUp), cellar.work() as work:
        absences.decide(work, people.administrator.actor, known.one(work.rows, people.lead.actor, row.public_id),
                        Move.CONFIRM)
    for member in (people.approver, people.lead, people.reviewer):
        with pytest.raises(NotAllowed):
            away.decided(cellar, member.actor, row, Move.CONFIRM)
    both = replace(people.lead.actor, roles=frozenset({Role.LEAD, Role.ADMINISTRATOR}))
    with pytest.raises(NotAllowed):  # nobody makes themselves a deputy
        away.decided(cellar, both, row, Move.CONFIRM)


def test_who_stated_an_absence_does_not_confirm_it(cellar: Cellar, people: Cast) -> None:
    row = away.stated(cellar, people, people.lead, by=people.administrator)
    with pytest.raises(NotAllowed):
        away.decided(cellar, people.administrator.actor, row, Move.CONFIRM)


def test_nobody_states_the_absence_of_another_but_an_administrator(cellar: Cellar, people: Cast) -> None:
    for member in (people.lead, people.reviewer):
        with pytest.raises(NotAllowed):
            away.stated(cellar, people, people.reviewer2, by=member)


@pytest.mark.parametrize(("person", "deputy"), [
    ("approver", "approver"), ("approver", "administrator"), ("approver", "officer"), ("reviewer", "lead"),
])
def test_a_deputy_must_be_one_that_can_be(cellar: Cellar, people: Cast, person: str, deputy: str) -> None:
    first, member = away.today(cellar), getattr(people, person)
    said = Stated(first, first, getattr(people, deputy).person_id)
    with pytest.raises(Incomplete) as refusal, cellar.work() as work:
        absences.state(work, member.actor, work.rows.get_one(Person, member.person_id), said)
    assert list(refusal.value.fields) == ["deputy_id"]


def test_an_absence_without_a_deputy_stands_at_once_and_is_told_to_nobody(cellar: Cellar, people: Cast) -> None:
    assert away.stated(cellar, people, None).state == "standing"
    assert mails(cellar, "deputy") == []
    with pytest.raises(Incomplete):
        away.stated(cellar, people, None)


def test_the_desk_shows_a_deputy_what_waits_for_the_absent_approver(cellar: Cellar, people: Cast) -> None:
    flow.passed(cellar, people)
    wanted = desk.Wanted(away.today(cellar))
    with cellar.read() as rows:
        assert desk.standing(rows, people.lead.actor, wanted.today).mine == 0
    away.away(cellar, people, people.lead)
    deputy = away.standing(cellar, people.lead)
    with cellar.read() as rows:
        assert [row.state for row in desk.listing(rows, deputy, wanted)] == ["awaiting_approval"]
        assert desk.standing(rows, deputy, wanted.today).mine == 1
    state_interest(cellar, people)
    deputy = away.standing(cellar, people.lead)
    with cellar.read() as rows:
        assert desk.listing(rows, deputy, wanted) == []


def state_interest(cellar: Cellar, cast: Cast) -> None:
    """Let the approver have an interest in the party."""
    with cellar.work() as work:
        persons.state_interest(work, cast.approver.actor, cast.party, 2026, "元勤務先")


def test_the_absent_approver_reads_later_once_and_nobody_else_does(cellar: Cellar, people: Cast) -> None:
    public_id = flow.passed(cellar, people)
    away.away(cellar, people, people.lead)
    signed(cellar, people.lead, public_id)
    with cellar.work() as work:
        row = known.in_stead(work.rows, people.approver.actor, 1)[0].row
        assert known.waiting(work.rows, people.approver.actor) == 1
        first = absences.read_later(work, people.approver.actor, row, "確認しました。")
        again = absences.read_later(work, people.approver.actor, row, "別の所見")
    assert (first.id, again.remark) == (again.id, "確認しました。")
    with cellar.work() as work:
        assert known.waiting(work.rows, people.approver.actor) == 0
        assert known.decision(work.rows, people.lead.actor, row.public_id).id == row.id
        with pytest.raises(NotAllowed):
            absences.read_later(work, people.lead.actor, row, "")
    assert [facts["of"] for facts in entries(cellar, "later_reading.recorded")] == [public_id]


@pytest.mark.parametrize("move", [Move.CONFIRM, Move.REFUSE, Move.END])
def test_days_that_are_over_take_no_act(cellar: Cellar, people: Cast, move: Move) -> None:
    row, now = away.stated(cellar, people, people.lead), cellar.clock()
    cellar.clock = lambda: now + timedelta(days=11)
    with pytest.raises(NotNow, match="days are over"):
        away.decided(cellar, people.administrator.actor, row, move)
