"""Absence: the days that may be stated, and in whose stead somebody decides."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from portal.core import policy
from portal.core.absence import MOST, Stated, wrong
from portal.core.actor import Actor, Principal, Role
from portal.core.policy import Permission

TODAY = date(2026, 11, 27)
TAKEN = [(date(2026, 12, 10), date(2026, 12, 20))]
DEPUTY = Actor(5, "代決 五郎", frozenset({Role.REVIEWER}), stands_in=(Principal(4, "承認 三郎", "a" * 26),))
THING = SimpleNamespace(party_id=1, reviewer_ids=[7])


@pytest.mark.parametrize(("first", "last", "field"), [
    (TODAY, TODAY, ""), (TODAY, TODAY + timedelta(days=MOST - 1), "from_on"),
    (date(2027, 1, 1), date(2027, 1, 1) + timedelta(days=MOST - 1), ""),
    (date(2027, 1, 1), date(2027, 1, 1) + timedelta(days=MOST), "until_on"),
    (None, TODAY, "from_on"), (TODAY, None, "until_on"), (TODAY - timedelta(days=1), TODAY, "from_on"),
    (TODAY + timedelta(days=1), TODAY, "until_on"), (TODAY, date(2026, 12, 9), ""),
    (TODAY, date(2026, 12, 10), "from_on"),
    (date(2026, 12, 20), date(2026, 12, 25), "from_on"), (date(2026, 12, 21), date(2026, 12, 25), ""),
])
def test_the_days_of_an_absence(first: date | None, last: date | None, field: str) -> None:
    found = wrong(Stated(first, last), TODAY, TAKEN)
    assert list(found) == ([field] if field else [])


def test_a_deputy_decides_in_the_stead_of_the_absent_approver_and_of_nobody_else() -> None:
    assert policy.may(DEPUTY, Permission.APPROVE, THING)
    assert policy.in_stead_of(DEPUTY, Permission.APPROVE, THING) == DEPUTY.stands_in[0]
    others = set(Permission) - {Permission.APPROVE}
    without = replace(DEPUTY, stands_in=())
    thing = SimpleNamespace(party_id=1, reviewer_ids=[7], person_id=9, made_by_id=9, loaded_by_id=9, deputy_id=9,
                            preparer_ids=[], audience="internal")
    for permission in others:  # 代決 hands on the decision, not the office
        assert policy.may(DEPUTY, permission, thing) == policy.may(without, permission, thing)
        assert policy.in_stead_of(DEPUTY, permission, thing) is None


@pytest.mark.parametrize("actor", [
    replace(DEPUTY, stands_in=()),
    replace(DEPUTY, conflicts=frozenset({1})),
    replace(DEPUTY, person_id=7),
    replace(DEPUTY, stands_in=(Principal(4, "承認 三郎", "a" * 26, frozenset({1})),)),
    replace(DEPUTY, stands_in=(Principal(7, "承認 三郎", "a" * 26),)),
], ids=["nobody is away", "own interest", "own review", "the absent one's interest", "the absent one's review"])
def test_an_interest_or_a_review_is_not_passed_on(actor: Actor) -> None:
    assert not policy.may(actor, Permission.APPROVE, THING)
    assert policy.in_stead_of(actor, Permission.APPROVE, THING) is None


def test_who_approves_by_their_own_right_decides_in_nobodys_stead() -> None:
    approver = replace(DEPUTY, roles=frozenset({Role.APPROVER}))
    assert policy.may(approver, Permission.APPROVE, THING)
    assert policy.in_stead_of(approver, Permission.APPROVE, THING) is None


def test_of_two_absent_approvers_the_free_one_is_meant() -> None:
    reviewed, free = Principal(7, "審査 一子", "a" * 26), Principal(4, "承認 三郎", "b" * 26)
    assert policy.in_stead_of(replace(DEPUTY, stands_in=(reviewed, free)), Permission.APPROVE, THING) == free
