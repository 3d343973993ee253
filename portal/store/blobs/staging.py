"""Uploads that come in several pieces and may be resumed: each piece acknowledged is on the disk."""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.store.blobs.disk import Blob, Disk, Source, digest_of, erase, pieces, sync_folder, write_all
from portal.store.blobs.errors import NotKept, StageBusy, TooLarge, WrongOffset, told_apart

UPLOAD_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

Land = Callable[[str, Path, Blob], None]


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

    def append(self, offset: int, source: Source, limit: int) -> int:
        """Add a stream at the offset and give the new one; what arrived before a broken stream stays.

        Raises WrongOffset, StageBusy, TooLarge (over `limit` bytes in all), DiskFull.
        """
        if self._done.exists():
            raise WrongOffset(self.offset)
        with told_apart(), self._locked() as handle:
            have = os.fstat(handle).st_size
            if offset != have:
                raise WrongOffset(have)
            os.lseek(handle, have, os.SEEK_SET)
            try:
                for piece in pieces(source):
                    if have + len(piece) > limit:
                        raise TooLarge(f"more than {limit} bytes")
                    self._disk.spare(len(piece))
                    write_all(handle, piece)
                    have += len(piece)
            finally:
                os.ftruncate(handle, have)
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
