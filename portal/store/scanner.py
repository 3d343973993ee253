"""The virus scanner: clamd over a socket, with three answers of which "clean" is never the default."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import urlsplit

from clamav_client.clamd import BufferTooLongError, ClamdError, ClamdNetworkSocket, ClamdUnixSocket

SKIPPED = re.compile(r"(?i)^Heuristics\.(Limits\.Exceeded|Encrypted)")
"""Names under which clamd tells that it did not look inside: no virus, but not clean either."""


class ScanState(StrEnum):
    """What the scanner says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


class Unscanned(StrEnum):
    """Why a file was not scanned, or not to its end."""

    NO_SCANNER = "no_scanner"
    NO_ANSWER = "no_answer"
    TOO_LARGE = "too_large"
    SKIPPED = "skipped"


class Scan(NamedTuple):
    """A scan's state, with the virus's name if infected and the reason if not scanned."""

    state: ScanState
    virus: str = ""
    reason: Unscanned | None = None


CLEAN = Scan(ScanState.CLEAN)


def not_scanned(reason: Unscanned) -> Scan:
    """Give the answer for a file that was not looked at."""
    return Scan(ScanState.NOT_SCANNED, reason=reason)


class Scanner:
    """A clamd at `clamd://host:port` or `unix:///socket`, or none where the address is empty.

    `limit` is the largest file (bytes) that clamd's own StreamMaxLength, MaxFileSize and MaxScanSize let it
    scan whole: a larger one is not sent, since clamd would call what it skips clean.
    """

    def __init__(self, address: str = "", limit: int = 100 << 20, timeout: float = 120.0) -> None:
        """Take the address, the limit in bytes, and seconds to wait; raises ValueError for another address."""
        parts = urlsplit(address)
        named = bool(parts.hostname) != bool(parts.path.strip("/"))
        if address and (parts.scheme not in ("clamd", "unix") or not named):
            raise ValueError("the scanner's address must be clamd://host:port or unix:///path/of/socket")
        self._parts = parts
        self._timeout = timeout
        self.limit = limit

    @property
    def present(self) -> bool:
        """Whether an address is set at all."""
        return bool(self._parts.scheme)

    def version(self) -> str | None:
        """Give what clamd says of itself and its signatures' date, or nothing if it does not answer."""
        try:
            with self._client() as client:
                return client.version().strip() if self.present else None
        except (ClamdError, OSError, UnicodeDecodeError):
            return None

    def scan(self, path: Path) -> Scan:
        """Scan one file; never raises for anything the scanner does."""
        if not self.present:
            return not_scanned(Unscanned.NO_SCANNER)
        if path.stat().st_size > self.limit:
            return not_scanned(Unscanned.TOO_LARGE)
        with path.open("rb") as file:
            return self._send(file)

    def _send(self, file: BinaryIO) -> Scan:
        try:
            with self._client() as client:
                answer = client.instream(file)
        except BufferTooLongError:
            return not_scanned(Unscanned.TOO_LARGE)
        except (ClamdError, OSError, UnicodeDecodeError):
            return not_scanned(Unscanned.NO_ANSWER)
        status, virus = answer.get("stream", ("", None))
        if status == "FOUND":
            name = str(virus or "")
            return not_scanned(Unscanned.SKIPPED) if SKIPPED.match(name) else Scan(ScanState.INFECTED, name)
        return CLEAN if status == "OK" else not_scanned(Unscanned.NO_ANSWER)

    @contextmanager
    def _client(self) -> Iterator[ClamdNetworkSocket]:
        client = (
            ClamdNetworkSocket(self._parts.hostname, self._parts.port or 3310, self._timeout)
            if self._parts.hostname
            else ClamdUnixSocket(self._parts.path, int(self._timeout))
        )
        try:
            yield client
        finally:
            # The library leaves its socket open where connecting fails.
            if hasattr(client, "clamd_socket"):
                client.clamd_socket.close()


def together(scans: Iterable[Scan]) -> Scan:
    """Give one answer for a file and what is inside it: infected if any is, clean only if all are."""
    seen = list(scans)
    for state in (ScanState.INFECTED, ScanState.NOT_SCANNED):
        for scan in seen:
            if scan.state is state:
                return scan
    return CLEAN if seen else not_scanned(Unscanned.NO_SCANNER)
