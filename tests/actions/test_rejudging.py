"""Lines judged again: on change, as days pass, under another edition; stopped or flagged, and decided by a person."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from portal.actions import assess, contracts, record, register, rejudging, sharing
from portal.core.errors import Incomplete, NotAllowed
from portal.core.readable import day_in
from portal.core.workflow import Move
from portal.jobs import judging, runner
from portal.jobs.kinds import KINDS
from portal.models import Contract, Engagement, Job, LedgerEntry, Party, ScopeDecision, ScopeLine, ScopeWarning
from portal.queries import straying, touched
from portal.store.cellar import Cellar
from tests.cast import Cast
from tests.conftest import Clock

TERM = contracts.Term(date(2026, 4, 1), date(2026, 12, 31), date(2026, 3, 25))


@pytest.fixture
def running(cellar: Cellar, people: Cast) -> int:
    """A permitted, running line of the cast's party under a contract that holds every clause; gives its row id."""
    lead = people.lead.actor
    with cellar.work() as work:
        party = work.rows.get_one(Party, people.party.id)
        engaged = contracts.engage(work, lead, party, "entrustment", TERM.starts_on)
        work.rows.flush()
        contract = contracts.add(work, lead, engaged, contracts.ContractFacts("C-1", "覚書"), TERM)
        contracts.hold(work, lead, contract, {code: contracts.Standing("met", "第1条") for code in
                                              work.catalogue.clauses})
        line = sharing.add_line(work, lead, engaged, sharing.LineFacts(
            ("donor_code", "specimen"), "P08", contract_id=contract.id))
        asked = sharing.facts.asks(sharing.facts.case(work.rows, work.catalogue, line, day_in(work.now())),
                                   work.catalogue)
        sharing.state(work, lead, line, [
            sharing.Statement(ask.id, "yes" if ask.is_need or ask.id == "jmdp_approved" else "no") for ask in asked])
        judgement = sharing.judge(work, line, activating=True)
        sharing.activate(work, lead, line, judgement.permitted[0])
        row_id = line.id
    runner.drain(cellar, KINDS)
    return row_id


def seen(cellar: Cellar, row_id: int) -> tuple[str, str, bool, list[str]]:
    """State, verdict, whether a decision is waited for, and the kinds of contradictions of a line."""
    with cellar.read() as rows:
        line = rows.get_one(ScopeLine, row_id)
        kinds = sorted(row.kind for row in straying.of_line(rows, line) if row.kind != "unusual")
        return line.state, line.verdict, line.needs_decision, kinds


def day(cellar: Cellar) -> None:
    """Today's pass, as the sweep asks for it."""
    judging.ask(cellar)
    runner.drain(cellar, KINDS)


def test_a_contract_that_ends_flags_the_line_until_somebody_decides(cellar: Cellar, people: Cast, clock: Clock,
                                                                    running: int) -> None:
    day(cellar)
    assert seen(cellar, running) == ("active", "PERMITTED", False, [])
    clock.forward(days=(TERM.ends_on - day_in(clock())).days)
    day(cellar)
    assert seen(cellar, running) == ("active", "PERMITTED", False, [])
    clock.forward(days=1)
    day(cellar)
    assert seen(cellar, running) == ("active", "INCOMPLETE", True, ["decide", "no_contract", "special_care"])
    with cellar.read() as rows:
        assert straying.waiting(rows, people.lead.actor) == 1 and straying.waiting(rows, people.stranger.actor) == 0
        assert [row.event for row in rows.scalars(sa.select(LedgerEntry).order_by(LedgerEntry.id.desc()).limit(1))] == [
            "scope_line.judged"]
    for actor, reason, refusal in ((people.lead.actor, "x", NotAllowed), (people.approver.actor, " ", Incomplete)):
        with pytest.raises(refusal), cellar.work() as work:
            rejudging.leave(work, actor, work.rows.get_one(ScopeLine, running), reason)
    with cellar.work() as work:
        rejudging.leave(work, people.approver.actor, work.rows.get_one(ScopeLine, running), "更新手続中。1月末まで")
    with cellar.work() as work:
        sharing.rejudge(work, people.lead.actor, work.rows.get_one(ScopeLine, running))
    assert seen(cellar, running)[2] is False, "decided on exactly this judgement"
    with cellar.work() as work:
        contracts.renew(work, people.lead.actor, work.rows.scalars(sa.select(Contract)).one(), "renewal",
                        contracts.Term(date(2027, 1, 1), date(2027, 12, 31), date(2026, 12, 28)))
    runner.drain(cellar, KINDS)
    assert seen(cellar, running) == ("active", "PERMITTED", False, [])


def test_a_bar_that_stops_running_lines_stops_it_as_a_decided_act(cellar: Cellar, people: Cast, running: int) -> None:
    with cellar.work() as work:
        sharing.state(work, people.lead.actor, work.rows.get_one(ScopeLine, running), [
            sharing.Statement("consent_withdrawn", "yes", "同意文言 第3版が無効")])
    assert seen(cellar, running)[:3] == ("active", "PROHIBITED", True)
    runner.drain(cellar, KINDS)
    assert seen(cellar, running)[:3] == ("stopped", "PROHIBITED", True)
    with cellar.read() as rows:
        decision = rows.scalars(sa.select(ScopeDecision).order_by(ScopeDecision.id.desc()).limit(1)).one()
        assert (decision.act, decision.verdict) == ("stop", "PROHIBITED") and "BL-21" in decision.rules
        assert "scope_line.stop" in set(rows.scalars(sa.select(LedgerEntry.event)))
    with cellar.work() as work:
        rejudging.leave(work, people.approver.actor, work.rows.get_one(ScopeLine, running), "停止を継続")
    runner.drain(cellar, KINDS)
    assert seen(cellar, running)[:3] == ("stopped", "PROHIBITED", False)


def test_what_a_change_touches_is_asked_for_once_it_is_kept(cellar: Cellar, people: Cast, running: int) -> None:
    with cellar.work() as work:
        party = work.rows.get_one(Party, people.party.id)
        register.amend_party(work, people.lead.actor, party, register.PartyFacts(
            party.kind, party.name_ja, party.name_en, country="US", location="OTHER"))
    runner.drain(cellar, KINDS)
    assert seen(cellar, running)[:3] == ("active", "INCOMPLETE", True), "the party moved abroad"
    with cellar.work() as work:
        party = work.rows.get_one(Party, people.party.id)
        register.amend_party(work, people.lead.actor, party, register.PartyFacts(
            party.kind, party.name_ja, party.name_en, note="電話番号の変更"))
    with cellar.work() as work:
        contracts.name_items(work, people.lead.actor, work.rows.scalars(sa.select(Contract)).one(), ["donor_code"])
    with pytest.raises(Incomplete), cellar.work() as work:
        contracts.name_items(work, people.lead.actor, work.rows.scalars(sa.select(Contract)).one(), ["wine"])
    runner.drain(cellar, KINDS)
    assert seen(cellar, running) == ("active", "PERMITTED", False, ["contract_items"])
    with cellar.work() as work:
        record.move(work, people.lead.actor, work.rows.get_one(ScopeLine, running), Move.END)
        sharing.rejudge(work, people.lead.actor, work.rows.get_one(ScopeLine, running))
    assert seen(cellar, running)[3] == []
    with cellar.read() as rows:
        assert [contract.number for contract, _ in straying.idle(rows, people.lead.actor, TERM.ends_on)] == ["C-1"]
        assert straying.idle(rows, people.lead.actor, TERM.ends_on + timedelta(days=1)) == []


def test_a_day_touches_only_what_it_changes(cellar: Cellar, people: Cast, clock: Clock, running: int) -> None:
    edition = cellar.catalogue.digests[sharing.RULES_FILE]

    def asked(since: date | None, until: date, under: str = edition) -> list[int]:
        with cellar.read() as rows:
            return touched.parties(rows, since, until, under)

    mine, today = [people.party.id], day_in(clock())
    assert asked(None, today) == mine, "the first pass takes all"
    assert asked(today, today + timedelta(days=1)) == []
    assert asked(today, today, "another") == mine, "another edition takes all"
    assert asked(TERM.ends_on, TERM.ends_on) == [] and asked(TERM.ends_on, TERM.ends_on + timedelta(days=1)) == mine
    old = TERM.starts_on + timedelta(days=14 * 31)
    assert asked(old, old + timedelta(days=1)) == mine, "never checked, and the cadence is over"
    with cellar.work() as work:
        assess.assess(work, people.lead.actor, work.rows.scalars(sa.select(Engagement)).one(), assess.Assessed(
            "paper_check", today, passed=True, reference="x", until=today + timedelta(days=10)))
    assert asked(today + timedelta(days=10), today + timedelta(days=11)) == mine
    judging.ask(cellar)
    judging.ask(cellar)
    with cellar.read() as rows:
        assert touched.last_pass(rows) is None
    runner.drain(cellar, KINDS)
    with cellar.read() as rows:
        assert touched.last_pass(rows) == today
        assert len(list(rows.scalars(sa.select(Job).where(Job.key.startswith(touched.DAILY))))) == 1


def test_an_untouched_line_keeps_its_verdict_and_its_kept_words(cellar: Cellar, people: Cast, clock: Clock,
                                                                running: int) -> None:
    before = seen(cellar, running)
    for _ in range(3):
        clock.forward(days=1)
        day(cellar)
        with cellar.work() as work:
            rejudging.all_of(work, people.lead.actor, [people.party.id], {})
        assert seen(cellar, running) == before
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).select_from(ScopeWarning)) == len(
            straying.of_line(rows, rows.get_one(ScopeLine, running)))


def test_a_day_begins_in_japan(cellar: Cellar, people: Cast, clock: Clock, running: int) -> None:
    clock.now = datetime(2026, 12, 31, 14, 59, tzinfo=UTC)
    with cellar.work() as work:
        assert sharing.judge(work, work.rows.get_one(ScopeLine, running)).verdict == "PERMITTED"
    clock.forward(minutes=1)
    with cellar.work() as work:
        assert sharing.judge(work, work.rows.get_one(ScopeLine, running)).verdict == "INCOMPLETE"
