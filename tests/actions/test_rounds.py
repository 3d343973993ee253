"""Rounds: every party asked once whatever is cut off, due on an open day of its country, extended, withdrawn, again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.actions import checklists, register, rounds
from portal.core import offices
from portal.core.actor import SYSTEM
from portal.core.errors import Incomplete, NotAllowed, NotNow
from portal.core.readable import day_in
from portal.jobs import nightly, runner
from portal.jobs.kinds import KINDS
from portal.models import Attestation, Job, LedgerEntry, Mail, Party, Round, RoundParty
from portal.queries import choosing
from portal.queries import rounds as found
from portal.store.cellar import Cellar
from tests.cast import Cast

DUE = date(2026, 12, 18)


def labs(cellar: Cellar, people: Cast, count: int) -> None:
    """Some laboratories more, with the library published."""
    with cellar.work() as work:
        checklists.publish_library(work, SYSTEM)
        for number in range(count):
            register.add_party(work, people.lead.actor, register.PartyFacts(
                kind="testing_lab", name_ja=f"架空検査所{number:02d}", country="JP"))


def begun(cellar: Cellar, people: Cast, **changes: object) -> str:
    """A round of everybody that the filter finds; gives its public id."""
    wanted = choosing.Wanted(DUE, kind="testing_lab")
    with cellar.work() as work:
        rows = choosing.candidates(work.rows, people.lead.actor, wanted, day_in(work.now()))
        plan = replace(rounds.Plan("検査機関", DUE, wanted={"kind": "testing_lab"}), **changes)
        return rounds.begin(work, people.lead.actor, plan, [
            rounds.Target(row.party.id, row.template.id, row.due_on) for row in rows if not row.asked_as]).public_id


def states(cellar: Cellar, public_id: str) -> dict[str, int]:
    """How many parties stand where."""
    with cellar.read() as rows:
        going = found.one_of(rows, public_id)
        return dict(found.progress(rows, going, day_in(cellar.clock())))


def test_each_party_is_asked_once_though_the_worker_dies(cellar: Cellar, people: Cast) -> None:
    labs(cellar, people, 30)
    public_id = begun(cellar, people)
    with cellar.work() as work:
        rounds.ask_next(work, found.one_of(work.rows, public_id))
    assert states(cellar, public_id)["waiting"] == 11
    with pytest.raises(ZeroDivisionError), cellar.work() as work:
        rounds.ask_next(work, found.one_of(work.rows, public_id))
        raise ZeroDivisionError
    assert states(cellar, public_id)["waiting"] == 11
    runner.drain(cellar, {"round": KINDS["round"]}, 1)
    with cellar.read() as rows:
        assert found.one_of(rows, public_id).state == "open"
        asked = rows.execute(sa.select(Attestation.party_id, Attestation.due_on)).all()
        mailed = rows.scalar(sa.select(sa.func.count()).where(Mail.kind == "request"))
    assert len(asked) == len({party for party, _ in asked}) == 31 and {day for _, day in asked} == {DUE}
    assert mailed == 2, "the cast's party has two people, the others nobody to write to"


def test_a_party_already_asked_is_told_on_its_row_and_stops_nobody(cellar: Cellar, people: Cast) -> None:
    labs(cellar, people, 1)
    first, second = begun(cellar, people), begun(cellar, people)
    runner.drain(cellar, {"round": KINDS["round"]}, 2)
    assert states(cellar, first)["untouched"] == 2
    assert states(cellar, second)["refused"] == 2
    with cellar.read() as rows:
        row = rows.scalars(sa.select(RoundParty).where(RoundParty.attestation_id.is_(None))).first()
        assert row is not None and row.refusal["values"]["number"].startswith("A-2026-")


@pytest.mark.parametrize(("country", "day", "moved"), [
    ("JP", date(2026, 11, 23), date(2026, 11, 24)),   # Labour Thanksgiving Day
    ("US", date(2026, 11, 26), date(2026, 11, 27)),   # Thanksgiving
    ("US", date(2026, 11, 23), date(2026, 11, 23)),
    ("AE", date(2026, 11, 28), date(2026, 11, 30)),   # Saturday and Sunday
    ("SA", date(2026, 11, 27), date(2026, 11, 29)),   # Friday and Saturday
    ("XE", date(2026, 11, 28), date(2026, 11, 30)),   # no such country: weekends alone
])
def test_a_due_day_is_an_open_day_of_the_country(country: str, day: date, moved: date) -> None:
    assert offices.next_open_day(day, country) == moved


def test_business_days_are_those_of_the_country() -> None:
    start = date(2026, 11, 20)
    assert offices.after(start, 1, "JP") == date(2026, 11, 24)
    assert offices.after(start, 1, "US") == date(2026, 11, 23)


def test_a_round_is_put_off_paused_and_withdrawn_with_word_to_the_parties(cellar: Cellar, people: Cast) -> None:
    labs(cellar, people, 2)
    public_id, lead = begun(cellar, people), people.lead.actor
    runner.drain(cellar, {"round": KINDS["round"]}, 1)
    later = DUE + timedelta(days=7)
    with cellar.work() as work:
        going = found.one_of(work.rows, public_id)
        assert rounds.extend(work, lead, going, later) == 3 and going.due_on == later
        assert rounds.extend(work, lead, going, later) == 0
        with pytest.raises(Incomplete):
            rounds.extend(work, lead, going, day_in(work.now()))
        with pytest.raises(Incomplete):
            rounds.pause(work, lead, going, " ")
        rounds.pause(work, lead, going, "年末のため")
        with pytest.raises(NotNow):
            rounds.pause(work, lead, going, "年末のため")
        rounds.resume(work, lead, going)
        assert rounds.withdraw(work, lead, going, "契約の見直しのため") == 3
        with pytest.raises(NotAllowed):
            rounds.rest(work, people.reviewer.actor, going)
    with cellar.read() as rows:
        mails = list(rows.scalars(sa.select(Mail.kind).where(Mail.party_id == people.party.id)))
        assert (mails.count("extended"), mails.count("withdrawn")) == (2, 2)
        assert set(rows.scalars(sa.select(Attestation.state))) == {"withdrawn"}
        events = set(rows.scalars(sa.select(LedgerEntry.event).where(LedgerEntry.event.startswith("round."))))
    assert events == {f"round.{verb}" for verb in ("begun", "activate", "extended", "stop", "resume", "withdraw")}


def test_a_round_comes_again_for_those_whose_check_is_due(cellar: Cellar, people: Cast) -> None:
    labs(cellar, people, 1)
    public_id = begun(cellar, people, repeat_months=12)
    runner.drain(cellar, {"round": KINDS["round"]}, 1)
    with cellar.work() as work:
        late = work.rows.scalars(sa.select(Party).where(Party.id == people.party.id)).one()
        late.tier = "low"  # every 24 months only
        work.rows.execute(sa.update(Round).values(next_on=day_in(work.now())))
        work.rows.execute(sa.update(Attestation).values(
            requested_at=work.now() - timedelta(days=366), fiscal_year=2025))
    for _ in range(2):
        nightly.ask(cellar)
    runner.drain(cellar, {name: KINDS[name] for name in ("nightly", "round")}, 2)
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).where(Job.kind == "nightly")) == 1
        first, second = rows.scalars(sa.select(Round).order_by(Round.id))
        assert (first.public_id, first.next_on, second.repeat_months) == (public_id, None, 12)
        assert second.next_on == date(2027, 11, 25) and second.due_on == DUE
        again = rows.scalars(sa.select(RoundParty.party_id).where(RoundParty.round_id == second.id)).all()
        assert len(again) == 1 and again[0] != people.party.id
