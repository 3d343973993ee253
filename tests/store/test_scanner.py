"""The scanner, a real one with one signature: clean is said only of what was looked at to its end."""

import random
import signal
from pathlib import Path

import pytest

from portal.core.evidence.verdicts import Reason, Verdict
from portal.store.intake import inspect_files, take
from portal.store.scanner import CLEAN, Scan, Scanner, ScanState, Unscanned, not_scanned, together
from tests import hostile, hostile_office, hostile_pdf, peers


@pytest.fixture
def scanner(clamd: peers.Clamd) -> Scanner:
    """The scanner by its port."""
    return Scanner(f"clamd://127.0.0.1:{clamd.port}", limit=12 << 20, timeout=20)


def put(folder: Path, name: str, data: bytes) -> Path:
    """A file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path


def test_says_clean_and_infected(tmp_path: Path, scanner: Scanner, clamd: peers.Clamd) -> None:
    for one in (scanner, Scanner(f"unix://{clamd.socket}"), Scanner(f"clamd://{clamd.socket}")):
        assert one.scan(put(tmp_path, "clean", b"nothing here")) == CLEAN
        found = one.scan(put(tmp_path, "eicar", hostile.EICAR))
        assert (found.state, "Eicar" in found.virus) == (ScanState.INFECTED, True)
        assert one.scan(put(tmp_path, "empty", b"")) == CLEAN
        assert (one.version() or "").startswith("ClamAV")


def test_what_it_would_skip_is_not_clean(tmp_path: Path, scanner: Scanner, clamd: peers.Clamd) -> None:
    assert scanner.scan(put(tmp_path, "over-ours", bytes(13 << 20))) == not_scanned(Unscanned.TOO_LARGE)
    assert scanner.scan(put(tmp_path, "over-its", bytes(9 << 20))) == not_scanned(Unscanned.SKIPPED)
    patient = Scanner(f"clamd://127.0.0.1:{clamd.port}", limit=1 << 30)
    assert patient.scan(put(tmp_path, "over-stream", bytes(20 << 20))).state is ScanState.NOT_SCANNED


def test_no_scanner_and_a_dead_one_are_not_clean(tmp_path: Path) -> None:
    path = put(tmp_path, "clean", b"nothing here")
    assert Scanner().scan(path) == not_scanned(Unscanned.NO_SCANNER)
    [port] = peers.free_ports(1)
    dead = Scanner(f"clamd://127.0.0.1:{port}")
    assert (dead.scan(path), dead.version()) == (not_scanned(Unscanned.NO_ANSWER), None)


def test_a_hanging_scanner_is_not_waited_for(tmp_path: Path, scanner: Scanner, clamd: peers.Clamd) -> None:
    hasty = Scanner(f"clamd://127.0.0.1:{clamd.port}", timeout=1)
    clamd.process.send_signal(signal.SIGSTOP)
    try:
        assert hasty.scan(put(tmp_path, "clean", b"x")) == not_scanned(Unscanned.NO_ANSWER)
    finally:
        clamd.process.send_signal(signal.SIGCONT)
    assert scanner.scan(tmp_path / "clean") == CLEAN


def test_addresses_are_checked() -> None:
    for address in ("localhost:3310", "tcp://127.0.0.1:3310", "clamd://", "clamd://host:1/path"):
        with pytest.raises(ValueError, match="must be"):
            Scanner(address)


def test_one_answer_for_a_file_and_its_inside() -> None:
    infected, unknown = Scan(ScanState.INFECTED, "v"), not_scanned(Unscanned.SKIPPED)
    assert together([CLEAN, unknown, infected]) == infected
    assert together([CLEAN, unknown]) == unknown
    assert together([CLEAN, CLEAN]) == CLEAN
    assert together([]).state is ScanState.NOT_SCANNED


def test_a_virus_inside_a_pdf_or_office_file_is_found(tmp_path: Path, scanner: Scanner) -> None:
    inside = {"word/embeddings/oleObject1.bin": hostile.EICAR}
    for name, data in (
        ("letter.pdf", hostile_pdf.with_embedded(hostile.EICAR)),
        ("letter.docx", hostile_office.archive(hostile_office.DOCX.parts(more=inside))),
    ):
        found = take(put(tmp_path, name, data), name, scanner)
        assert (found.verdict, found.reason, found.held) == (Verdict.REFUSED, Reason.INFECTED, True)


def test_a_sealed_pdf_is_held(tmp_path: Path, scanner: Scanner) -> None:
    path = put(tmp_path, "sealed", hostile_pdf.encrypted(user="secret"))
    found = take(path, "sealed.pdf", scanner)
    assert (found.verdict, found.held) == (Verdict.FLAGGED, True)


def test_inspect_tells_each_file(tmp_path: Path, scanner: Scanner) -> None:
    good = put(tmp_path, "good.pdf", hostile_pdf.real_pdf(random.Random(1)))
    bad, lie = put(tmp_path, "bad.txt", hostile.EICAR), put(tmp_path, "lie.png", b"<svg>")
    told = inspect_files([good, str(bad), lie, tmp_path / "absent.pdf"], scanner)
    short = {Path(path).name: (one["kind"], one["verdict"], one["reason"]) for path, one in told.items()}
    assert short == {
        "good.pdf": ("pdf", "accepted", None), "bad.txt": ("txt", "refused", "infected"),
        "lie.png": ("png", "refused", "markup"), "absent.pdf": (None, "refused", "unreadable"),
    }
    assert all(set(one) >= {"kind", "verdict", "reason", "seconds"} for one in told.values())
    assert inspect_files([good])[str(good)]["scan"] == "not_scanned"
