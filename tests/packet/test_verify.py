"""The offline proof: whole is whole, every changed byte and every addition is found, and doubt is told as doubt."""

import random
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import NameObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

from portal.core.checkpoint import LogKey
from portal.packet import inside, paper
from portal.packet.authority import open_authority
from portal.packet.report import Answer, Report
from portal.packet.seal import LoadedSigner, Sealer
from portal.packet.verify import Trust, verify_bytes, verify_file
from tests.house import ROOT
from tests.packet import sample, sample_whole
from tests.packet.sample import DAY, NOW

KEY = LogKey.parse(sample.ledger().key)


def said(report: Report, state: str) -> str:
    """Give what was said under one state, in English."""
    return "\n".join(one.words.en for one in report.statements if one.state == state)


def test_a_sealed_packet_is_whole(sealed, trust, tmp_path: Path) -> None:
    (tmp_path / "p.pdf").write_bytes(sealed.pdf)
    report = verify_file(tmp_path / "p.pdf", trust, NOW)
    assert report.answer is Answer.WHOLE, report.lines()
    assert "12 evidence files" in said(report, "holds")
    assert "3 ledger entries" in said(report, "holds")
    assert all(" / " in line for line in report.lines())


def test_printed_fingerprints_are_enough(sealed, authority) -> None:
    pinned = Trust(fingerprints=frozenset([authority.fingerprint]), ledger_fingerprint=KEY.fingerprint.upper())
    assert verify_bytes(sealed.pdf, pinned, NOW).answer is Answer.WHOLE


def test_without_a_pin_it_is_not_judged(sealed, authority) -> None:
    for pinned, missing in (
        (Trust(), authority.fingerprint),
        (Trust(roots=(authority.root.der,)), KEY.fingerprint),
        (Trust(ledger_key=KEY), authority.fingerprint),
    ):
        report = verify_bytes(sealed.pdf, pinned, NOW)
        assert report.answer is Answer.UNJUDGED
        assert missing in said(report, "unknown")


def test_decades_later_it_is_still_whole(sealed, trust) -> None:
    report = verify_bytes(sealed.pdf, trust, NOW + 40 * 365 * DAY)
    assert report.answer is Answer.WHOLE
    assert "ended on" in said(report, "note")


def test_any_changed_byte_is_found(sealed, trust) -> None:
    dice = random.Random(20261122)
    for _ in range(160):
        bent = bytearray(sealed.pdf)
        place = dice.randrange(len(bent))
        bent[place] ^= dice.randrange(1, 256)
        assert verify_bytes(bytes(bent), trust, NOW).answer is Answer.CHANGED, place


def test_what_was_appended_is_found(sealed, trust) -> None:
    for tail in (b"\n", b"%\n", b"\0" * 9, sealed.pdf[-700:]):
        assert verify_bytes(sealed.pdf + tail, trust, NOW).answer is Answer.CHANGED
    assert verify_bytes(b"\n" + sealed.pdf, trust, NOW).answer is Answer.CHANGED
    assert verify_bytes(sealed.pdf[:-1], trust, NOW).answer is Answer.CHANGED


def shadow(pdf: bytes) -> IncrementalPdfFileWriter:
    """Give an update in which the second page shows something else, as a shadow attack would."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][1].get_object()
    page[NameObject("/Contents")] = writer.add_object(StreamObject(stream_data=b"0 0 300 300 re f"))
    writer.update_container(page)
    return writer


def test_a_shadow_is_found_signed_or_not(sealed, trust, authority) -> None:
    plain, signed = BytesIO(), BytesIO()
    shadow(sealed.pdf).write(plain)
    assert verify_bytes(plain.getvalue(), trust, NOW).answer is Answer.CHANGED
    meta = PdfSignatureMetadata(field_name="Later", md_algorithm="sha256")
    sign_pdf(shadow(sealed.pdf), meta, LoadedSigner(authority.seal, []), output=signed)
    assert verify_bytes(signed.getvalue(), trust, NOW).answer is Answer.CHANGED


def test_people_may_sign_afterwards(sealed, trust, authority, verapdf, tmp_path: Path) -> None:
    sealer = Sealer(authority, lambda: NOW + DAY)
    once = sealer.countersign(sealed.pdf, authority.enrol("審査 花子", NOW), "Reviewer")
    twice = sealer.countersign(once.pdf, authority.enrol("承認 一郎", NOW), "Approver")
    report = verify_bytes(twice.pdf, trust, NOW + DAY)
    assert report.answer is Answer.WHOLE, report.lines()
    assert "審査 花子" in said(report, "holds")
    assert "承認 一郎" in said(report, "holds")
    (tmp_path / "p.pdf").write_bytes(twice.pdf)
    assert verapdf(tmp_path / "p.pdf") == []
    dice = random.Random(7)
    for _ in range(40):
        bent = bytearray(twice.pdf)
        bent[dice.randrange(len(sealed.pdf), len(bent))] ^= dice.randrange(1, 256)
        assert verify_bytes(bytes(bent), trust, NOW).answer is Answer.CHANGED
    assert verify_bytes(once.pdf, trust, NOW).answer is Answer.WHOLE


def test_another_seal_is_no_seal_of_the_house(printed, trust, authority, tmp_path: Path) -> None:
    stranger = open_authority(tmp_path / "keys", "日本骨髄バンク（見本）", NOW)
    forged = Sealer(stranger, lambda: NOW).seal(printed.pdf).pdf
    named = replace(trust, roots=(), fingerprints=frozenset([authority.fingerprint]))
    for pinned in (trust, named):
        assert verify_bytes(forged, pinned, NOW).answer is Answer.CHANGED
    assert verify_bytes(forged, Trust(ledger_key=KEY), NOW).answer is Answer.UNJUDGED


def test_another_ledger_key_is_found(sealed, trust) -> None:
    other = LogKey(KEY.name, bytes(32))
    assert verify_bytes(sealed.pdf, replace(trust, ledger_key=other), NOW).answer is Answer.CHANGED
    wrong = replace(trust, ledger_key=None, ledger_fingerprint="0" * 64)
    assert verify_bytes(sealed.pdf, wrong, NOW).answer is Answer.CHANGED


def test_what_cannot_be_judged_says_why(printed, trust, tmp_path: Path) -> None:
    for data in (b"", b"no pdf", b"%PDF-1.7\n%%EOF", printed.pdf):
        report = verify_bytes(data, trust, NOW)
        assert report.answer is Answer.UNJUDGED
        assert said(report, "unknown")
    assert verify_file(tmp_path / "absent.pdf", trust, NOW).answer is Answer.UNJUDGED


def bent_inside(pdf: bytes, change) -> Report:
    """Give what is said of the attachments after a change to the name tree, the seal left aside."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        names = opened.Root.Names.EmbeddedFiles.Names
        change(opened, {str(names[at]): names[at + 1] for at in range(0, len(names), 2)}, names)
        output = BytesIO()
        opened.save(output)
    report = Report()
    inside.check(output.getvalue(), KEY, "", report)
    return report


@pytest.mark.parametrize(
    "name",
    ["001_evidence.pdf", paper.MANIFEST, paper.EVENTS, paper.CHECKPOINT, paper.KEY, "14.tlog-proof"],
)
def test_a_changed_attachment_is_named(name: str, printed) -> None:
    def change(opened: pikepdf.Pdf, files: dict, _: object) -> None:
        data = files[name].EF.F.read_bytes()
        files[name].EF.F = opened.make_stream(data.replace(b"1", b"2", 1) if b"1" in data else data + b" ")

    report = bent_inside(printed.pdf, change)
    assert report.answer is not Answer.WHOLE
    assert "manifest" in said(report, "changed") + said(report, "unknown")


def test_a_missing_or_added_attachment_is_named(printed) -> None:
    def drop(_: pikepdf.Pdf, files: dict, names: pikepdf.Array) -> None:
        at = list(files).index("003_evidence.pdf")
        del names[2 * at + 1], names[2 * at]

    def add(_: pikepdf.Pdf, files: dict, names: pikepdf.Array) -> None:
        names.extend([pikepdf.String("extra.pdf"), files["001_evidence.pdf"]])

    assert "003_evidence.pdf" in said(bent_inside(printed.pdf, drop), "changed")
    assert "extra.pdf" in said(bent_inside(printed.pdf, add), "changed")


def test_a_proof_of_another_entry_does_not_hold() -> None:
    contents = sample.ledger()
    swapped = replace(contents.entries[0], leaf=contents.entries[1].leaf)
    report = Report()
    bent = replace(sample_whole.contents(3, 0), ledger=replace(contents, entries=(swapped,)))
    inside.proofs(bent, KEY, "", report)
    assert "does not hold" in said(report, "changed")


def test_it_needs_no_database_and_no_web() -> None:
    """What the verifier imports, in a process of its own."""
    code = "import sys, portal.packet.verify; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not {"flask", "sqlalchemy", "weasyprint", "socketserver"} & set(told.split())
