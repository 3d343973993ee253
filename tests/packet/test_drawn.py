"""The draw inside a packet: repeated by a stranger, held against the ledger, and absent where nothing was drawn."""

from dataclasses import replace
from hashlib import sha256

import pytest

from portal.core import entry, sampling
from portal.core.entry import Entry
from portal.packet import contents, drawn, inside
from portal.packet.drawn import DrawnAnswer, Sample
from portal.packet.record import Entry as Shown
from portal.packet.report import Answer, Report
from portal.packet.sheet import Sheets
from portal.packet.value import Acted, Person, Words
from tests.packet import sample, sample_whole

SEED, DIGEST = sha256(b"seed").hexdigest(), sample_whole.cover().version_digest
ELIGIBLE = tuple(f"LAB-{number:02}" for number in range(1, 12))
DRAWN = sampling.drawn(sampling.Rule(), SEED, DIGEST, ELIGIBLE)
BLOCK = tuple(name for name in ELIGIBLE if name not in DRAWN)


def made(**changes: object) -> Sample:
    """A true sample, or one with something changed."""
    whole = Sample(
        percent=10, minimum=3, seed=SEED, version_digest=DIGEST, eligible=ELIGIBLE,
        drawn=tuple(DrawnAnswer(question=name, opened=sample.NOW, verdict="conforms") for name in DRAWN),
        accepted=BLOCK,
        by=Acted(who=Person(name="審査 一子", role=Words("審査担当", "Reviewer")), at=sample.NOW))
    return replace(whole, **changes)


def stated(**changes: object) -> Shown:
    """The ledger entry of the draw."""
    facts = {"percent": 10, "minimum": 3, "seed": SEED, "digest": DIGEST, "eligible": list(ELIGIBLE),
             "drawn": list(DRAWN), **changes}
    leaf = entry.leaf(Entry(sample.NOW, 2, 1, drawn.DRAW, "attestation", "a", facts=facts), 7, {})
    return Shown(index=7, leaf=leaf.decode(), meaning=Words("抽出の実施", "Sample drawn"), proof="")


def accepted(*questions: str) -> Shown:
    """The ledger entry of a block."""
    facts = {"version": 1, "questions": list(questions or BLOCK), "drawn": list(DRAWN)}
    leaf = entry.leaf(Entry(sample.NOW, 2, 1, drawn.BLOCK, "attestation", "a", facts=facts), 8, {})
    return Shown(index=8, leaf=leaf.decode(), meaning=Words("一括適合", "Block accepted"), proof="")


def report_of(one: Sample, *entries: Shown) -> Report:
    """What is said of a packet with this sample and these entries besides its own."""
    whole = sample_whole.contents(3, 0)
    ledger = replace(whole.ledger, entries=(*whole.ledger.entries, *entries))
    report = Report()
    inside.repeated(replace(whole, sample=one, ledger=ledger), report)
    return report


def test_a_true_draw_is_repeated() -> None:
    report = report_of(made(), stated(), accepted())
    assert report.answer is Answer.WHOLE
    assert "the same 3 of 11" in report.statements[0].words.en


@pytest.mark.parametrize("changes", [
    {"seed": sha256(b"other").hexdigest()},
    {"eligible": (*ELIGIBLE, *(f"LAB-{number}" for number in range(12, 40)))},
    {"minimum": 4},
    {"percent": 50},
    {"drawn": tuple(DrawnAnswer(question=name, opened=sample.NOW, verdict="conforms") for name in reversed(DRAWN))},
    {"accepted": DRAWN},
    {"accepted": ("LAB-99",)},
])
def test_any_other_draw_does_not_follow(changes: dict) -> None:
    one = made(**changes)
    said = stated(percent=one.percent, minimum=one.minimum, seed=one.seed, eligible=list(one.eligible),
                  drawn=[row.question for row in one.drawn])
    report = report_of(one, said, accepted(*one.accepted))
    assert report.answer is Answer.CHANGED and "follow from its seed" in report.statements[0].words.en


@pytest.mark.parametrize(("changes", "said"), [
    ({"version_digest": sha256(b"other").hexdigest()}, "of another version"),
    ({"drawn": tuple(DrawnAnswer(question=name, opened=sample.NOW, verdict="return") for name in DRAWN)}, "not pass"),
    ({"drawn": tuple(DrawnAnswer(question=name, verdict="conforms") for name in DRAWN)}, "was not opened"),
])
def test_a_block_on_a_sample_that_does_not_carry_it_is_found_out(changes: dict, said: str) -> None:
    report = report_of(made(**changes), stated(), accepted())
    assert report.answer is Answer.CHANGED and said in report.statements[0].words.en


def test_a_block_that_the_ledger_does_not_state_is_found_out() -> None:
    for entries in ((stated(),), (stated(), accepted(*BLOCK[1:])), (stated(), accepted(), accepted(*BLOCK[1:]))):
        assert "accepted as a block" in report_of(made(), *entries).statements[0].words.en
    assert report_of(made(accepted=BLOCK[1:]), stated(), accepted()).answer is Answer.WHOLE, "one was judged since"
    assert report_of(made(accepted=()), stated()).answer is Answer.WHOLE


@pytest.mark.parametrize("changes", [
    {"seed": SEED[::-1]}, {"drawn": list(DRAWN[::-1])}, {"eligible": list(DRAWN)}, {"percent": 11}, {"minimum": 2},
    {"digest": "00" * 32},
])
def test_a_draw_that_the_ledger_does_not_state_is_found_out(changes: dict) -> None:
    assert report_of(made(), stated(**changes)).answer is Answer.CHANGED
    assert report_of(made()).answer is Answer.CHANGED


def test_packets_of_before_keep_their_digest() -> None:
    plain = sample_whole.contents(3, 0)
    body = contents.canonical(plain)
    assert b'"sample"' not in body and contents.canonical(contents.read(body)) == body
    with_one = contents.canonical(replace(plain, sample=made()))
    assert contents.read(with_one).sample == made() and contents.canonical(contents.read(with_one)) == with_one
    report = Report()
    inside.repeated(plain, report)
    assert report.statements == []


def test_the_draw_is_printed_whole() -> None:
    whole = replace(sample_whole.contents(23, 0), sample=made())
    printed = {job.key: job.html for job in Sheets(whole, {}).body()}
    assert SEED[:4] in printed["outcome"] and all(name in printed["outcome"] for name in ELIGIBLE)
    assert "一括適合" in printed["answers0"]
    plain = {job.key: job.html for job in Sheets(sample_whole.contents(23, 0), {}).body()}
    assert "一括適合" not in plain["outcome"] + plain["answers0"]
