"""Uploads that come in several pieces and may be resumed: each piece acknowledged is on the disk."""

import fcntl
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.store.blobs.disk import Blob, Disk, Source, digest_of, erase, pieces, sync_folder, write_all
from portal.store.blobs.errors import NotKept, StageBusy, TooLarge, WrongOffset, WrongSum, told_apart

UPLOAD_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

Land = Callable[[str, Path, Blob], None]


class Sum:
    """The checksum that a sender gave with a piece, counted along while the piece is written."""

    NAMES = ("sha1", "sha256")

    def __init__(self, name: str, wanted: bytes) -> None:
        """Take one of NAMES and the digest's bytes; raises ValueError for another name."""
        if name not in self.NAMES:
            raise ValueError("not a checksum we count")
        self._seen = hashlib.new(name, usedforsecurity=name != "sha1")
        self._wanted = wanted

    def add(self, piece: bytes) -> None:
        """Count bytes along."""
        self._seen.update(piece)

    def check(self) -> None:
        """Raise WrongSum unless the bytes counted are those that were meant."""
        if self._seen.digest() != self._wanted:
            raise WrongSum("the piece arrived changed")


class Stage:
    """One resumable upload: append at an offset, finish into a kept file, discard."""

    def __init__(self, upload_id: str, disk: Disk, land: Land) -> None:
        """Take an id of 8 to 64 letters, digits, `-` and `_`; raises ValueError for another."""
        if not UPLOAD_ID.fullmatch(upload_id):
            raise ValueError("not an upload id")
        disk.make()
        self._disk = disk
        self._land = land
        self._path = disk.folder / f"up-{upload_id}"
        # A finished upload keeps its bytes under another name until the row that names them is committed,
        # so that finishing can be repeated after a crash and no late piece can change what was kept.
        self._done = disk.folder / f"up-{upload_id}.done"

    @property
    def offset(self) -> int:
        """Bytes acknowledged so far, 0 for an upload not begun."""
        for path in (self._done, self._path):
            if path.exists():
                return path.stat().st_size
        return 0

    def settled(self) -> int:
        """Give the offset once nobody writes any more; raises StageBusy while a request still does."""
        if self._path.exists():
            with told_apart(), self._locked() as handle:
                return os.fstat(handle).st_size
        return self.offset

    def append(self, offset: int, source: Source, limit: int, total: Sum | None = None) -> int:
        """Add a stream at the offset and give the new one; what arrived before a broken stream stays.

        With a sum, the piece is kept whole and right or not at all. Raises WrongOffset, StageBusy, WrongSum,
        TooLarge (over `limit` bytes in all), DiskFull.
        """
        if self._done.exists():
            raise WrongOffset(self.offset)
        with told_apart(), self._locked() as handle:
            have = os.fstat(handle).st_size
            if offset != have:
                raise WrongOffset(have)
            os.lseek(handle, have, os.SEEK_SET)
            stays = have
            try:
                for piece in pieces(source):
                    if have + len(piece) > limit:
                        raise TooLarge(f"more than {limit} bytes")
                    self._disk.spare(len(piece))
                    write_all(handle, piece)
                    have += len(piece)
                    if total is None:
                        stays = have
                    else:
                        total.add(piece)
                if total is not None:
                    total.check()
                    stays = have
            finally:
                os.ftruncate(handle, stays)
                os.fsync(handle)
            sync_folder(self._disk.folder)
        return have

    def finish(self, party: str) -> Blob:
        """Keep what was sent in the party's space and give its digest; may be repeated until discarded."""
        with told_apart():
            if not self._done.exists():
                if not self._path.exists():
                    raise NotKept("no such upload")
                with self._locked():
                    os.replace(self._path, self._done)
                    sync_folder(self._disk.folder)
            blob = digest_of(self._done)
            with self._disk.alias(self._done) as second:
                self._land(party, second, blob)
        return blob

    def discard(self) -> None:
        """Forget the upload: after its row is committed, or when it is given up."""
        with told_apart():
            erase(self._path)
            erase(self._done)

    @contextmanager
    def _locked(self) -> Iterator[int]:
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StageBusy("another request is writing") from error
            yield handle
        finally:
            os.close(handle)
