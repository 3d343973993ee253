"""The editions on a packet's cover: printed, held against the ledger, and absent from packets of before."""

from dataclasses import replace
from datetime import date

import pytest

from portal.core import entry
from portal.core.entry import Entry
from portal.packet import contents, inside, under
from portal.packet.record import Entry as Shown
from portal.packet.report import Answer, Report
from portal.packet.sheet import Sheets
from portal.packet.under import Edition
from portal.packet.value import Words
from tests.packet import sample, sample_whole

POLICY = Edition(kind="policy", name="第3版", valid_from=date(2026, 4, 1), digest="ab" * 32)
LAW = Edition(kind="law", name="2024-12-02", valid_from=date(2024, 12, 2), digest="cd" * 32)
STATED = {"digest": sample_whole.cover().version_digest, "policy_edition": POLICY.digest, "law_edition": LAW.digest}


def signed(**facts: object) -> Shown:
    """The ledger entry of a sign-off."""
    leaf = entry.leaf(Entry(sample.NOW, 2, 1, under.SIGNED, "attestation", "a", facts=facts), 9, {})
    return Shown(index=9, leaf=leaf.decode(), meaning=Words("承認", "Signed off"), proof="")


def report_of(editions: tuple[Edition, ...], *entries: Shown) -> Report:
    """What is said of a packet with these editions on its cover and these entries besides its own."""
    whole = sample_whole.with_cover(sample_whole.contents(3, 0), editions=editions)
    report = Report()
    inside.signed_under(replace(whole, ledger=replace(
        whole.ledger, entries=(*whole.ledger.entries, *entries))), report)
    return report


@pytest.mark.parametrize(("editions", "stated", "answer"), [
    ((POLICY, LAW), STATED, Answer.WHOLE),
    ((POLICY,), STATED, Answer.WHOLE),
    ((POLICY, replace(LAW, digest="00" * 32)), STATED, Answer.CHANGED),
    ((replace(POLICY, digest="00" * 32), LAW), STATED, Answer.CHANGED),
    ((LAW,), STATED, Answer.CHANGED),
    ((POLICY, LAW), {**STATED, "digest": "11" * 32}, Answer.CHANGED),
    ((POLICY, LAW), {**STATED, "policy_edition": "11" * 32}, Answer.CHANGED),
])
def test_the_cover_names_what_the_ledger_states(editions: tuple, stated: dict, answer: Answer) -> None:
    report = report_of(editions, signed(**stated))
    assert report.answer is answer and "the editions that the cover names" in report.statements[0].words.en


def test_the_last_sign_off_of_the_version_counts() -> None:
    later = {**STATED, "policy_edition": "11" * 32}
    assert report_of((POLICY, LAW), signed(**STATED), signed(**later)).answer is Answer.CHANGED
    assert report_of((POLICY, LAW), signed(**later), signed(**STATED)).answer is Answer.WHOLE
    assert report_of((POLICY, LAW)).answer is Answer.CHANGED


def test_packets_of_before_keep_their_digest() -> None:
    plain = sample_whole.contents(3, 0)
    body = contents.canonical(plain)
    assert b'"editions"' not in body and contents.canonical(contents.read(body)) == body
    with_both = contents.canonical(sample_whole.with_cover(plain, editions=(POLICY, LAW)))
    assert contents.read(with_both).cover.editions == (POLICY, LAW)
    report = Report()
    inside.signed_under(plain, report)
    assert report.statements == []


def test_the_cover_prints_them() -> None:
    html = Sheets(sample_whole.with_cover(sample_whole.contents(3, 0), editions=(POLICY, LAW)), {}).front([]).html
    said_there = ("情報セキュリティポリシーの版", "Policy edition", "第3版", "適用開始日 2026-04-01", "規則表の版")
    for said in (*said_there, POLICY.digest):
        assert said in html
    assert "Policy edition" not in Sheets(sample_whole.contents(3, 0), {}).front([]).html
