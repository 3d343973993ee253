"""A file of 200 MB as a browser sends it to the running portal: the whole way to its row, and the web's memory."""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import sqlalchemy as sa

from portal.models import Evidence
from portal.store.cellar import utc_now
from tests.bench.calls import signed_in, token
from tests.bench.figure import Figure, figure, seconds
from tests.bench.pages import section
from tests.bench.world import World, made
from tests.served import Portal, serving

MIB, ROUNDS, PATIENCE = 1 << 20, 5, 120.0
BOUNDARY = "----bench"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One upload: seconds until the answer, seconds of a bare copy with digest and fsync, MiB by which the web grew."""

    taken: float
    least: float
    grown: float


@cache
def arrivals(megabytes: int, rounds: int = ROUNDS) -> list[Arrival]:
    """Send files of so many MiB one after another, each after the examination of the one before has ended."""
    found = []
    with made(0, files=False) as of, serving(of.cellar.settings.folder, PORTAL_DEMO="no") as portal, \
            tempfile.TemporaryDirectory(prefix="bench-") as folder:
        of.cellar.clock = utc_now
        file, send = Path(folder, "file"), sender(of, portal)
        for number in range(rounds + 1):
            with file.open("wb") as filled:
                filled.writelines(os.urandom(MIB) for _ in range(megabytes if number else 1))
            least = seconds(lambda: bare(file, Path(folder, "copy")))
            before = peak(portal)
            taken = seconds(lambda: send(file))
            found.append(Arrival(taken, least, peak(portal) - before))
            rest(of)
    return found[1:]  # the first, small one warms up


def sender(of: World, portal: Portal) -> Callable[[Path], None]:
    """Give the act of sending a file to the first question that takes one, as a clerk's browser does."""
    clerk = signed_in(of, of.people.clerk)
    path = f"/my/attestations/{of.open}/sections/{section(clerk, of.open)}"
    page = clerk.get(path)()
    name = re.findall(r'name="([\w-]+\.file)"', page)[0]

    def send(file: Path) -> None:
        head = "".join(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"{more}\r\n\r\n{value}' for
                       field, more, value in (("csrf_token", "", token(page) + "\r\n"),
                                              (name, '; filename="file.pdf"', ""))).encode()
        tail = f"\r\n--{BOUNDARY}--\r\n".encode()
        line = HTTPConnection(urlsplit(portal.address).netloc, timeout=PATIENCE)
        line.request("POST", path, body(head, file, tail), {
            "Cookie": clerk.cookie, "User-Agent": "test", "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(len(head) + file.stat().st_size + len(tail))})
        answer = line.getresponse()
        text = answer.read().decode()
        line.close()
        assert answer.status == 303, (answer.status, text[:500])

    return send


def body(head: bytes, file: Path, tail: bytes) -> Iterator[bytes]:
    """A form with one file, a MiB at a time."""
    yield head
    with file.open("rb") as opened:
        while piece := opened.read(MIB):
            yield piece
    yield tail


def bare(file: Path, copy: Path) -> None:
    """The least that keeps a file and knows its digest: read, write, hash, fsync."""
    digest = hashlib.sha256()
    with file.open("rb") as source, copy.open("wb", buffering=0) as target:
        while piece := source.read(MIB):
            target.write(piece)
            digest.update(piece)
        os.fsync(target.fileno())
    copy.unlink()


def peak(portal: Portal) -> float:
    """MiB of the largest memory that the processes of the web have held so far, added up."""
    web = [one for one in psutil.Process(portal.process.pid).children(recursive=True) if "gunicorn" in one.cmdline()]
    status = [Path(f"/proc/{one.pid}/status").read_text(encoding="utf-8") for one in web]
    return sum(int(re.findall(r"VmHWM:\s+(\d+)", text)[0]) for text in status) / 1024


def rest(of: World) -> None:
    """Wait until every file has left quarantine, so that the next one is alone on the machine."""
    until = time.monotonic() + PATIENCE
    waiting = sa.select(Evidence.id).where(Evidence.state == "quarantined").limit(1)
    while time.monotonic() < until:
        with of.cellar.read() as rows:
            if rows.scalar(waiting) is None:
                return
        time.sleep(0.2)
    raise TimeoutError(f"a file was still in quarantine after {PATIENCE:.0f} s")


def whole(found: list[Arrival]) -> Figure:
    """Wall seconds from the first byte to the answer of the page, beside the bare copy of the same file."""
    return figure([one.taken for one in found], "s", [one.least for one in found])


def memory(found: list[Arrival]) -> Figure:
    """MiB by which the peak of the web's processes grew from the first of the uploads to the last."""
    return figure([sum(one.grown for one in found)], "MiB")


FIGURES: dict[str, Callable[[], Figure]] = {
    "upload_200mb_web": lambda: whole(arrivals(200)), "upload_200mb_memory_mb": lambda: memory(arrivals(200)),
}
