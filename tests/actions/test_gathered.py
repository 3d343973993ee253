"""What a packet says, gathered from the rows: editions and tree as of the sign-off, the same for each audience."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.actions import consent, findings, review
from portal.core.readable import day_in
from portal.models import Attestation, Edition, Finding, Packet
from portal.packet import contents, inside
from portal.packet.gather import Means, gather
from portal.packet.record import Seal
from portal.packet.report import Answer, Report
from portal.packet.sheet import Sheets
from portal.packet.value import Words
from portal.store import keys
from portal.store.cellar import Cellar
from tests import reentrusted as lent
from tests.actions import flow
from tests.actions.test_editions import kept, loaded
from tests.cast import Cast
from tests.conftest import Clock

SEAL = Seal(signer="x", fingerprint="0", authority="x", level="x")


def gathered(cellar: Cellar, attestation: str) -> dict[str, contents.Contents]:
    """The contents of an attestation's packets by audience, as its job gathers them."""
    note = cellar.checkpoint()
    means = Means(cellar.catalogue, "https://portal.example", SEAL,
                  keys.log_key(cellar.settings.keys), note)
    with cellar.read() as rows:
        packets = rows.scalars(sa.select(Packet).join(Attestation, Attestation.id == Packet.attestation_id)
                               .where(Attestation.public_id == attestation)).all()
        return {packet.audience: gather(rows, packet, means).contents for packet in packets}


def test_the_cover_names_the_editions_of_the_sign_off(cellar: Cellar, people: Cast) -> None:
    before = flow.signed_off(cellar, people, "LAB")
    edition = kept(cellar, people, loaded())
    after = flow.signed_off(cellar, people, "ITO")
    assert all(b'"editions"' not in contents.canonical(one) for one in gathered(cellar, before).values())
    with cellar.read() as rows:
        row = rows.get_one(Edition, edition)
    assert row.valid_from <= day_in(cellar.clock())
    found = gathered(cellar, after)
    assert set(found) == {"internal", "party"}
    for one in found.values():
        assert [(named.kind, named.name, named.valid_from, named.digest) for named in one.cover.editions] == [
            ("policy", row.name, row.valid_from, row.digest)]
        report = Report()
        inside.signed_under(one, report)
        assert report.answer is Answer.WHOLE and len(report.statements) == 1


def test_the_tree_of_reentrustment_is_that_of_the_sign_off(cellar: Cellar, people: Cast, clock: Clock) -> None:
    under = lent.contract(cellar, people)
    first = lent.consented(cellar, people, under)
    below = replace(lent.SAID, name_ja="テスト計算機", name_en="", country="US", under=first)
    lent.consented(cellar, people, under, below)
    lent.sent(cellar, people, under, replace(lent.SAID, name_ja="申請中の会社"))
    lent.drafted(cellar, people, under, replace(lent.SAID, name_ja="下書きの会社"))
    attestation = flow.signed_off(cellar, people, "LAB")
    clock.forward(days=7)
    with cellar.work() as work:
        consent.revoke(work, people.approver.actor, lent.row(work, first), "管理の不備")
    for one in gathered(cellar, attestation).values():
        chain = one.party.chain
        assert [(body.tier, body.name, body.standing.ja) for body in chain] == [
            (2, Words("例示データ入力株式会社", "Reiji Data Entry"), "開始前"), (3, Words("テスト計算機"), "開始前")]
        assert [body.country for body in chain] == [Words("日本 (JP)", "Japan (JP)"),
                                                    Words("アメリカ合衆国 (US)", "United States (US)")]
        assert {(body.way.en, body.given, body.until) for body in chain} == {
            ("Consent", date(2026, 11, 25), lent.ENDS)}
        assert len({body.consent for body in chain}) == 2 and all("-2026-" in body.consent for body in chain)
        printed = next(job.html for job in Sheets(one, {}).body() if job.key == "overview")
        assert all(said in printed for said in ("Reiji Data Entry", "テスト計算機", "United States", chain[1].consent))
        assert "申請中の会社" not in printed and "下書きの会社" not in printed


def test_what_was_listed_has_the_day_of_its_report(cellar: Cellar, people: Cast) -> None:
    under = lent.contract(cellar, people, "free", items=("name",))
    lent.sent(cellar, people, under)
    attestation = flow.signed_off(cellar, people, "LAB")
    for one in gathered(cellar, attestation).values():
        assert [(body.way.ja, body.given) for body in one.party.chain] == [("届出", date(2026, 11, 25))]


@pytest.mark.parametrize(("days", "is_open"), [(0, False), (1, True)])
def test_an_accepted_risk_past_its_day_is_open_in_a_packet(
        cellar: Cellar, people: Cast, clock: Clock, days: int, is_open: bool) -> None:
    found = review.Judgement("LAB-09", "finding", comment="記録がない。", severity="high", due_on=flow.later(30))
    public_id = flow.signed_off(cellar, people, LAB_09=found)
    until = day_in(clock()) + timedelta(days=20)
    with cellar.work() as work:
        findings.accept_risk(work, people.approver.proven, work.rows.scalars(sa.select(Finding)).one(), "限定的", until)
    clock.forward(days=20 + days)
    with cellar.work() as work:
        work.rows.execute(sa.update(Packet).values(as_of=work.now()))  # as if they were asked for that day
    assert {tuple(one.open for one in told.findings) for told in gathered(cellar, public_id).values()} == {(is_open,)}
