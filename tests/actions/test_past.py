"""A past day is computed as it stood: whatever was done later does not change what is told of it."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import sqlalchemy as sa

from portal.actions import assess, contracts, findings, finish, provision, record, review, risks, sharing
from portal.actions.assess import Assessed
from portal.actions.findings import Found
from portal.core.readable import day_in
from portal.core.workflow import Move
from portal.models import Attestation, Contract, Finding, Party, ScopeLine
from portal.queries import past
from portal.store.cellar import Cellar
from portal.store.work import Work
from tests.actions import flow, test_expiry
from tests.actions.test_duties import SEEN, Told, engaged, stands
from tests.cast import Cast, Member
from tests.conftest import Clock
from tests.filed import RECORD


def acts(cast: Cast) -> list[Callable[[Work], object]]:
    """A year of supervision, one act a day."""
    def renew(work: Work) -> None:
        contracts.renew(work, cast.lead.actor, work.rows.scalars(sa.select(Contract)).one(), "renewal",
                        contracts.Term(date(2027, 4, 1), date(2028, 3, 31), date(2026, 12, 1)))

    return [*contracting(cast), *shares(cast), *found(cast), lambda work: amend(work, cast), renew]


def contracting(cast: Cast) -> list[Callable[[Work], object]]:
    """A relation is opened, selected, put under contract, and its clauses are held in three ways."""
    lead = cast.lead.actor

    def standing(word: str) -> Callable[[Work], object]:
        return lambda work: contracts.hold(work, lead, work.rows.scalars(sa.select(Contract)).one(), {
            code: contracts.Standing(word, note="小規模", waived_by="部長", waived_until=date(2026, 12, 8)) for code in
            work.catalogue.clauses})

    return [
        lambda work: engaged(work, cast, "entrustment"),
        lambda work: assess.assess(work, cast.approver.actor, engaged(work, cast, "entrustment"), SEEN),
        lambda work: contracts.add(work, lead, engaged(work, cast, "entrustment"),
                                   contracts.ContractFacts("C-1", "覚書"),
                                   contracts.Term(date(2026, 11, 1), date(2027, 3, 31), date(2026, 10, 30))),
        standing("met"), standing("missing"), standing("waived"),
    ]


def shares(cast: Cast) -> list[Callable[[Work], object]]:
    """A line to a third party runs, gets a record, loses its assurance and is stopped."""
    lead = cast.lead.actor

    def line(work: Work) -> ScopeLine:
        return work.rows.scalars(sa.select(ScopeLine)).one()

    def run(work: Work) -> None:
        row = line(work)
        row.verdict, row.route = "PERMITTED", "RT-TP-FX-EQSYS"
        record.move(work, lead, row, Move.ACTIVATE, route=row.route)

    return [
        lambda work: engaged(work, cast, "third_party"),
        lambda work: sharing.add_line(work, lead, engaged(work, cast, "third_party"),
                                      sharing.LineFacts(("donor_code", "hla"), "P01")),
        run,
        lambda work: provision.make(work, lead, line(work), RECORD),
        lambda work: sharing.state(work, lead, line(work), [sharing.Statement("eq_assurance_lost", "yes")]),
        lambda work: sharing.stop(work, lead, line(work), "確認できない"),
    ]


def found(cast: Cast) -> list[Callable[[Work], object]]:
    """A finding is opened, becomes late, is corrected and verified; a check on paper fails meanwhile."""
    reviewer = cast.reviewer.actor

    def opened(work: Work) -> None:
        row = Finding(number="F-1", party_id=cast.party.id, severity="high", fact="x", due_on=day_in(work.now()),
                      opened_by_id=cast.reviewer.person_id, opened_at=work.now(), reviewer_ids=[])
        work.rows.add(row)
        record.note(work, reviewer, row, "opened", severity="high")

    def moved(member: Member, kind: Move) -> Callable[[Work], object]:
        return lambda work: record.move(work, member.actor, work.rows.scalars(sa.select(Finding)).one(), kind)

    return [
        opened, lambda work: None,
        lambda work: assess.assess(work, reviewer, engaged(work, cast, "entrustment"), Assessed(
            "paper_check", day_in(work.now()), passed=False, reference="点検2026-3", note="鍵の管理")),
        moved(cast.officer, Move.PLAN), moved(cast.reviewer, Move.AGREE), moved(cast.officer, Move.DELIVER),
        moved(cast.approver, Move.VERIFY),
    ]


def amend(work: Work, cast: Cast) -> None:
    """The party's tier becomes another, by two people."""
    proposal = risks.choose_tier(work, cast.lead.actor, work.rows.get_one(Party, cast.party.id), "low", "x")
    if proposal is not None:
        risks.settle_tier(work, cast.approver.actor, proposal, confirm=True)


def test_a_past_day_is_computed_as_it_stood(cellar: Cellar, people: Cast, clock: Clock) -> None:
    then: dict[date, Told] = {}
    asked = flow.ask(cellar, people)
    for act in acts(people):
        with cellar.work() as work:
            act(work)
        then[day_in(clock())] = stands(cellar, people, day_in(clock()))
        clock.forward(days=1)
    clock.forward(days=30)
    assert stands(cellar, people, day_in(clock())) != list(then.values())[-1]
    assert {day: stands(cellar, people, day) for day in then} == then
    different = list(then.values())
    assert sum(one != other for one, other in pairwise(different)) >= 13
    with cellar.read() as rows:
        told = past.replay(rows, [people.party.id], clock() + timedelta(days=1))
        things: list[ScopeLine | Finding] = [*rows.scalars(sa.select(ScopeLine)), *rows.scalars(sa.select(Finding))]
        assert {row.public_id: row.state for row in things} == {
            row.public_id: told.states.get(row.public_id, row.state) for row in things}
        assert {row.public_id for row in things} <= set(told.states)
        assert rows.scalars(sa.select(Attestation)).one().public_id == asked


def test_a_due_day_put_off_later_was_not_put_off_before(cellar: Cellar, people: Cast, clock: Clock) -> None:
    with cellar.work() as work:
        engaged(work, people, "entrustment")
    flow.ask(cellar, people)
    clock.forward(days=(flow.DUE - day_in(clock())).days + 2)
    day = day_in(clock())
    before = stands(cellar, people, day)
    clock.forward(days=1)
    with cellar.work() as work:
        row = work.rows.scalars(sa.select(Attestation)).one()
        flow.attest.extend(work, people.lead.actor, row, day + timedelta(days=30))
    assert stands(cellar, people, day) == before
    now = stands(cellar, people, day_in(clock()))["entrustment"]
    handling = next(reasons for code, _, reasons in now if code == "handling")
    assert "A round was to be answered by %(due)s." not in handling
    assert "A round was to be answered by %(due)s." in str(before)


def test_days_before_a_return_and_a_renewal_are_computed_as_they_stood(
        cellar: Cellar, people: Cast, clock: Clock) -> None:
    """Both move the due day, and a renewal opens again what was signed off."""
    with cellar.work() as work:
        engaged(work, people, "entrustment")
    public_id = test_expiry.rested(cellar, people, "LAB-01", ends=flow.DUE + timedelta(days=20))
    flow.certify_it(cellar, people, public_id)
    then: dict[date, Told] = {}

    def day(*acts: Callable[[], object], forward: int = 1) -> str:
        for act in acts:
            act()
        then[day_in(clock())] = told = stands(cellar, people, day_in(clock()))
        clock.forward(days=forward)
        return str(told)

    def back() -> None:
        flow.judged(cellar, people, public_id, LAB_01=review.Judgement("LAB-01", "return", "どの部署ですか。"))
        with cellar.work() as work:
            finish.return_to_party(
                work, people.reviewer.actor, work.rows.get_one(Attestation, flow.find(cellar, public_id).id),
                digest, finish.Letter("お直しください。", day_in(clock()) + timedelta(days=3)))

    digest = flow.digest_of(cellar, public_id)
    clock.forward(days=(flow.DUE - day_in(clock())).days + 2)
    late = "A round was to be answered"
    assert late not in day(lambda: flow.taken(cellar, people, public_id))
    assert late not in day(back, forward=4)
    assert late in day()
    assert late not in day(lambda: flow.certify_it(cellar, people, public_id))
    assert late not in day(lambda: test_expiry.through(cellar, people, public_id, certify=False), forward=20)
    assert late not in day(lambda: test_expiry.night(cellar), forward=31)
    assert late in day()
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        flow.attest.extend(work, people.lead.actor, found, day_in(clock()) + timedelta(days=30))
    assert {one: stands(cellar, people, one) for one in then} == then


def test_a_due_day_agreed_later_was_not_yet_agreed_before(cellar: Cellar, people: Cast, clock: Clock) -> None:
    with cellar.work() as work:
        engaged(work, people, "entrustment")
    due = day_in(clock()) + timedelta(days=2)
    acts: list[Callable[[Work], object]] = [
        lambda work: findings.raise_finding(work, people.reviewer.actor, work.rows.get_one(Party, people.party.id),
                                            Found("鍵の管理台帳がない。", "critical", due)),
        lambda work: None, lambda work: None, lambda work: None,
        lambda work: findings.plan(work, people.clerk.actor, work.rows.scalars(sa.select(Finding)).one(), "作ります。"),
        lambda work: findings.agree(work, people.reviewer.actor, work.rows.scalars(sa.select(Finding)).one(),
                                    due + timedelta(days=30))]
    then: dict[date, Told] = {}
    for act in acts:
        with cellar.work() as work:
            act(work)
        then[day_in(clock())] = stands(cellar, people, day_in(clock()))
        clock.forward(days=1)
    assert {day: stands(cellar, people, day) for day in then} == then
    days = list(then)
    assert then[days[3]] != then[days[0]] and then[days[3]] != then[days[5]]
