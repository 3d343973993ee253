"""Uploads at the level of the store: time against a bare copy with digest and fsync, and memory at a gigabyte."""

import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from portal.store.blobs import Blobs, BlobSettings
from tests.bench.figure import Figure, figure, seconds

MIB = 1 << 20
PIECE = os.urandom(MIB)
ROUNDS = 5

def stream(megabytes: int) -> Iterator[bytes]:
    """A body of so many MiB as it comes from a socket; each piece differs from the one before."""
    for number in range(megabytes):
        yield number.to_bytes(8, "big") + PIECE[8:]


def bare(folder: Path, megabytes: int) -> None:
    """The least that keeps a file and knows its digest: write, hash, fsync."""
    digest = hashlib.sha256()
    with (folder / "bare").open("wb", buffering=0) as file:
        for piece in stream(megabytes):
            file.write(piece)
            digest.update(piece)
        os.fsync(file.fileno())
    (folder / "bare").unlink()


def upload(megabytes: int) -> Figure:
    """Seconds to keep an upload of so many MiB, the floor measured in turn with it."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    blobs = Blobs(BlobSettings(f"file://{folder / 'blobs'}", reserve=0))
    taken, least = [], []
    try:
        for number in range(ROUNDS):
            least.append(seconds(lambda: bare(folder, megabytes)))
            taken.append(seconds(lambda party=f"party-{number}": blobs.keep(party, stream(megabytes))))
            for kept in list(blobs.kept()):
                blobs.remove(kept.party, kept.digest)
    finally:
        shutil.rmtree(folder)
    return figure(taken, "s", least)


def memory(megabytes: int) -> Figure:
    """MiB by which a fresh process grows while it keeps an upload of so many MiB."""
    command = [sys.executable, "-m", "tests.bench.uploads", "grow", str(megabytes)]
    grown = [float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(ROUNDS)]
    return figure(grown, "MiB")


def grow(megabytes: int) -> float:
    """Keep an upload here and give the growth of this process's peak, in MiB."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        blobs = Blobs(BlobSettings(f"file://{folder}", reserve=0))
        blobs.keep("party-01", stream(2))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        blobs.keep("party-01", stream(megabytes))
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    finally:
        shutil.rmtree(folder)


FIGURES: dict[str, Callable[[], Figure]] = {
    "upload_50mb": partial(upload, 50),
    "upload_200mb": partial(upload, 200),
    "upload_1gb_memory_mb": partial(memory, 1024),
}


if __name__ == "__main__":
    print(grow(int(sys.argv[2])))
