"""Evidence as bytes: kept by digest within a party's own space, in a local folder or on S3, with one code.

Bytes first, rows last: `keep` returns once the file would survive a power cut; only then may a row name it.
Equal files of two parties are kept twice, so that nobody can learn what another party has uploaded.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import obstore

from portal.store.blobs.disk import PIECE, Blob, Disk, Source
from portal.store.blobs.errors import (
    Damaged,
    DiskFull,
    NotKept,
    StageBusy,
    StoreDown,
    StoreError,
    TooLarge,
    WrongOffset,
    WrongSum,
    told_apart,
)
from portal.store.blobs.grounds import KEY, BlobSettings, folder_of, ground_for, key_of
from portal.store.blobs.staging import Stage, Sum

__all__ = [
    "Blob",
    "BlobSettings",
    "Blobs",
    "Damaged",
    "DiskFull",
    "Kept",
    "NotKept",
    "Stage",
    "StageBusy",
    "StoreDown",
    "StoreError",
    "Sum",
    "TooLarge",
    "WrongOffset",
    "WrongSum",
]


WINDOW = 4 * PIECE
"""Bytes read from the store at a time."""


class Kept(NamedTuple):
    """One kept file in a listing; `modified` is UTC and renewed whenever the same bytes are kept again."""

    party: str
    digest: str
    size: int
    modified: datetime


class Blobs:
    """The cellar's files. Make one in each process, after forking: obstore's threads do not survive a fork."""

    def __init__(self, settings: BlobSettings) -> None:
        """Take the settings; raises ValueError if they name no store, StoreDown if the folder refuses."""
        with told_apart():
            self._ground = ground_for(settings)
            folder = settings.scratch or folder_of(settings.url) / ".incoming"
            self._disk = Disk(folder, settings.reserve)
            self._disk.make()

    def keep(self, party: str, source: Source, limit: int | None = None) -> Blob:
        """Keep a stream of at most `limit` bytes in a party's space and give its digest and size.

        Flat in memory at any size. Raises DiskFull, TooLarge, StoreDown, and then leaves nothing behind.
        """
        with told_apart(), self._disk.incoming(source, limit) as (path, blob):
            self._land(party, path, blob)
        return blob

    def open(self, party: str, digest: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Give the bytes from `start` up to but without `end`; raises NotKept before the first piece."""
        size = self.size(party, digest)
        stop = size if end is None else min(end, size)
        if not 0 <= start <= stop:
            raise ValueError(f"no range {start}-{end} in {size} bytes")
        return self._windows(key_of(party, digest), start, stop)

    def size(self, party: str, digest: str) -> int:
        """Give a kept file's size in bytes; raises NotKept."""
        with told_apart():
            return int(obstore.head(self._ground.store, key_of(party, digest))["size"])

    def exists(self, party: str, digest: str) -> bool:
        """Say whether the party's space holds this digest."""
        try:
            self.size(party, digest)
        except NotKept:
            return False
        return True

    @contextmanager
    def on_disk(self, party: str, digest: str) -> Iterator[Path]:
        """Give a path to read the file from, for a child process: its own, or a copy removed afterwards."""
        path = self._ground.local(key_of(party, digest))
        if path is not None:
            self.size(party, digest)
            yield path
            return
        with self._disk.incoming(self.open(party, digest), None) as (copy, _):
            yield copy

    def remove(self, party: str, digest: str) -> None:
        """Purge a file for good; a file already gone is no error."""
        with told_apart():
            self._ground.drop(key_of(party, digest))

    def kept(self, party: str | None = None) -> Iterator[Kept]:
        """List what is kept, of one party or of all; order is not defined."""
        with told_apart():
            for batch in obstore.list(self._ground.store, prefix=party):
                for entry in batch:
                    if match := KEY.fullmatch(entry["path"]):
                        yield Kept(match["party"], match["digest"], entry["size"], entry["last_modified"])

    def rehash(self, party: str, digest: str) -> None:
        """Read a file through; raises Damaged if its bytes have another digest, NotKept if it is gone."""
        seen = hashlib.sha256()
        for piece in self.open(party, digest):
            seen.update(piece)
        if seen.hexdigest() != digest:
            raise Damaged(f"kept as {digest[:12]}…, now reads as {seen.hexdigest()[:12]}…")

    def sweep(self, known: Callable[[str, str], bool], older_than: datetime) -> list[str]:
        """Remove litter and give its keys: files no row knows and unfinished uploads, last touched before.

        `known(party, digest)` asks the rows. `older_than` (UTC) must lie at least a day back: keeping the
        same bytes again renews a file's time, and a row that is about to name it has that day to commit. The time is
        read once more before a file goes: the list may be older than bytes that were kept again.
        """
        swept = []
        for kept in list(self.kept()):
            if kept.modified < older_than and not known(kept.party, kept.digest) and self._rests(kept, older_than):
                self.remove(kept.party, kept.digest)
                swept.append(key_of(kept.party, kept.digest))
        with told_apart():
            for path in self._disk.leftovers(older_than):
                swept.append(path.name)
        return swept

    def _rests(self, kept: Kept, since: datetime) -> bool:
        """Whether a listed file is still there, untouched since then."""
        try:
            with told_apart():
                head = obstore.head(self._ground.store, key_of(kept.party, kept.digest))
        except NotKept:
            return False
        return bool(head["last_modified"] < since)

    def stage(self, upload_id: str) -> Stage:
        """Give the resumable upload with this id, begun or not."""
        with told_apart():
            return Stage(upload_id, self._disk, self._land)

    def check(self) -> None:
        """Raise StoreDown if the store does not answer, DiskFull if uploads would be refused now."""
        with told_apart():
            self._disk.spare()
            obstore.list_with_delimiter(self._ground.store, prefix="no-such-party")

    def _land(self, party: str, path: Path, blob: Blob) -> None:
        self._ground.land(path, key_of(party, blob.digest), blob)

    def _windows(self, key: str, start: int, stop: int) -> Iterator[bytes]:
        # One request a window: a reader as slow as it likes meets no time limit of the object store.
        while start < stop:
            with told_apart():
                piece = bytes(obstore.get_range(self._ground.store, key, start=start, end=min(start + WINDOW, stop)))
            if not piece:
                raise Damaged("the file is shorter than it was")
            start += len(piece)
            yield piece
