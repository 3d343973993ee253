"""The presses: children that print sections side by side within limits, and a cache of sections by digest."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Timer
from typing import BinaryIO, Protocol, cast

import msgspec

from portal import native
from portal.packet.glyphs import FONTS
from portal.packet.press import Job, Limits, Printed, Reply, receive, send

ROOT = Path(__file__).parents[2]
TIRED_MB = 300
EDITION = "1"  # raise when the same HTML shall print differently
USUAL = Limits()
OUT_OF_MEMORY = ("MemoryError", "failed to allocate", "Cannot allocate memory")
FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""


class CannotPrint(RuntimeError):
    """A section could not be printed; the text names the section and says why, in words for staff."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"section {key}: {why}")
        self.key, self.why = key, why


class Cache(Protocol):
    """Where printed sections are kept by digest."""

    def get(self, key: str) -> bytes | None:
        """Give what was kept, or None."""

    def put(self, key: str, data: bytes) -> None:
        """Keep the bytes."""


@cache
def _edition() -> bytes:
    """Give what the look of a page depends on besides its HTML: libraries and fonts."""
    parts = [EDITION, *(f"{name} {version(name)}" for name in ("weasyprint", "pydyf", "fonttools", "pillow"))]
    return "\n".join(parts + [sha256(font.read_bytes()).hexdigest() for font in FONTS]).encode()


def digest(job: Job) -> str:
    """Give the digest of everything that decides how a job prints."""
    return sha256(_edition() + b"\0" + msgspec.msgpack.encode(job, order="sorted")).hexdigest()


class Child:
    """One printing process; its end by limit or time is told in words."""

    def __init__(self, folder: Path, limits: Limits, environment: Mapping[str, str]) -> None:
        folders = "".join(f"<dir>{font.parent}</dir>" for font in FONTS)
        (folder / "fonts.conf").write_text(FONTS_CONF.format(folders=folders, cache=folder / "fonts"))
        self.limits, self.errors = limits, (folder / f"errors-{id(self)}").open("w+b")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.packet.press"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            cwd=ROOT,
            env={
                "FONTCONFIG_FILE": str(folder / "fonts.conf"),
                "LANG": "C.UTF-8",
                "PYTHONHASHSEED": "0",
                **native.environment(),
                **environment,
            },
        )
        self.send, self.receive = cast(BinaryIO, self.process.stdin), cast(BinaryIO, self.process.stdout)
        self.late = False
        send(self.send, limits)

    def print(self, job: Job) -> Reply:
        """Print one job; CannotPrint where the child refuses, dies or takes too long."""
        timer = Timer(self.limits.wall_s, self._expire)
        timer.start()
        try:
            send(self.send, job)
            data = receive(self.receive)
        except OSError:
            data = b""
        finally:
            timer.cancel()
        if not data:
            raise CannotPrint(job.key, self._end())
        reply = msgspec.msgpack.decode(data, type=Reply)
        if reply.printed is None:
            raise CannotPrint(job.key, reply.failure)
        return reply

    def _expire(self) -> None:
        self.late = True
        self.process.kill()

    def _end(self) -> str:
        """Say in words why the child is gone."""
        self.process.kill()
        status = self.process.wait()
        if self.late:
            return f"took longer than {self.limits.wall_s} s"
        if status in (-24, -9):
            return f"used more than {self.limits.cpu_s} s of processor time"
        self.errors.seek(0)
        told = self.errors.read().decode(errors="replace")
        if any(words in told for words in OUT_OF_MEMORY):
            return f"needs more than {self.limits.memory_mb} MiB of memory"
        last = (told.strip().splitlines() or ["no message"])[-1]
        return f"the printer stopped (status {status}): {last[:300]}"

    def close(self) -> None:
        """End the child and wait for it."""
        self.process.kill()
        self.process.wait()
        for stream in (self.send, self.receive, self.errors):
            try:
                stream.close()
            except BrokenPipeError:
                continue


class Pressroom:
    """Prints jobs with a number of children; use as a context, so that none outlives the work."""

    def __init__(
        self,
        children: int = 2,
        limits: Limits = USUAL,
        kept: Cache | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.limits, self.kept, self.children = limits, kept, children
        self.environment = dict(environment or {})
        self.peak_mb = 0
        self._idle: SimpleQueue[Child] = SimpleQueue()

    def __enter__(self) -> "Pressroom":
        self._folder = tempfile.TemporaryDirectory(prefix="packet-")
        self._threads = ThreadPoolExecutor(self.children)
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                break
        self._folder.cleanup()

    def print(self, jobs: Sequence[Job]) -> list[Printed]:
        """Print all jobs, longest HTML first, and give them in the order asked; the first failure is raised."""
        order = sorted(range(len(jobs)), key=lambda place: -len(jobs[place].html))
        futures = {place: self._threads.submit(self._one, jobs[place]) for place in order}
        try:
            return [futures[place].result() for place in range(len(jobs))]
        finally:
            for future in futures.values():
                future.cancel()

    def _one(self, job: Job) -> Printed:
        if self.kept is None:
            return self._fresh(job)
        key = digest(job)
        if (known := self.kept.get(key)) is not None:
            return msgspec.msgpack.decode(known, type=Printed)
        printed = self._fresh(job)
        self.kept.put(key, msgspec.msgpack.encode(printed))
        return printed

    def _fresh(self, job: Job) -> Printed:
        try:
            child = self._idle.get_nowait()
        except Empty:
            child = Child(Path(self._folder.name), self.limits, self.environment)
        try:
            reply = child.print(job)
        except CannotPrint:
            child.close()
            raise
        self.peak_mb = max(self.peak_mb, reply.peak_mb)
        # A child that has grown gives way to a fresh one, so that memory does not follow the length of the packet.
        if reply.peak_mb > TIRED_MB:
            child.close()
        else:
            self._idle.put(child)
        return cast(Printed, reply.printed)
