"""What can go wrong with kept files, in types a caller can tell apart."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from obstore.exceptions import BaseError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The system's own words for "no room": disk full, quota used up, file over the process's limit."""


class StoreError(Exception):
    """A kept file could not be written, read or removed; nothing half is left behind."""


class NotKept(StoreError):
    """No file with this digest is kept in this party's space."""


class DiskFull(StoreError):
    """There is no room, or only the reserve the ledger needs is left: free space, then try again."""


class StoreDown(StoreError):
    """The folder or object store does not answer or refuses us: try again once it does."""


class TooLarge(StoreError):
    """The stream is longer than the limit the caller gave."""


class Damaged(StoreError):
    """The bytes kept under this digest no longer have this digest."""


class WrongOffset(StoreError):
    """A resumed upload sent bytes for another place than the next one, which is in `expected`."""

    def __init__(self, expected: int) -> None:
        super().__init__(f"the next byte expected is {expected}")
        self.expected = expected


class WrongSum(StoreError):
    """A piece has another checksum than its sender gave; it was not kept."""


class StageBusy(StoreError):
    """Another request is writing to the same resumable upload at this moment."""


@contextmanager
def told_apart() -> Iterator[None]:
    """Turn errors of the system and of obstore raised inside into the types above."""
    try:
        yield
    except ConnectionError:
        raise  # the sender went away; the store is well
    except FileNotFoundError as error:
        raise NotKept("no such file is kept") from error
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull("the disk is full") from error
        raise StoreDown(f"the folder refused: {error.strerror or error}") from error
    except BaseError as error:
        raise StoreDown("the object store did not answer") from error
