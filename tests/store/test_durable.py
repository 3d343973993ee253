"""Bytes first: what strace sees, a full disk, an error at any call, a store that is down."""

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.store.blobs import Blobs, BlobSettings, DiskFull, NotKept, StoreDown
from tests import peers
from tests.store.conftest import bucket

PARTY = "p7Qm2xTz"
KEEP = """
import sys
from portal.store.blobs import Blobs, BlobSettings, StoreError
blobs = Blobs(BlobSettings(sys.argv[1], reserve=0))
for number in range(int(sys.argv[2])):
    try:
        blob = blobs.keep("party-01", [b"%d" % number * 1000])
        blobs.rehash("party-01", blob.digest)
        print("KEPT", number, flush=True)
    except StoreError as error:
        print(type(error).__name__, number, flush=True)
"""


def child(*before: str, root: Path, times: int = 1) -> subprocess.CompletedProcess[str]:
    """Keep files in another process, under strace where `before` says so."""
    command = [*before, sys.executable, "-c", KEEP, f"file://{root}", str(times)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def left(root: Path) -> list[str]:
    """Unfinished files under a store's folder."""
    return [path.name for path in (root / ".incoming").iterdir()]


def test_file_and_folders_are_synced_before_we_say_so(tmp_path: Path) -> None:
    trace, root = tmp_path / "trace", tmp_path / "blobs"
    calls = "trace=openat,write,fsync,fdatasync,rename,renameat,renameat2"
    done = child(peers.program("strace"), "-f", "-y", "-e", calls, "-o", str(trace), root=root)
    assert done.stdout == "KEPT 0\n", done.stderr
    lines = trace.read_text().splitlines()

    def last(pattern: str) -> int:
        return max(number for number, line in enumerate(lines) if re.search(pattern, line))

    written = last(rf"write\(\d+<{root}/\.incoming/in-")
    synced = last(rf"fsync\(\d+<{root}/\.incoming/in-\w+>\) += 0")
    renamed = last(rf'rename\w*\(.*"{root}/\.incoming/in-\w+".*"{root}/party-01/\w\w/\w{{64}}"')
    folders = [last(rf"fsync\(\d+<{root}{tail}>\) += 0") for tail in (r"/party-01/\w\w", "/party-01", "")]
    said = last(r'write\(1<.*"KEPT')
    assert written < synced < renamed < min(folders) <= max(folders) < said


@pytest.mark.parametrize("fault", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("call", ["write", "fsync", "rename", "mkdir", "openat"])
def test_an_error_at_any_call_is_told_and_leaves_nothing_half(tmp_path: Path, call: str, fault: str) -> None:
    root, trace = tmp_path / "blobs", tmp_path / "trace"
    strace = (peers.program("strace"), "-f", "-y", "-o", str(trace), "-e", f"trace={call}")
    child(*strace, root=root, times=2)
    main = trace.read_text().split(maxsplit=1)[0]
    calls = [line for line in trace.read_text().splitlines() if line.startswith(main) and f" {call}(" in line]
    points = [number for number, line in enumerate(calls, 1)
              if f"{root}/party-01" in line or f"{root}/.incoming/" in line]
    told = set()
    for nth in points:
        shutil.rmtree(root)
        done = child(*strace, "-e", f"inject={call}:error={fault}:when={nth}", root=root, times=2)
        lines = done.stdout.splitlines()
        assert len(lines) == 2, done.stderr
        told |= {line.split()[0] for line in lines}
        blobs = Blobs(BlobSettings(f"file://{root}", reserve=0))
        for kept in blobs.kept():
            blobs.rehash(kept.party, kept.digest)
        assert left(root) == []
    assert told == {"KEPT", "DiskFull" if fault == "ENOSPC" else "StoreDown"}


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of a few megabytes of its own, for the length of the block."""
    folder.mkdir()
    mount = [peers.program("mount"), "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        peers.absent("a small disk needs root")
    try:
        yield folder
    finally:
        subprocess.run([peers.program("umount"), str(folder)], check=True)


def test_a_full_disk_refuses_and_stays_clean(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        blobs = Blobs(BlobSettings(f"file://{disk}", reserve=0))
        first = blobs.keep(PARTY, [bytes(1 << 20)])
        with pytest.raises(DiskFull):
            blobs.keep(PARTY, (os.urandom(1 << 20) for _ in range(5)))
        assert left(disk) == []
        stage = blobs.stage("upload-full")
        with pytest.raises(DiskFull):
            stage.append(0, (os.urandom(1 << 20) for _ in range(5)), 1 << 30)
        assert stage.offset == 2 << 20 or stage.offset == 3 << 20
        stage.discard()
        blobs.rehash(PARTY, first.digest)
        assert blobs.keep(PARTY, [b"room again"]).size == 10


def test_uploads_leave_the_reserve_alone(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 8) as disk:
        blobs = Blobs(BlobSettings(f"file://{disk}", reserve=4 << 20))
        blobs.check()
        with pytest.raises(DiskFull):
            blobs.keep(PARTY, (bytes(1 << 20) for _ in range(6)))
        assert blobs.keep(PARTY, [bytes(3 << 20)]).size == 3 << 20
        (disk / "ledger").write_bytes(bytes(2 << 20))
        with pytest.raises(DiskFull):
            blobs.check()


def test_a_file_over_the_process_s_limit_is_no_room(tmp_path: Path) -> None:
    blobs = Blobs(BlobSettings(f"file://{tmp_path}", reserve=0))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, before[1]))
    try:
        with pytest.raises(DiskFull):
            blobs.keep(PARTY, [bytes(1 << 20), b"one more"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert left(tmp_path) == []


def test_a_gigabyte_costs_no_memory(tmp_path: Path) -> None:
    code = ("import resource, sys\nfrom portal.store.blobs import Blobs, BlobSettings\n"
            "blobs = Blobs(BlobSettings(sys.argv[1], reserve=0))\nblobs.keep('party-01', [b'x'])\n"
            "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\nbefore = peak()\n"
            "piece = bytes(1 << 20)\nprint(blobs.keep('party-01', (piece for _ in range(1024))).size)\n"
            "print(peak() - before)")
    done = subprocess.run([sys.executable, "-c", code, f"file://{tmp_path}"],
                          capture_output=True, text=True, timeout=120, check=True)
    size, grown = map(int, done.stdout.split())
    assert size == 1 << 30
    assert grown < 16_000


def test_a_store_that_is_down_is_told_within_its_patience(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory,
                                                          s3: peers.S3) -> None:
    [port] = peers.free_ports(1)
    away = peers.S3(f"http://127.0.0.1:{port}", s3.process)
    blobs = Blobs(bucket(away, tmp_path / "scratch", "down"))
    for ask in (lambda: blobs.keep(PARTY, [b"x"]), lambda: blobs.size(PARTY, "0" * 64), blobs.check):
        with pytest.raises(StoreDown):
            ask()
    assert list((tmp_path / "scratch").iterdir()) == []
    wrong = bucket(s3, tmp_path / "scratch", "key")
    refused = Blobs(BlobSettings(wrong.url, "portal-test", "not-the-key", wrong.scratch, 0, wrong.patience))
    with pytest.raises(StoreDown):
        refused.keep(PARTY, [b"x"])


def test_a_folder_taken_away_is_told(tmp_path: Path) -> None:
    blobs = Blobs(BlobSettings(f"file://{tmp_path / 'blobs'}", reserve=0))
    blob = blobs.keep(PARTY, [b"x"])
    (tmp_path / "blobs").rename(tmp_path / "unmounted")
    with pytest.raises(NotKept):
        blobs.size(PARTY, blob.digest)
    (tmp_path / "blobs").write_text("in the way")
    with pytest.raises(StoreDown):
        blobs.keep(PARTY, [b"y"])
