"""Findings are carried to their end by two sides and two people; every refusal leaves what stood."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.actions import findings, intake, review, risks
from portal.actions.findings import Found
from portal.core.actor import SYSTEM
from portal.core.errors import Incomplete, NeedsStepUp, NotAllowed, NotFound, NotNow
from portal.core.readable import day_in
from portal.core.risk import Rating
from portal.models import Finding, FindingEvidence, LedgerEntry, Mail, Party
from portal.queries import findings as asked
from portal.store.cellar import Cellar
from portal.store.work import Work
from tests.actions import flow
from tests.cast import Cast
from tests.conftest import Clock
from tests.world import pdf

DUE = date(2026, 12, 28)


def opened(cellar: Cellar, cast: Cast) -> int:
    """A finding opened by hand; gives its key."""
    with cellar.work() as work:
        party = work.rows.get_one(Party, cast.party.id)
        return findings.raise_finding(work, cast.reviewer.actor, party, Found("鍵の管理台帳がない。", "high", DUE)).id


def row(work: Work, key: int) -> Finding:
    """The finding within an act."""
    return work.rows.get_one(Finding, key)


def corrected(cellar: Cellar, cast: Cast, key: int) -> None:
    """Plan, agreement, a file that shows it and the report."""
    with cellar.work() as work:
        findings.plan(work, cast.clerk.actor, row(work, key), "台帳を作ります。")
    with cellar.work() as work:
        findings.agree(work, cast.reviewer2.actor, row(work, key), DUE + timedelta(days=10))
    blob = cellar.blobs.keep(cast.party.public_id, io.BytesIO(pdf("台帳の写し")))
    with cellar.work() as work:
        file = intake.receive(work, cast.clerk.actor, work.rows.get_one(Party, cast.party.id),
                              intake.Arrived("台帳.pdf", blob.digest, blob.size))
        work.rows.flush()
        findings.link(work, cast.clerk.actor, row(work, key), file)
        findings.deliver(work, cast.clerk.actor, row(work, key), "12月1日に作りました。")


def told(cellar: Cellar, kind: str) -> list[str]:
    """Whom the letters of an occasion went to."""
    with cellar.read() as rows:
        return list(rows.scalars(sa.select(Mail.recipient).where(Mail.kind == kind).order_by(Mail.id)))


def test_a_finding_goes_its_way_and_a_second_person_closes_it(cellar: Cellar, people: Cast) -> None:
    key = opened(cellar, people)
    corrected(cellar, people, key)
    both = replace(people.reviewer2.actor, roles=people.reviewer2.actor.roles | people.approver.actor.roles)
    with pytest.raises(NotAllowed), cellar.work() as work:
        findings.verify(work, both, row(work, key), "見ました。")
    with cellar.work() as work:
        findings.verify(work, people.approver.actor, row(work, key), "台帳の写しを確認しました。")
    with cellar.read() as rows:
        found = rows.get_one(Finding, key)
        assert (found.state, found.due_on, found.reply) == ("verified", DUE + timedelta(days=10),
                                                            "台帳の写しを確認しました。")
        assert found.closed_at is not None
        events = list(rows.scalars(sa.select(LedgerEntry.event).where(LedgerEntry.noun == "finding")
                                   .order_by(LedgerEntry.id)))
    assert events == [f"finding.{name}" for name in (
        "opened", "plan", "agree", "evidence_linked", "deliver", "verify")]
    assert told(cellar, "finding") == ["officer@example.jp", "clerk@example.jp"] * 3
    assert told(cellar, "finding_desk") == ["reviewer@example.jp"] * 2


def test_a_plan_is_rejected_and_a_correction_reopened_with_reasons(cellar: Cellar, people: Cast) -> None:
    key = opened(cellar, people)
    with cellar.work() as work:
        findings.plan(work, people.officer.actor, row(work, key), "検討します。")
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        findings.reject_plan(work, people.reviewer.actor, row(work, key), " ")
    assert set(refused.value.fields) == {"reason"}
    with cellar.work() as work:
        findings.reject_plan(work, people.reviewer.actor, row(work, key), "いつまでにかが分かりません。")
    corrected(cellar, people, key)
    with cellar.work() as work:
        findings.reopen(work, people.reviewer.actor, row(work, key), "写しが読めません。")
    with cellar.read() as rows:
        found = rows.get_one(Finding, key)
        assert (found.state, found.reply, found.closed_at) == ("agreed", "写しが読めません。", None)


def test_a_risk_is_accepted_until_a_day_and_goes_stale(cellar: Cellar, people: Cast, clock: Clock) -> None:
    key = opened(cellar, people)
    party = people.party.id
    with cellar.work() as work:
        risks.rate(work, people.lead.actor, work.rows.get_one(Party, party),
                   risks.Rated(Rating(3, 3), Rating(2, 2), "x"))
    until = day_in(clock()) + timedelta(days=90)
    with pytest.raises(Incomplete), cellar.work() as work:
        findings.accept_risk(work, people.approver.proven, row(work, key), "影響が限られる", day_in(clock()))
    with pytest.raises(NotAllowed), cellar.work() as work:
        findings.accept_risk(work, people.lead.actor, row(work, key), "影響が限られる", until)
    with pytest.raises(NeedsStepUp), cellar.work() as work:
        findings.accept_risk(work, people.approver.actor, row(work, key), "影響が限られる", until)
    clock.forward(hours=1)
    with cellar.work() as work:
        findings.accept_risk(work, people.approver.proven, row(work, key), "影響が限られる", until)
    public_id = stale(cellar, people, key, "", until)
    stale(cellar, people, key, "expired", until + timedelta(days=1))
    clock.forward(hours=1)
    with cellar.work() as work:
        risks.rate(work, people.lead.actor, work.rows.get_one(Party, party),
                   risks.Rated(Rating(3, 3), Rating(2, 3), "y"))
    stale(cellar, people, key, "rating_changed", until)
    with cellar.read() as rows:
        today = until + timedelta(days=1)
        found = asked.listing(rows, people.lead.actor, asked.Wanted(today, "expired"))
        assert [one.finding.public_id for one in found] == [public_id]
        assert asked.counts(rows, people.lead.actor, today) == {
            "running": 0, "overdue": 0, "expired": 1}


def stale(cellar: Cellar, cast: Cast, key: int, why: str, today: date) -> str:
    """Hold what the page says of an acceptance to what is wanted; gives the public id."""
    with cellar.read() as rows:
        public_id = rows.get_one(Finding, key).public_id
        assert asked.shown(rows, cast.lead.actor, public_id, today).stale == why
        return public_id


@pytest.mark.parametrize("field", ["fact", "severity", "due_on"])
def test_a_finding_by_hand_is_whole(cellar: Cellar, people: Cast, field: str) -> None:
    wrong = {"fact": " ", "severity": "grave", "due_on": date(2026, 1, 1)}
    said = replace(Found("鍵", "high", DUE), **{field: wrong[field]})
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        findings.raise_finding(work, people.reviewer.actor, work.rows.get_one(Party, people.party.id), said)
    assert set(refused.value.fields) == {field}
    with pytest.raises(NotAllowed), cellar.work() as work:
        findings.raise_finding(work, people.lead.actor, work.rows.get_one(Party, people.party.id),
                               Found("鍵", "high", DUE))


def test_files_of_the_same_party_until_it_is_reported(cellar: Cellar, people: Cast) -> None:
    key = opened(cellar, people)
    blob = cellar.blobs.keep(people.party.public_id, io.BytesIO(pdf("台帳")))
    with cellar.work() as work:
        file = intake.receive(work, people.clerk.actor, work.rows.get_one(Party, people.party.id),
                              intake.Arrived("台帳.pdf", blob.digest, blob.size))
        work.rows.flush()
        for _ in range(2):
            findings.link(work, people.clerk.actor, row(work, key), file)
        intake.settle(work, SYSTEM, file, intake.Looked("pdf", "accepted", (), "clean", "", 1, ""))
    with pytest.raises(NotFound), cellar.work() as work:
        findings.link(work, people.stranger.actor, row(work, key), file)
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).select_from(FindingEvidence)) == 1
    corrected(cellar, people, key)
    with pytest.raises(NotNow), cellar.work() as work:
        findings.link(work, people.clerk.actor, row(work, key), file)


def test_the_same_question_found_again_is_told(cellar: Cellar, people: Cast, clock: Clock) -> None:
    bad = review.Judgement("LAB-03", "finding", "鍵がない", severity="high", due_on=DUE)
    flow.signed_off(cellar, people, LAB_03=bad)
    with cellar.read() as rows:
        first = rows.scalars(sa.select(Finding)).one()
    with cellar.work() as work:
        again = Finding(number="F-9", party_id=first.party_id, question=first.question, severity="high", fact="x",
                        due_on=DUE, opened_by_id=first.opened_by_id, opened_at=work.now(), reviewer_ids=[])
        work.rows.add(again)
    with cellar.read() as rows:
        found = asked.listing(rows, people.lead.actor, asked.Wanted(DUE + timedelta(days=1), "overdue"))
        assert [(one.finding.number, one.earlier) for one in found] == [(first.number, 0), ("F-9", 1)]
        last = rows.scalars(sa.select(Finding).where(Finding.number == "F-9")).one()
        shown = asked.shown(rows, people.lead.actor, last.public_id, DUE)
        assert [one.number for one in shown.earlier] == [first.number]
        months = asked.by_month(rows, people.lead.actor, day_in(clock()))
        assert (len(months), months[-1][1:]) == (12, (2, 0, 2))
    clock.forward(days=40)
    with cellar.work() as work:
        findings.accept_risk(work, people.approver.proven, row(work, last.id), "影響が限られる", flow.later(200))
    with cellar.read() as rows:
        months = asked.by_month(rows, people.lead.actor, day_in(clock()))
        assert [month[1:] for month in months[-3:]] == [(2, 0, 2), (0, 0, 2), (0, 1, 1)]
