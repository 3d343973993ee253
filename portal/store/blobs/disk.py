"""Durable writing on a local disk: a file is on the medium before its name is, its name before we say so."""

import errno
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NamedTuple

from portal.store.blobs.errors import DiskFull, TooLarge

PIECE = 1 << 20
"""Bytes read and written at a time; what an upload costs in memory."""

Source = IO[bytes] | Iterable[bytes]


class Blob(NamedTuple):
    """A kept file: SHA-256 in hexadecimal, and size in bytes."""

    digest: str
    size: int


def pieces(source: Source) -> Iterator[bytes]:
    """Give the bytes of a readable file or of an iterable of bytes, piece by piece."""
    read = getattr(source, "read", None)
    if read is None:
        yield from source
        return
    while piece := read(PIECE):
        yield piece


def sync_folder(folder: Path) -> None:
    """Make the names inside a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_all(handle: int, data: bytes) -> None:
    """Write every byte to an open file; raises OSError as the system does."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


class Disk:
    """One folder for files on their way in, and the rules for writing them."""

    def __init__(self, folder: Path, reserve: int) -> None:
        """Take the folder for unfinished files and the free bytes that uploads must leave on its disk."""
        self.folder = folder
        self.reserve = reserve

    def make(self) -> None:
        """Create the folder if it is missing."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def spare(self, coming: int = 0) -> None:
        """Raise DiskFull if writing `coming` more bytes would use the reserve up."""
        room = os.statvfs(self.folder)
        if room.f_bavail * room.f_frsize - coming < self.reserve:
            raise DiskFull("uploads would use up the space kept in reserve")

    def fill(self, handle: int, source: Source, limit: int | None) -> Blob:
        """Write a stream to an open file, at most `limit` bytes, and sync it; gives digest and size."""
        digest, size = hashlib.sha256(), 0
        for piece in pieces(source):
            size += len(piece)
            if limit is not None and size > limit:
                raise TooLarge(f"more than {limit} bytes")
            self.spare(len(piece))
            write_all(handle, piece)
            digest.update(piece)
        os.fsync(handle)
        return Blob(digest.hexdigest(), size)

    @contextmanager
    def incoming(self, source: Source, limit: int | None) -> Iterator[tuple[Path, Blob]]:
        """Give a synced temporary file holding the stream; whatever is still there at the end is removed."""
        self.make()
        path = self.folder / f"in-{secrets.token_hex(12)}"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            try:
                blob = self.fill(handle, source, limit)
            finally:
                os.close(handle)
            yield path, blob
        finally:
            path.unlink(missing_ok=True)

    def leftovers(self, older_than: datetime) -> Iterator[Path]:
        """Remove unfinished files last written before a time (UTC), and give each."""
        for path in sorted(self.folder.iterdir()):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < older_than:
                path.unlink(missing_ok=True)
                yield path

    @contextmanager
    def alias(self, path: Path) -> Iterator[Path]:
        """Give a second name for a finished file, to be moved away while the first one stays."""
        second = self.folder / f"in-{secrets.token_hex(12)}"
        os.link(path, second)
        try:
            yield second
        finally:
            second.unlink(missing_ok=True)


def place(path: Path, root: Path, key: str) -> None:
    """Move a synced file to its key under the root, replacing a damaged or equal one, and sync each folder."""
    target = root / key
    folders = [root / parent for parent in reversed(Path(key).parents)]
    for folder in folders:
        folder.mkdir(exist_ok=True, mode=0o700)
    os.replace(path, target)
    # Another process may have made these folders a moment ago and not yet synced them, so all are synced here.
    for folder in reversed(folders):
        sync_folder(folder)


def digest_of(path: Path) -> Blob:
    """Read a file through and give its digest and size."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return Blob(digest.hexdigest(), size)


def erase(path: Path) -> None:
    """Remove a file and make its absence survive a power cut; a file already absent is no error."""
    try:
        path.unlink()
    except OSError as error:
        if error.errno != errno.ENOENT:
            raise
        return
    sync_folder(path.parent)
