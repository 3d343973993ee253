"""Consent is given by two people until a day, and withdrawn; both sides are told when it ends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.actions import consent, lapsing, reentrustment
from portal.core.errors import Incomplete, NotAllowed, NotNow
from portal.core.readable import day_in
from portal.jobs import nightly
from portal.models import Mail
from portal.store.cellar import Cellar
from tests.cast import Cast
from tests.conftest import Clock
from tests.reentrusted import ENDS, SAID, STARTS, consented, contract, passed, row


def states(cellar: Cellar, *names: str) -> list[str]:
    """The states of bodies by their public ids."""
    with cellar.work() as work:
        return [row(work, name).state for name in names]


def test_four_eyes_decide(cellar: Cellar, people: Cast) -> None:
    made = passed(cellar, people, contract(cellar, people))
    both = replace(people.approver.actor, person_id=people.reviewer.person_id)
    for act in (lambda work: consent.consent(work, both, row(work, made), ENDS),
                lambda work: consent.decline(work, both, row(work, made), "x")):
        with pytest.raises(NotAllowed), cellar.work() as work:
            act(work)
    with pytest.raises(NotAllowed), cellar.work() as work:
        consent.consent(work, replace(people.approver.actor, conflicts=frozenset({people.party.id})),
                        row(work, made), ENDS)
    with cellar.work() as work:
        consent.send_back(work, people.approver.actor, row(work, made), "契約書の写しを確認してください。")
    assert states(cellar, made) == ["submitted"]


@pytest.mark.parametrize(("until", "field"), [(date(2026, 11, 25), "until"), (date(2027, 4, 1), "until"),
                                              (STARTS - timedelta(days=1), "until"), (None, "until")])
def test_consent_has_a_day_within_what_was_asked(cellar: Cellar, people: Cast, until: date | None, field: str) -> None:
    made = passed(cellar, people, contract(cellar, people))
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        consent.consent(work, people.approver.actor, row(work, made), until)
    assert set(refused.value.fields) == {field}


def test_a_withdrawn_consent_waits_for_its_end(cellar: Cellar, people: Cast) -> None:
    made = consented(cellar, people, contract(cellar, people))
    for who in (people.reviewer, people.lead):
        with pytest.raises(NotAllowed), cellar.work() as work:
            consent.revoke(work, who.actor, row(work, made), "x")
    with pytest.raises(Incomplete), cellar.work() as work:
        consent.revoke(work, people.approver.actor, row(work, made), " ")
    with cellar.work() as work:
        consent.revoke(work, people.approver.actor, row(work, made), "12月末までに返還してください。")
    assert states(cellar, made) == ["withdrawn"]
    with pytest.raises(NotNow), cellar.work() as work:
        consent.revoke(work, people.approver.actor, row(work, made), "x")
    with cellar.work() as work:
        reentrustment.end(work, people.officer.actor, row(work, made), "返還を受けた。", date(2026, 11, 25))
    assert states(cellar, made) == ["ended"]


def test_both_sides_are_told_of_the_end_and_then_it_is_over(cellar: Cellar, people: Cast, clock: Clock) -> None:
    made = consented(cellar, people, contract(cellar, people))
    with cellar.work() as work:
        work.rows.execute(sa.delete(Mail))
    for days, wanted in ((91, 0), (90, 3), (60, 3), (30, 3), (29, 0), (-1, 3)):
        with cellar.work() as work:
            for _ in range(2):
                lapsing.tell(work, ENDS - timedelta(days=days))
        with cellar.work() as work:
            found = work.rows.scalars(sa.select(Mail)).all()
            assert len(found) == wanted and all(mail.kind == "reentrustment_ending" for mail in found), days
            for mail in found:
                work.rows.delete(mail)
    assert states(cellar, made) == ["consented"]
    clock.forward(days=(ENDS - date(2026, 11, 25)).days)
    nightly.run(cellar, ENDS.isoformat())
    assert states(cellar, made) == ["consented"]
    clock.forward(days=1)
    for _ in range(2):
        nightly.run(cellar, (ENDS + timedelta(days=1)).isoformat())
    assert states(cellar, made) == ["expired"]
    later = consented(cellar, people, contract(cellar, people), replace(
        SAID, starts_on=date(2027, 5, 1), ends_on=date(2027, 6, 1)), date(2027, 6, 1))
    with pytest.raises(NotAllowed), cellar.work() as work:
        consent.lapse(work, people.lead.actor, row(work, later))


def test_one_whose_end_was_reported_meanwhile_is_left_alone(cellar: Cellar, people: Cast) -> None:
    made = consented(cellar, people, contract(cellar, people))
    with cellar.work() as work:
        reentrustment.end(work, people.officer.actor, row(work, made), "消去した。", day_in(work.now()))
        key = row(work, made).id
    for _ in range(2):
        with cellar.work() as work:
            lapsing.lapse(work, key)
    with cellar.work() as work:
        assert row(work, made).state == "ended"
