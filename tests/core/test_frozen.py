"""Submitted versions: one form, one digest, and what changed between two."""

from msgspec.structs import replace

from portal.core import frozen
from portal.core.frozen import Frozen, FrozenAnswer, FrozenEvidence

FILE = FrozenEvidence("e1", "a" * 64, "規程.pdf", 10, "application/pdf")
FIRST = Frozen("A-2026-0001", 1, "PTY-001", "LAB", 1, "b" * 64, (
    FrozenAnswer("LAB-01", {"choice": "yes"}, by=3, at="2026-11-25T01:00:00.000000Z", evidence=(FILE,)),
    FrozenAnswer("LAB-02", {"choice": "no"}, "理由"),
))


def test_a_version_reads_back_and_every_field_counts() -> None:
    body = frozen.write(FIRST)
    assert frozen.read(body) == FIRST
    assert frozen.write(frozen.read(body)) == body
    assert frozen.digest(frozen.write(replace(FIRST, number=2))) != frozen.digest(body)


def test_changed_names_what_was_said_otherwise() -> None:
    first, second = FIRST.answers
    assert frozen.changed(FIRST, FIRST) == set()
    confirmed = replace(FIRST, answers=(replace(first, by=9, confirmed="v1"), second))
    assert frozen.changed(FIRST, confirmed) == set()
    renewed = replace(FIRST, answers=(replace(first, evidence=(replace(FILE, digest="c" * 64),)), second))
    assert frozen.changed(FIRST, renewed) == {"LAB-01"}
    assert frozen.changed(FIRST, replace(FIRST, answers=(replace(first, comment="x"),))) == {"LAB-01", "LAB-02"}
