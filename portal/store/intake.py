"""Intake: what the portal makes of a file, parsing and virus scan together, before anybody opens it."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from portal.core.evidence.kinds import LIMITS, Limits
from portal.core.evidence.verdicts import Reason, Verdict
from portal.store.examine import Examined, examine
from portal.store.scanner import Scan, Scanner, ScanState, Unscanned, not_scanned, together


class Intake(NamedTuple):
    """A file's examination and scan."""

    examined: Examined
    scan: Scan

    @property
    def verdict(self) -> Verdict:
        """Refused if infected; otherwise what the examination says. A file not scanned is held, not judged."""
        return Verdict.REFUSED if self.scan.state is ScanState.INFECTED else self.examined.verdict

    @property
    def reason(self) -> Reason | None:
        """The reason to show first, or nothing."""
        infected = self.scan.state is ScanState.INFECTED
        return Reason.INFECTED if infected else self.examined.reason

    @property
    def held(self) -> bool:
        """Whether nobody at JMDP may open it yet, because no scanner has called it clean."""
        return self.scan.state is not ScanState.CLEAN


def take(path: Path, name: str, scanner: Scanner, limits: Limits = LIMITS) -> Intake:
    """Judge a file sent under a name, and scan it with each file found inside it; never raises for its content."""
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        examined = examine(path, name, Path(folder), limits)
        if examined.verdict is Verdict.REFUSED:
            return Intake(examined, scanner.scan(path))
        scans = [scanner.scan(path), *(scanner.scan(Path(inside.path)) for inside in examined.embedded)]
        if Reason.PDF_PASSWORD in examined.reasons:
            scans.append(not_scanned(Unscanned.SKIPPED))
        return Intake(examined, together(scans))


def inspect_files(paths: Iterable[str | Path], scanner: Scanner | None = None) -> dict[str, dict[str, object]]:
    """Give for each path what intake makes of it: kind, verdict, reason (or null), seconds, scan.

    A path that cannot be read is refused with the reason "unreadable".
    """
    looked: dict[str, dict[str, object]] = {}
    for path in map(Path, paths):
        if not path.is_file():
            looked[str(path)] = {"kind": None, "verdict": Verdict.REFUSED.value, "reason": "unreadable", "seconds": 0.0}
            continue
        found = take(path, path.name, scanner or Scanner())
        looked[str(path)] = {
            "kind": found.examined.kind and found.examined.kind.value,
            "verdict": found.verdict.value,
            "reason": found.reason and found.reason.value,
            "seconds": found.examined.seconds,
            "scan": found.scan.state.value,
        }
    return looked
