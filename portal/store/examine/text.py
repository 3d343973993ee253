"""CSV and TXT: an encoding that decodes every byte, no binary, and no cell that would run as a formula."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from portal.core.evidence.hints import hints
from portal.core.evidence.kinds import Kind
from portal.core.evidence.verdicts import Reason
from portal.store.examine.report import TEXT, Ask, Refused, Report

PIECE = 1 << 20
BINARY = re.compile("[\0-\x08\x0e-\x19\x1c-\x1f\x7f\ufffe\uffff]")
"""Characters no text has; form feed, the old end mark 0x1A and escape are let through."""

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
NUMBER = re.compile(r"\s*[+\-－＋]?\s*[¥$]?[\d,.()%\s:/-]*[%円]?\s*|\s*[-－]+\s*|\s*\+?[\d\s()-]+\s*")
ROWS_FOR_HINTS = 5_000
WIDEST = 16_384
"""Columns of a row: as many as a spreadsheet can show."""


def prove(ask: Ask, kind: Kind) -> Iterator[Report]:
    """Report on a text file; raises Refused for binary or an encoding that is not known."""
    encoding = encoding_of(ask.file)
    with ask.file.open("r", encoding=encoding, newline="") as stream:
        excerpt = stream.read(TEXT).lstrip("\ufeff")
    report = Report(kind=kind, text=excerpt)
    rows: list[Sequence[str]] = []
    if kind is Kind.CSV:
        formulas = 0
        for row in read_rows(ask.file, encoding, delimiter_of(excerpt)):
            formulas += sum(1 for cell in row if runs(cell))
            if len(rows) < ROWS_FOR_HINTS:
                rows.append(row[:100])
        if formulas:
            report.findings = {"formula": formulas}
            report.add(Reason.CSV_FORMULA)
    report.add(*hints(excerpt, rows))
    yield report


def encoding_of(path: Path) -> str:
    """Give the encoding that decodes the whole file to text; raises Refused if none does."""
    with path.open("rb") as file:
        head = file.read(65_536)
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if head.startswith(mark):
            return _checked(path, encoding)
    if b"\0" in head:
        raise Refused(Reason.NOT_TEXT)
    first = ["iso2022_jp"] if b"\x1b$" in head or b"\x1b(" in head else []
    last = ["euc_jp", "cp932"] if _is_euc(head) else ["cp932", "euc_jp"]
    for encoding in [*first, "utf-8", *last]:
        if _decodes(path, encoding):
            return _checked(path, encoding)
    raise Refused(Reason.ENCODING)


def _is_euc(head: bytes) -> bool:
    # Text in EUC-JP often decodes as Shift_JIS too, but then to half-width katakana throughout.
    def wide(encoding: str) -> int:
        text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
        return sum(1 for char in text if "\u3041" <= char <= "\u9fff") - text.count("\ufffd")

    return wide("euc_jp") > wide("cp932")


def _pieces(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _decodes(path: Path, encoding: str) -> bool:
    try:
        for _ in _pieces(path, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _checked(path: Path, encoding: str) -> str:
    try:
        if any(BINARY.search(piece) for piece in _pieces(path, encoding)):
            raise Refused(Reason.NOT_TEXT)
    except UnicodeDecodeError as error:
        raise Refused(Reason.ENCODING) from error
    return encoding


def delimiter_of(excerpt: str) -> str:
    """Give what parts the cells: whichever of comma, tab and semicolon the first lines hold most of."""
    start = "\n".join(islice(io.StringIO(excerpt), 5))
    return max(",\t;", key=start.count)


def read_rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """Give the rows of a CSV file; raises Refused if they cannot be read as rows."""
    csv.field_size_limit(16 << 20)
    try:
        with path.open("r", encoding=encoding, newline="") as stream:
            for row in csv.reader(stream, delimiter=delimiter):
                if len(row) > WIDEST:
                    raise Refused(Reason.TOO_COMPLEX)
                yield row
    except csv.Error as error:
        raise Refused(Reason.DAMAGED) from error


def runs(cell: str) -> bool:
    """Say whether a spreadsheet program would take a cell for a formula; numbers and telephones are none."""
    return FORMULA.match(cell) is not None and NUMBER.fullmatch(cell) is None
