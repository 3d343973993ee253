"""What is asked of an examining child and what it reports, as JSON that both sides check."""

from pathlib import Path

import msgspec

from portal.core.evidence.kinds import LIMITS, Kind, Limits
from portal.core.evidence.verdicts import Reason, Verdict, verdict_of

TEXT = 100_000
"""Characters of a file's own text that are kept for search."""


class Ask(msgspec.Struct, frozen=True):
    """A task for a child: the file, the name it was sent under, and a folder it may write to, if any."""

    task: str
    path: str
    name: str = ""
    folder: str = ""
    kind: Kind | None = None
    first: int = 1
    count: int = 1
    dpi: int = 150
    program: str = ""
    limits: Limits = LIMITS

    @property
    def file(self) -> Path:
        """The file to look at."""
        return Path(self.path)


class Embedded(msgspec.Struct, frozen=True):
    """A file found inside a file: its name there, its bytes, and where it was written, if it was."""

    name: str
    size: int
    path: str = ""


class Report(msgspec.Struct, kw_only=True):
    """What parsing showed; a later report of the same child replaces an earlier one."""

    kind: Kind | None = None
    reasons: list[Reason] = []
    pages: int | None = None
    findings: dict[str, int] = {}
    embedded: list[Embedded] = []
    text: str = ""

    @property
    def verdict(self) -> Verdict:
        """What the reasons amount to."""
        return verdict_of(self.reasons)

    def add(self, *reasons: Reason) -> None:
        """Add reasons not yet given."""
        self.reasons = list(dict.fromkeys([*self.reasons, *reasons]))


class Picture(msgspec.Struct, frozen=True):
    """One page as an image: its number from 1, the file, and its size in pixels."""

    number: int
    path: str
    width: int
    height: int


class Refused(Exception):
    """Raised while parsing when the file cannot be taken, with the reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
