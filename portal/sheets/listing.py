"""A list as a file: a workbook, or CSV that no spreadsheet program runs as formulas."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from portal.sheets.paper import Cell, Page, write

RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell of CSV must not begin with."""


def page(name: str, heads: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]) -> Page:
    """Give a page of a workbook: heads with their widths (characters), then the rows."""
    return Page(name[:31], tuple(width for _, width in heads),
                [[Cell(text, "head") for text, _ in heads], *([Cell(text) for text in row] for row in rows)], frozen=1)


def workbook(title: str, pages: Sequence[Page], made_at: datetime) -> bytes:
    """Give a workbook of such pages; no text runs as a formula."""
    return write(pages, title, made_at)


def comma_separated(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Give CSV in UTF-8 with its mark, as Japanese spreadsheet programs want it; a text that would run is quoted."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (heads, *rows):
        writer.writerow([f"'{text}" if text.startswith(RUNS) else text for text in row])
    return ("\ufeff" + out.getvalue()).encode()
