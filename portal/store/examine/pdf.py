"""PDF: opened with and without repair, its page tree walked, every object looked over for what could act."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2

from portal.core.evidence.hints import hints
from portal.core.evidence.kinds import TAIL, Kind, seam_after
from portal.core.evidence.names import safe_name
from portal.core.evidence.verdicts import Reason
from portal.store.examine.report import TEXT, Ask, Embedded, Refused, Report

ACTIONS = {
    "JavaScript": "javascript", "JS": "javascript", "Launch": "launch", "SubmitForm": "submit",
    "ImportData": "import", "GoToR": "other_file", "GoToE": "other_file", "AA": "on_event",
    "XFA": "xfa", "RichMedia": "media", "Movie": "media", "Sound": "media", "Rendition": "media", "3D": "media",
}
"""Names that make a reader act, and the finding each counts as."""

LINK, ATTACHED = "link", "embedded"
NAMES = re.compile(rb"/(%s|EF|EmbeddedFiles|URI)(?=[ /<>\[\]()]|$)" % "|".join(ACTIONS).encode())
STRINGS = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-f]*>")
HARMLESS_OPENING = {"/GoTo"}
PAGES_OF_TEXT = 300


def prove(ask: Ask, kind: Kind) -> Iterator[Report]:
    """Report on a PDF, first without and then with its text; raises Refused if it cannot be taken."""
    report = Report(kind=kind)
    pdf = open_pdf(ask.file, report)
    if pdf is None:
        yield report
        return
    with pdf:
        report.pages = count_pages(pdf, ask.limits.pages)
        if pdf.is_encrypted:
            report.add(Reason.PDF_RESTRICTED)
        report.add(*after_end(ask.file))
        specs = look_over(pdf, report)
        keep_embedded(specs, ask, report)
    yield report
    report.text = text_of(ask.file)
    report.add(*hints(report.text))
    yield report


def open_pdf(path: Path, report: Report) -> pikepdf.Pdf | None:
    """Open a PDF, mending it if need be, which is reported; nothing if only a password would open it."""
    for mending in (False, True):
        try:
            pdf = pikepdf.open(path, access_mode=pikepdf.AccessMode.stream, attempt_recovery=mending,
                               suppress_warnings=True, inherit_page_attributes=False)
        except pikepdf.PasswordError:
            report.add(Reason.PDF_PASSWORD)
            return None
        except (pikepdf.PdfError, ValueError) as error:
            fault = str(error)
            continue
        if mending:
            report.add(Reason.PDF_REPAIRED)
        return pdf
    raise Refused(Reason.PAGE_LOOP if "Loop detected" in fault else Reason.DAMAGED)


def count_pages(pdf: pikepdf.Pdf, limit: int) -> int:
    """Count pages by walking the tree, whatever it says of itself; raises Refused for a loop, none or too many."""
    count, seen, waiting = 0, set(), [pdf.Root.get("/Pages")]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if "/Kids" not in node:
            count += 1
        elif node.objgen in seen and node.objgen != (0, 0):
            raise Refused(Reason.PAGE_LOOP)
        else:
            seen.add(node.objgen)
            kids = node["/Kids"]
            waiting.extend(kids if isinstance(kids, pikepdf.Array) else ())
        if count > limit or len(waiting) > 2 * limit:
            raise Refused(Reason.TOO_MANY_PAGES)
    if not count:
        raise Refused(Reason.DAMAGED)
    return count


def after_end(path: Path) -> list[Reason]:
    """Give the reason against bytes after the last end mark, if any; raises Refused if they are another file."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        tail = file.read()
    _, mark, rest = tail.rpartition(b"%%EOF")
    if not mark:
        return [Reason.PDF_REPAIRED]
    if seam_after(rest):
        raise Refused(Reason.TWO_KINDS)
    return [Reason.TRAILING] if rest.strip(b"\0\r\n\t ") else []


def look_over(pdf: pikepdf.Pdf, report: Report) -> list[pikepdf.Dictionary]:
    """Count in every object what could act, and give the specifications of files inside."""
    counts: Counter[str] = Counter()
    specs: list[pikepdf.Dictionary] = []
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Object):
            continue
        try:
            told = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
            found = NAMES.findall(STRINGS.sub(b"()", told.unparse(resolved=True)))
        except (pikepdf.PdfError, ValueError):
            report.add(Reason.PDF_REPAIRED)
            continue
        counts.update({ACTIONS[name.decode()] for name in found if name.decode() in ACTIONS})
        counts.update([LINK] if b"URI" in found else [])
        if b"EmbeddedFiles" in found:
            report.add(Reason.PDF_EMBEDDED)
        specs.extend(_file_specs(told) if b"EF" in found else ())
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S")) not in HARMLESS_OPENING:
        counts["on_opening"] += 1
    if set(counts) - {LINK}:
        report.add(Reason.PDF_ACTIVE)
    report.findings = dict(counts)
    return specs


def _file_specs(thing: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    waiting = [thing]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary):
            if isinstance(node.get("/EF"), pikepdf.Dictionary):
                yield node
            waiting.extend(value for value in node.values() if _direct(value))
        elif isinstance(node, pikepdf.Array):
            waiting.extend(value for value in node if _direct(value))


def _direct(value: object) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def keep_embedded(specs: list[pikepdf.Dictionary], ask: Ask, report: Report) -> None:
    """List the files inside and, where a folder is given, write each there for the scanner."""
    seen: set[tuple[int, int]] = set()
    room = ask.limits.unpacked // 4
    for spec in specs:
        for stream in spec["/EF"].values():
            if not isinstance(stream, pikepdf.Stream) or stream.objgen in seen:
                continue
            seen.add(stream.objgen)
            if len(seen) > ask.limits.embedded:
                raise Refused(Reason.TOO_COMPLEX)
            data = unpacked(stream, room)
            room -= len(data)
            name = safe_name(str(spec.get("/UF") or spec.get("/F") or ""))
            report.embedded.append(_written(ask, name, data, len(seen)))
    if seen:
        report.findings[ATTACHED] = len(seen)
        report.add(Reason.PDF_EMBEDDED)


def unpacked(stream: pikepdf.Stream, room: int) -> bytes:
    """Give a stream's bytes, as they are if their packing is broken; raises Refused over `room` bytes."""
    packed = stream.read_raw_bytes()
    if stream.get("/Filter") == pikepdf.Name.FlateDecode and "/DecodeParms" not in stream:
        # By hand, because qpdf would first unpack all of it, however much that is.
        try:
            data = zlib.decompressobj().decompress(packed, room + 1)
        except zlib.error:
            data = packed
    else:
        try:
            data = stream.read_bytes()
        except (pikepdf.PdfError, ValueError):
            data = packed
    if len(data) > room:
        raise Refused(Reason.BOMB)
    return data


def _written(ask: Ask, name: str, data: bytes, number: int) -> Embedded:
    if not ask.folder:
        return Embedded(name, len(data))
    path = Path(ask.folder) / f"embedded-{number:03}"
    path.write_bytes(data)
    return Embedded(name, len(data), str(path))


def text_of(path: Path) -> str:
    """Give the text layer of the first pages, for search; empty where there is none."""
    parts, length = [], 0
    with pypdfium2.PdfDocument(path) as document:
        for number in range(min(len(document), PAGES_OF_TEXT)):
            try:
                text = document[number].get_textpage().get_text_bounded()
            except pypdfium2.PdfiumError:
                continue
            parts.append(text)
            length += len(text)
            if length >= TEXT:
                break
    return "\n".join(parts)[:TEXT].replace("\0", "")
