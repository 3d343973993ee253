"""Workbooks for tests: made of plain rows, read as the portal reads them, typed into, and saved again."""

import io
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter
from msgspec.structs import replace

from portal.core import answer_book
from portal.core.evidence.kinds import Kind
from portal.core.sheet import Book, Sheet
from portal.store import examine


def back(data: bytes, folder: Path) -> Book:
    """A workbook as the portal reads it from a file."""
    path = folder / "book.xlsx"
    path.write_bytes(data)
    read = examine.spreadsheet(path, Kind.XLSX)
    assert read.fault is None
    return read.book


def saved(book: Book) -> bytes:
    """A workbook saved as a file, its hidden sheets hidden."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as file:
        for sheet in book.sheets:
            page = file.add_worksheet(sheet.sheet)
            for number, row in enumerate(sheet.rows):
                page.write_row(number, 0, row)
            if sheet.hidden:
                page.hide()
    return out.getvalue()


def sheet(*rows: Iterable[str], name: str = "チェックシート") -> bytes:
    """A workbook of one sheet, as a file."""
    return saved(Book([Sheet(name, [list(row) for row in rows])]))


def edited(book: Book, question: str, **cells: str) -> Book:
    """The portal's workbook (Japanese) with cells of one question's row typed otherwise."""
    sheets = []
    for page in book.sheets:
        rows = [list(row) for row in page.rows]
        heads = next((row for row in rows if answer_book.HEADS["answer"].ja in row), None)
        for row in rows if heads else ():
            if row[0] == question and heads:
                for field, text in cells.items():
                    row[heads.index(answer_book.HEADS[field].ja)] = text
        sheets.append(replace(page, rows=rows))
    return Book(sheets)
