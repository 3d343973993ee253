"""One way to write a workbook: pages of cells, of which only the open ones may be filled, with lists to choose from."""

import io
import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple
from unicodedata import east_asian_width

import xlsxwriter

Kind = Literal["text", "head", "title", "open", "note", "closed"]

INK, LINE, HEAD, OPEN, CLOSED = "#1a1a1a", "#8c8f94", "#e8ecf2", "#fffbe6", "#f2f2f2"
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "text_wrap": False},
    "head": {"bold": True, "bg_color": HEAD, "border": 1, "border_color": LINE},
    "text": {"border": 1, "border_color": LINE},
    "note": {},
    "open": {"border": 1, "border_color": LINE, "bg_color": OPEN, "locked": False},
    "closed": {"border": 1, "border_color": LINE, "bg_color": CLOSED},
}
ALL = {"text_wrap": True, "valign": "top", "font_name": "Yu Gothic", "font_size": 10, "font_color": INK,
       "num_format": "@"}
LINE_HEIGHT = 14.5
LONGEST_LIST = 250
"""Characters of a list that stands in the cell's own rule; longer ones go to the page of lists."""


class Cell(NamedTuple):
    """One cell: its text, what it is, and the texts offered for it, if it is open."""

    text: str
    kind: Kind = "text"
    choices: tuple[str, ...] = ()


class Page(NamedTuple):
    """One sheet: its name, the widths of its columns (characters), its rows, rows frozen at the top, hidden or not."""

    name: str
    widths: tuple[int, ...]
    rows: Sequence[Sequence[Cell]]
    frozen: int = 0
    hidden: bool = False


def write(pages: Sequence[Page], title: str, made_at: datetime) -> bytes:
    """Give the workbook as bytes; the same values at the same moment give the same bytes. No text runs as a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
        looks = {kind: book.add_format(ALL | look) for kind, look in LOOKS.items()}
        lists = Lists(book)
        for page in pages:
            _write(book.add_worksheet(page.name), page, looks, lists)
        lists.close()
    return out.getvalue()


class Lists:
    """The hidden page of lists that are too long for a cell's own rule."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._sheet: Any = None
        self._places: dict[tuple[str, ...], str] = {}

    def source(self, choices: tuple[str, ...]) -> Any:
        """Give what a cell's rule names: the texts themselves, or where they stand."""
        if sum(map(len, choices)) + len(choices) <= LONGEST_LIST and not any("," in text for text in choices):
            return list(choices)
        if choices not in self._places:
            self._sheet = self._sheet or self._book.add_worksheet("lists")
            column = len(self._places)
            self._sheet.write_column(0, column, choices)
            letter = xlsxwriter.utility.xl_col_to_name(column, col_abs=True)
            self._places[choices] = f"=lists!{letter}$1:{letter}${len(choices)}"
        return self._places[choices]

    def close(self) -> None:
        """Hide the page, if there is one."""
        if self._sheet is not None:
            self._sheet.hide()


def _lines(cell: Cell, width: int) -> int:
    """How many lines a cell takes: spreadsheet programs do not all fit a row to its text when they open a file."""
    if cell.kind == "title":
        return 2
    return sum(max(1, math.ceil(sum(1 + (east_asian_width(letter) in "WF") for letter in line) / width))
               for line in cell.text.split("\n"))


def _write(sheet: Any, page: Page, looks: dict[str, Any], lists: Lists) -> None:
    for column, width in enumerate(page.widths):
        sheet.set_column(column, column, width)
    for number, row in enumerate(page.rows):
        sheet.set_row(number, max([1, *map(_lines, row, page.widths)]) * LINE_HEIGHT)
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell.text, looks[cell.kind])
            if cell.choices:
                sheet.data_validation(number, column, number, column, {
                    "validate": "list", "source": lists.source(cell.choices), "error_type": "warning"})
    if page.frozen:
        sheet.freeze_panes(page.frozen, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
    if page.hidden:
        sheet.hide()
