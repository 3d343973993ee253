"""Reads a spreadsheet's cells as text: XLSX with its merged, hidden and struck-out cells, CSV in its encoding."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from portal.core.evidence.kinds import Kind
from portal.core.evidence.verdicts import Reason
from portal.core.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Note, Sheet
from portal.store.examine import sheet_marks
from portal.store.examine.report import TEXT, Ask, Refused
from portal.store.examine.text import delimiter_of, encoding_of, read_rows


def work(ask: Ask) -> Iterator[Sheet]:
    """Give the sheets in order; raises Refused where nothing can be read. Formulas give their last value."""
    if ask.kind is Kind.CSV:
        yield _csv(ask)
        return
    try:
        with zipfile.ZipFile(ask.file) as archive:
            marks = sheet_marks.read(archive)
        book = CalamineWorkbook.from_path(ask.file)
        for number, about in enumerate(book.sheets_metadata):
            hidden = about.visible is not SheetVisibleEnum.Visible
            yield _sheet(book.get_sheet_by_index(number), hidden, marks.get(about.name, []))
    except (CalamineError, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise Refused(Reason.DAMAGED) from error


def _csv(ask: Ask) -> Sheet:
    encoding = encoding_of(ask.file)
    with ask.file.open("r", encoding=encoding, newline="") as stream:
        excerpt = stream.read(TEXT).lstrip("\ufeff")
    rows = [[cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]]
            for row in islice(read_rows(ask.file, encoding, delimiter_of(excerpt)), MOST_ROWS)]
    return Sheet(ask.file.stem, rows)


def _sheet(sheet: CalamineSheet, hidden: bool, marks: list[Note]) -> Sheet:
    """One sheet from its first row and column on, at most so many of each; a cell far out does not fill memory."""
    (_, left), (bottom, right) = sheet.start or (0, 0), sheet.end or (-1, -1)
    blank, width = [""] * min(left, MOST_COLUMNS), max(0, MOST_COLUMNS - left)
    rows = [[*blank, *map(_text, row[:width])] for row in islice(sheet.iter_rows(), MOST_ROWS)]
    for (first, start), (last, end) in sheet.merged_cell_ranges or ():
        _carry(rows, range(first, last + 1), range(start, end + 1))
    while rows and not any(rows[-1]):
        rows.pop()
    cut: list[Note] = ["cut"] if bottom >= MOST_ROWS or right >= MOST_COLUMNS else []
    return Sheet(sheet.name, rows, hidden, [*marks, *cut])


def _carry(rows: list[list[str]], down: range, across: range) -> None:
    """Let every cell of a merged range say what its first cell says."""
    if down.start < len(rows) and across.start < len(rows[down.start]):
        said = rows[down.start][across.start]
        for row in rows[down.start:down.stop]:
            for place in across:
                if place < len(row):
                    row[place] = said


def _text(cell: object) -> str:
    """Give a cell as a person would read it: whole numbers without a point, days as ISO dates."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return f"{cell:.0f}" if cell.is_integer() else repr(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
        case date() | time() | timedelta():
            return cell.isoformat() if isinstance(cell, date | time) else str(cell)
    return str(cell)[:LONGEST_CELL]
