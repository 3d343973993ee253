"""XLSX and DOCX: limits before a byte is unpacked, every part well-formed, no macro, links and objects told."""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from portal.core.evidence.hints import hints
from portal.core.evidence.kinds import TAIL, Kind, Limits, seam_after, seam_at_end
from portal.core.evidence.names import safe_name
from portal.core.evidence.verdicts import Reason
from portal.store.examine.parts import Part, read_part
from portal.store.examine.report import TEXT, Ask, Embedded, Refused, Report

MAIN = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Kind.XLSX,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Kind.DOCX,
}
TYPES = "[Content_Types].xml"
MARKED_UP = (".xml", ".rels", ".vml")
MACRO = re.compile(r"(?i)vbaproject|vbadata|macroenabled|activex|xl/macrosheets|application/vnd\.ms-office\.vba")
INSIDE = re.compile(r"(?i)/embeddings/|\.(html?|mhtml?|js|vbs|wsf|hta|exe|dll|scr|bat|cmd|ps1|lnk|swf)$")
AWAY = re.compile(r"(?i)(https?|ftp|file)://[^/]|\\\\|//")
SYMLINK = 0o120000
ENCRYPTED = 1


def prove(ask: Ask, kind: Kind) -> Iterator[Report]:
    """Report on an Office file, first without and then with its text; raises Refused if it cannot be taken."""
    report = Report(kind=kind)
    try:
        with zipfile.ZipFile(ask.file) as archive:
            check_frame(ask.file, archive, ask.limits)
            text = check_parts(archive, kind, report)
            keep_embedded(archive, ask, report)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        # NotImplementedError is zipfile's word for a part packed in a way it does not know: no office writes that.
        raise Refused(Reason.DAMAGED) from error
    if after_end(ask.file):
        report.add(Reason.TRAILING)
    yield report
    rows = list(rows_of(ask.file)) if kind is Kind.XLSX else []
    report.text = ("\n".join("\t".join(row) for row in rows) if kind is Kind.XLSX else text)[:TEXT]
    report.add(*hints(report.text, rows))
    yield report


def check_frame(path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
    """Raise Refused if the archive's own list shows a bomb, a password, a foreign start or names that are paths."""
    entries = archive.infolist()
    unpacked, packed = sum(entry.file_size for entry in entries), path.stat().st_size
    if len(entries) > limits.entries or unpacked > limits.unpacked:
        raise Refused(Reason.BOMB)
    if unpacked > limits.ratio_from and unpacked > limits.ratio * packed:
        raise Refused(Reason.BOMB)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Refused(Reason.OFFICE_PASSWORD)
    if not entries or min(entry.header_offset for entry in entries) != 0:
        raise Refused(Reason.TWO_KINDS)
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or any(map(_strange, entries)):
        raise Refused(Reason.DAMAGED)


def _strange(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.split("/")
    linked = (entry.external_attr >> 16) & 0o170000 == SYMLINK
    return linked or ".." in parts or parts[0] == "" or "\\" in entry.orig_filename or ":" in parts[0]


def check_parts(archive: zipfile.ZipFile, kind: Kind, report: Report) -> str:
    """Read every XML part and report what it links to; gives a document's text.

    Raises Refused for macros, a template from outside, declarations, another kind, or XML that is broken.
    """
    names = archive.namelist()
    if TYPES not in names:
        raise Refused(Reason.KIND_DIFFERS)
    parts = {name: read_part(archive, name) for name in names if name.endswith(MARKED_UP)}
    types = parts[TYPES].types
    if any(MACRO.search(name) for name in [*names, *types]):
        raise Refused(Reason.MACRO)
    if {MAIN[found] for found in types if found in MAIN} != {kind}:
        raise Refused(Reason.KIND_DIFFERS)
    counts: Counter[str] = Counter()
    for part in parts.values():
        check_links(part, counts)
    counts["embedded"] += sum(1 for name in names if INSIDE.search(name))
    if counts["external"] or counts["dde"]:
        report.add(Reason.OFFICE_EXTERNAL)
    if counts["embedded"]:
        report.add(Reason.OFFICE_EMBEDDED)
    report.findings = {name: count for name, count in counts.items() if count}
    return "".join(part.text for name, part in parts.items() if name == "word/document.xml")


def check_links(part: Part, counts: Counter[str]) -> None:
    """Count a part's links to outside; raises Refused for a template fetched from elsewhere."""
    for sort, target in part.outside:
        if sort == "attachedTemplate" and AWAY.match(target):
            raise Refused(Reason.REMOTE_TEMPLATE)
        if sort == "hyperlink":
            counts["link"] += 1
        elif sort != "attachedTemplate":
            counts["external"] += 1
    counts["dde"] += part.dde


def keep_embedded(archive: zipfile.ZipFile, ask: Ask, report: Report) -> None:
    """List the files inside and, where a folder is given, write each there for the scanner."""
    inside = [entry for entry in archive.infolist() if INSIDE.search(entry.filename)]
    if len(inside) > ask.limits.embedded:
        raise Refused(Reason.TOO_COMPLEX)
    for number, entry in enumerate(inside, 1):
        path = Path(ask.folder, f"embedded-{number:03}") if ask.folder else None
        if path is not None:
            path.write_bytes(archive.read(entry))
        report.embedded.append(Embedded(safe_name(entry.filename), entry.file_size, str(path or "")))


def after_end(path: Path) -> bool:
    """Say whether bytes follow the archive's end record; raises Refused if they are another file."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        tail = file.read()
    if seam_at_end(tail):
        return False
    at = tail.rfind(b"PK\x05\x06")
    if seam_after(tail[at + 22 :]):
        raise Refused(Reason.TWO_KINDS)
    return True


def rows_of(path: Path) -> Iterator[list[str]]:
    """Give the rows of all sheets as text until there is enough for search; raises Refused if none can be read."""
    length = 0
    try:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            for row in book.get_sheet_by_name(name).iter_rows():
                cells = [str(cell) for cell in row if cell != ""]
                length += sum(map(len, cells)) + 1
                if cells:
                    yield cells
                if length > TEXT:
                    return
    except CalamineError as error:
        raise Refused(Reason.DAMAGED) from error
