"""The printing child: HTML of one section in, tagged PDF/A-3a out; nothing fetched, no network reached."""

import ctypes
import gc
import logging
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from PIL import Image

from portal.native import preload

ORIGIN = "packet:"
PICTURE = "image/*"  # a page image of any kind, to be shown as a thumbnail
THUMBNAIL = (319, 256)
FORBIDDEN = (
    *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "socket.sendmsg"),
    *("subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system"),
)
NO_NETWORK = 0x40000000 | 0x10000000  # CLONE_NEWNET | CLONE_NEWUSER


class Job(msgspec.Struct, frozen=True):
    """One section to print: its name, its HTML, and every file it may show by address; `tagged` off for overlays."""

    key: str
    html: str
    files: dict[str, tuple[str, bytes]]
    tagged: bool = True


class Mark(msgspec.Struct, frozen=True):
    """A heading as a bookmark: level, label, page within the section (from 0) and its place in points."""

    level: int
    label: str
    page: int
    top: float


class Printed(msgspec.Struct, frozen=True):
    """A printed section: its PDF, how many pages, where its anchors stand (page, top), its headings."""

    key: str
    pdf: bytes
    pages: int
    anchors: dict[str, tuple[int, float]]
    marks: list[Mark]


class Reply(msgspec.Struct, frozen=True):
    """What a child says to a job: the printed section or why not, and its own peak memory in MiB."""

    printed: Printed | None
    failure: str
    peak_mb: int


class Limits(msgspec.Struct, frozen=True):
    """What a child may use: CPU seconds and address space in MiB for its life, wall seconds for one section."""

    cpu_s: int = 900
    memory_mb: int = 3072
    wall_s: int = 180


def send(stream: BinaryIO, message: msgspec.Struct) -> None:
    """Write one message with its length before it."""
    data = msgspec.msgpack.encode(message)
    stream.write(len(data).to_bytes(8, "big") + data)
    stream.flush()


def receive(stream: BinaryIO) -> bytes:
    """Read one message's bytes; empty where the other side has closed."""
    size = int.from_bytes(stream.read(8), "big")
    data = stream.read(size)
    return data if len(data) == size else b""


class _Complaints(logging.Handler):
    """Collects what the printer says went wrong, so that no section is silently incomplete."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line of one record."""
        self.lines.append(record.getMessage())


def _fetcher(files: dict[str, tuple[str, bytes]]) -> Any:
    """Give a fetcher that knows the job's own files and ends the printing at any other address."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

    def fetch(url: str) -> Any:
        if url not in files:
            raise FatalURLFetchingError(f"address not allowed in a packet: {url[:120]}")
        mime, data = files[url]
        return URLFetcherResponse(url, data, {"Content-Type": mime})

    return fetch


def thumbnail(data: bytes) -> bytes:
    """Give the upper part of a page image as a small JPEG, 2.5 times as fine as it is set; OSError if it is none."""
    with Image.open(BytesIO(data)) as image:
        image.draft("RGB", (2 * THUMBNAIL[0], 2 * THUMBNAIL[0]))
        page = image.convert("RGB")
    height = min(page.height, page.width * THUMBNAIL[1] // THUMBNAIL[0])
    small = page.resize(THUMBNAIL, box=(0, 0, page.width, height), reducing_gap=2.0)
    output = BytesIO()
    small.save(output, "JPEG", quality=85)
    return output.getvalue()


def _settle(key: str, pdf: Any) -> None:
    """Make a section's ids its own, and drop what belongs to the whole document (names, bookmarks)."""
    for thing in pdf.objects:
        if not isinstance(thing, dict):
            continue
        if thing.get("S") in ("/TH", "/TD"):
            if "ID" in thing:
                thing["ID"].string = f"{key}-{thing['ID'].string}"
            for header in thing["A"].get("Headers", ()):
                if not header.string.startswith(key + "-"):
                    header.string = f"{key}-{header.string}"
    pdf.catalog.pop("Names", None)
    pdf.catalog.pop("Outlines", None)


def print_section(job: Job) -> Printed:
    """Print one job; ValueError with the reason where a file is missing, broken or not allowed."""
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.handlers = [complaints]
    files = {
        address: ("image/jpeg", thumbnail(data)) if mime == PICTURE else (mime, data)
        for address, (mime, data) in job.files.items()
    }
    try:
        document = HTML(string=job.html, url_fetcher=_fetcher(files)).render(
            pdf_variant="pdf/a-3a" if job.tagged else "pdf/a-3b"
        )
        pdf = document.write_pdf(
            finisher=lambda _, made: _settle(job.key, made),
            pdf_variant="pdf/a-3a" if job.tagged else "pdf/a-3b",
        )
    except FatalURLFetchingError as problem:
        raise ValueError(str(problem)) from None
    if complaints.lines:
        raise ValueError("; ".join(complaints.lines)[:500])
    anchors: dict[str, tuple[int, float]] = {}
    marks: list[Mark] = []
    for number, page in enumerate(document.pages):
        for name, box in page.anchors.items():
            anchors.setdefault(name, (number, (page.height - box[1]) * 0.75))
        marks += [
            Mark(level, label, number, (page.height - place[1]) * 0.75) for level, label, place, _ in page.bookmarks
        ]
    return Printed(job.key, pdf, len(document.pages), anchors, marks)


def confine(limits: Limits) -> None:
    """Give up network, other programs and more than the allowed resources, for good."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_mb << 20, limits.memory_mb << 20))
        # Refused inside some containers; the audit hook and the fetcher hold there as well.
        ctypes.CDLL(None).unshare(NO_NETWORK)

    def guard(event: str, _: tuple[object, ...]) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"the printer may not use {event}")

    sys.addaudithook(guard)


def _ready() -> str:
    """Say why printing cannot work on this machine, or nothing."""
    preload()
    try:
        from weasyprint.text.ffi import harfbuzz_subset
    except OSError as problem:
        return f"Pango is missing: {problem}"
    return "" if harfbuzz_subset else "libharfbuzz-subset is missing; without it fonts take 14 times as long"


def _peak_mb() -> int:
    """The most memory this process ever held, in MiB.

    Linux carries `ru_maxrss` over from the parent through fork and exec, so a child of a large server would look large.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    held = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(held.split()[1]) >> 10


def _replies(source: BinaryIO) -> Iterator[Reply]:
    limits = msgspec.msgpack.decode(receive(source), type=Limits)
    missing = _ready()
    confine(limits)
    gc.freeze()
    gc.disable()  # looking for circles within a layout costs a sixth of the time and finds little
    while data := receive(source):
        job = msgspec.msgpack.decode(data, type=Job)
        printed, failure = None, missing
        if not missing:
            try:
                printed = print_section(job)
            except MemoryError:
                failure = f"needs more than {limits.memory_mb} MiB of memory"
            except Exception as problem:  # whatever a layout does, the parent must hear of it in words
                failure = f"{type(problem).__name__}: {problem}"[:600]
        yield Reply(printed, failure, _peak_mb())
        del job, data, printed
        gc.collect()  # while the parent is at work


def main() -> None:
    """Serve jobs from standard input to standard output until it closes."""
    output = sys.stdout.buffer
    for reply in _replies(sys.stdin.buffer):
        send(output, reply)


if __name__ == "__main__":
    main()
