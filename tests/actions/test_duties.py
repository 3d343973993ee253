"""Duties as of a day: a past day is computed as it stood; assessments are made by those who may."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from portal.actions import assess, contracts, finish, provision, record, review, risks, sharing
from portal.actions.assess import Assessed
from portal.core.errors import Incomplete, NotAllowed, NotFound
from portal.core.policy import Permission, may
from portal.core.readable import day_in
from portal.core.workflow import Move
from portal.models import Assessment, Attestation, Contract, Engagement, Finding, Party, ScopeLine
from portal.packet.gather import registered
from portal.queries import duties, past
from portal.store.cellar import Cellar
from portal.store.work import Work
from tests.actions import flow, test_expiry
from tests.cast import Cast, Member
from tests.conftest import Clock
from tests.filed import RECORD

Told = dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]]
SEEN = Assessed("selection", date(2026, 11, 20), passed=True, reference="決裁2026-114", until=date(2027, 12, 31))


def stands(cellar: Cellar, cast: Cast, day: date) -> Told:
    """Each relation of the cast's party with its duties, as of a day."""
    with cellar.read() as rows:
        party = rows.get_one(Party, cast.party.id)
        found = duties.standing(rows, cast.lead.actor, cellar.catalogue, [party], day)[party.id]
        return {one.engagement.relation: tuple(
            (duty.code, duty.status, tuple(reason.message for reason in duty.reasons)) for duty in one.duties)
            for one in found}


def engaged(work: Work, cast: Cast, relation: str) -> Engagement:
    """The relation of the cast's party, opened if need be."""
    row = contracts.engage(work, cast.lead.actor, work.rows.get_one(Party, cast.party.id), relation)
    work.rows.flush()
    return row


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


def test_the_queries_do_not_grow_with_the_parties(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        for party in (people.party, people.other):
            for relation in ("entrustment", "joint_use", "third_party"):
                contracts.engage(work, people.lead.actor, work.rows.get_one(Party, party.id), relation)
    counts = []
    counted: list[str] = []
    sa.event.listen(cellar.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
    for ids in ([people.party.id], [people.party.id, people.other.id]):
        counted.clear()
        with cellar.read() as rows:
            parties = list(rows.scalars(sa.select(Party).where(Party.id.in_(ids))))
            found = duties.standing(rows, people.lead.actor, cellar.catalogue, parties, day_in(cellar.clock()))
        assert sum(map(len, found.values())) == 3 * len(ids)
        counts.append(sum(text.startswith("SELECT") for text in counted))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize(("field", "said"), [
    ("kind", Assessed("own_measures", SEEN.on, passed=True, reference="x")),
    ("on", Assessed("paper_check", date(2026, 11, 26), passed=True, reference="x")),
    ("until", Assessed("paper_check", SEEN.on, passed=True, reference="x", until=date(2026, 11, 19))),
    ("reference", Assessed("paper_check", SEEN.on, passed=True, reference=" ")),
    ("note", Assessed("paper_check", SEEN.on, passed=False, reference="x")),
])
def test_an_assessment_is_whole(cellar: Cellar, people: Cast, field: str, said: Assessed) -> None:
    with pytest.raises(Incomplete) as refusal, cellar.work() as work:
        assess.assess(work, people.lead.actor, engaged(work, people, "entrustment"), said)
    assert list(refusal.value.fields) == [field]


def test_an_approver_selects_and_others_check(cellar: Cellar, people: Cast) -> None:
    who = {"lead": people.lead, "reviewer": people.reviewer, "approver": people.approver, "officer": people.officer}
    with cellar.work() as work:
        thing = engaged(work, people, "entrustment")
        found = {name: (may(member.actor, Permission.APPROVE_PARTY, thing),
                        may(member.actor, Permission.RECORD_CHECK, thing)) for name, member in who.items()}
    assert found == {"lead": (False, True), "reviewer": (False, True), "approver": (True, False),
                     "officer": (False, False)}
    for member, refusal in ((people.lead, NotAllowed), (people.stranger, NotFound)):
        with pytest.raises(refusal), cellar.work() as work:
            assess.assess(work, member.actor, engaged(work, people, "entrustment"), SEEN)
    with cellar.work() as work:
        assess.assess(work, people.approver.actor, engaged(work, people, "entrustment"), SEEN)
    with pytest.raises(DatabaseError), cellar.engine.begin() as connection:
        connection.execute(sa.update(Assessment).values(passed=False))


def test_a_packet_prints_the_duties_in_both_languages(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        assess.assess(work, people.approver.actor, engaged(work, people, "entrustment"), SEEN)
    with cellar.read() as rows:
        party = rows.get_one(Party, people.party.id)
        told = registered.party(rows, party, cellar.catalogue, cellar.clock()).duties
    assert [(duty.name.en, duty.state) for duty in told] == [
        ("Entrustment (outsourcing): Selection", "met"), ("Entrustment (outsourcing): Contract", "failing"),
        ("Entrustment (outsourcing): Knowledge of the handling", "due")]
    assert told[0].reasons[0].ja != told[0].reasons[0].en
    assert "2026" in told[0].reasons[0].ja
