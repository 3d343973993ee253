"""The overseas sheet: dated statements for good, the needs and flags of Art. 28 read from them, and what lapses."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from portal.actions import contracts, overseas, sharing
from portal.core.errors import Incomplete, NotAllowed
from portal.core.overseas import ASKED, Subject
from portal.core.readable import day_in
from portal.models import Assessment, Job, LedgerEntry, OverseasStatement, Party, ScopeLine, ScopeWarning
from portal.queries import facts, filed, touched
from portal.queries import overseas as sheets
from portal.store.cellar import Cellar
from portal.store.work import Work
from tests.cast import Cast

TODAY = date(2026, 11, 25)
ALL: tuple[Subject, ...] = ("system", "measures", "basis", "on_request", "check")


def said(subject: Subject, on: date = TODAY, outcome: str = "") -> overseas.Statement:
    """A whole statement on a subject."""
    texts = {asked.name: f"{asked.label.ja}の記載" for asked in ASKED[subject]}
    return overseas.Statement(subject, on, "先方回答（2026-11）", texts,
                              outcome or ("continue" if subject == "check" else ""))


def abroad(cellar: Cellar, people: Cast, country: str = "US", location: str = "OTHER") -> str:
    """A line to a third party abroad; gives its public id."""
    with cellar.work() as work:
        engaged = contracts.engage(work, people.lead.actor, party(work, people), "third_party", date(2026, 4, 1))
        work.rows.flush()
        line = sharing.add_line(work, people.lead.actor, engaged, sharing.LineFacts(
            ("donor_code", "hla"), "P05", location=location, country=country))
        work.rows.flush()
        return line.public_id


def party(work: Work, people: Cast) -> Party:
    return work.rows.get_one(Party, people.party.id)


def known(cellar: Cellar, public_id: str, today: date) -> filed.Filed:
    """The needs and flags that the files say of a line on a day."""
    with cellar.read() as rows:
        case = facts.case(rows, cellar.catalogue, line(rows, public_id), today)
        return filed.Filed(dict(case.flags), set(case.done))


def line(rows: sa.orm.Session, public_id: str) -> ScopeLine:
    return rows.scalars(sa.select(ScopeLine).where(ScopeLine.public_id == public_id)).one()


def test_a_sheet_meets_the_needs_until_it_lapses(cellar: Cellar, people: Cast) -> None:
    shared = abroad(cellar, people)
    bare = known(cellar, shared, TODAY)
    assert bare.flags["eq_check_overdue_or_failed"] and not bare.flags["eq_assurance_lost"]
    assert not {need for need in bare.done if need.startswith(("PC-EQ", "PC-FX"))}
    for subject in ALL:
        with cellar.work() as work:
            overseas.state(work, people.reviewer.actor, party(work, people), "US", said(subject))
    whole = known(cellar, shared, TODAY)
    assert whole.done >= {"PC-FXINFO", "PC-EQSYS", "PC-EQINFO", "PC-EQCHECK"} and "PC-CONSENTFX" not in whole.done
    assert not whole.flags["eq_check_overdue_or_failed"]
    last, after = date(2027, 11, 25), date(2027, 11, 26)
    assert "PC-EQCHECK" in known(cellar, shared, last).done
    lapsed = known(cellar, shared, after)
    assert lapsed.flags["eq_check_overdue_or_failed"] and lapsed.done & {"PC-EQINFO", "PC-EQCHECK"} == {"PC-EQINFO"}
    with cellar.read() as rows:
        edition = line(rows, shared).judged_under
        assert people.party.id in touched.parties(rows, last, after, edition)
        assert people.party.id not in touched.parties(rows, TODAY, date(2026, 12, 1), edition)
        made = rows.scalars(sa.select(Assessment)).one()
        assert (made.kind, made.passed, made.made_on) == ("equivalence", True, TODAY)
        events = [entry.event for entry in rows.scalars(sa.select(LedgerEntry))]
        assert events.count("overseas_statement.stated") == len(ALL)
        assert rows.scalar(sa.select(Job.id).where(Job.kind == "judge")) is not None


def test_a_statement_by_hand_does_not_stand_for_the_sheet(cellar: Cellar, people: Cast) -> None:
    shared = abroad(cellar, people)
    with cellar.work() as work:
        sharing.state(work, people.lead.actor, line(work.rows, shared), [sharing.Statement("PC-EQCHECK", "yes")])
    assert "PC-EQCHECK" not in known(cellar, shared, TODAY).done
    with cellar.read() as rows:
        case = facts.case(rows, cellar.catalogue, line(rows, shared), TODAY)
        assert not {ask.id for ask in facts.asks(case, cellar.catalogue)} & filed.COMPUTED


def test_lost_assurance_is_a_flag_and_a_failed_check(cellar: Cellar, people: Cast) -> None:
    shared = abroad(cellar, people)
    for outcome, lost in (("measures", False), ("stop", True), ("continue", False)):
        with cellar.work() as work:
            overseas.state(work, people.lead.actor, party(work, people), "US", said("check", outcome=outcome))
        flags = known(cellar, shared, TODAY).flags
        assert flags["eq_assurance_lost"] is lost
        assert flags["eq_check_overdue_or_failed"] is (outcome != "continue")
        with cellar.read() as rows:
            found = sheets.lost(rows, {people.party.id: people.party}, [line(rows, shared)],
                                cellar.clock() + timedelta(seconds=1))
            assert bool(found) is lost
            assert rows.scalars(sa.select(Assessment.passed).order_by(Assessment.id.desc())).first() is (
                outcome == "continue")


def test_a_lapsed_check_warns_on_a_running_line(cellar: Cellar, people: Cast) -> None:
    shared = abroad(cellar, people)
    with cellar.work() as work:
        row = line(work.rows, shared)
        row.state, row.route = "active", "RT-TP-FX-EQSYS"
        sharing.rejudge(work, people.lead.actor, row)
    with cellar.read() as rows:
        row = line(rows, shared)
        assert row.needs_decision and row.verdict != "PERMITTED" and row.state == "active"
        rules = {str(one.values.get("rule")) for one in rows.scalars(sa.select(ScopeWarning).where(
            ScopeWarning.kind == "referred"))}
        label = next(block.label.ja for block in cellar.catalogue.rules.block if block.id == "BL-20")
        assert any(label in rule for rule in rules)


def test_what_is_missing_stands_at_its_field(cellar: Cellar, people: Cast) -> None:
    abroad(cellar, people)
    wrong = [
        (replace(said("system"), on=date(2026, 11, 26)), "US", "on"),
        (replace(said("system"), source=" "), "US", "source"),
        (replace(said("system"), source="a@example.jp"), "US", "source"),
        (replace(said("measures"), said={"measures": "暗号化"}), "US", "gaps"),
        (replace(said("check"), outcome=""), "US", "outcome"),
        (replace(said("system"), outcome="stop"), "US", "outcome"),
        (said("system"), "JP", "country"), (said("system"), "usa", "country"),
        (replace(said("basis"), evidence_id=999), "US", "evidence"),
        (replace(said("basis"), subject="hearsay"), "US", "subject"),
    ]
    for statement, country, field in wrong:
        with pytest.raises(Incomplete) as refusal, cellar.work() as work:
            overseas.state(work, people.lead.actor, party(work, people), country, statement)
        assert list(refusal.value.fields) == [field]
    for who in (people.approver, people.officer, people.clerk):
        with pytest.raises(NotAllowed), cellar.work() as work:
            overseas.state(work, who.actor, party(work, people), "US", said("system"))
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).select_from(OverseasStatement)) == 0


def test_what_was_stated_stays(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        overseas.state(work, people.lead.actor, party(work, people), "US", said("system"))
    with pytest.raises(DatabaseError), cellar.engine.begin() as connection:
        connection.execute(sa.update(OverseasStatement).values(source="x"))
    with pytest.raises(DatabaseError), cellar.engine.begin() as connection:
        connection.execute(sa.delete(OverseasStatement))


def test_the_list_shows_each_party_and_country_once(cellar: Cellar, people: Cast) -> None:
    first = abroad(cellar, people)
    abroad(cellar, people)
    abroad(cellar, people, "NL", "EQ")
    abroad(cellar, people, "JP", "JP")
    with cellar.work() as work:
        line(work.rows, first).route = "RT-TP-FX-CONSENT"
        overseas.state(work, people.lead.actor, party(work, people), "US", said("system", date(2026, 1, 10)))
    with cellar.read() as rows:
        found = sheets.listing(rows, people.lead.actor)
        assert [(one.place.country, one.place.lines) for one in found] == [("NL", 1), ("US", 2)]
        assert found[0].place.wanted == frozenset() and found[1].place.wanted == {"system", "measures", "information"}
        assert (found[1].due, found[1].standing("system", TODAY)) == (date(2027, 1, 10), "soon")
        assert found[1].standing("information", TODAY) == "lacking"
        assert found[1].standing("check", TODAY) == "unasked"
        assert sheets.listing(rows, people.lead.actor, page=2) == []
        assert sheets.listing(rows, people.stranger.actor) == []
        shown = sheets.one(rows, people.lead.actor, people.party.public_id, "US")
        assert [one.row.subject for one in sheets.history(rows, people.lead.actor, shown)] == ["system"]
        assert day_in(shown.newest["system"].row.made_at) == TODAY
