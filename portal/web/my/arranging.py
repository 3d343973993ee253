"""How a foreign sheet is understood, as a form: its sheet, head, columns, marks, and which row asks which question."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from portal.core import check_sheet
from portal.core.check_sheet import TITLES
from portal.core.saying import YES_NO
from portal.core.sheet import Book
from portal.queries.workbooks import View
from portal.web.languages import language

USED: tuple[check_sheet.Field, ...] = ("number", "question", "answer", "comment", "evidence", "plan")


def letters(place: int) -> str:
    """A column's letters, as a spreadsheet program shows them: A for 0, AA for 26."""
    head = letters(place // 26 - 1) if place >= 26 else ""
    return head + chr(ord("A") + place % 26)


def columns(view: View) -> list[tuple[int, str]]:
    """The columns of the sheet as (place, letter with the text of its head)."""
    layout = view.layout
    sheet = view.book.sheet(layout.sheet) if layout else None
    if layout is None or sheet is None:
        return []
    wide = max((len(row) for row in sheet.rows), default=0)
    head = sheet.rows[layout.head] if layout.head < len(sheet.rows) else []
    return [(place, f"{letters(place)} {head[place][:20] if place < len(head) else ''}".rstrip())
            for place in range(wide)]


def sheets(view: View) -> list[tuple[str, str]]:
    """The sheets of a spreadsheet to choose from."""
    return [(sheet.sheet, sheet.sheet) for sheet in view.book.sheets]


def meanings() -> list[tuple[str, str]]:
    """What a mark may mean, in the reader's language."""
    return [(code, YES_NO[code].get(language())) for code in ("yes", "partial", "no", "na")]


def titles() -> list[tuple[str, str]]:
    """The fields that are taken from a sheet, in the reader's language."""
    return [(field, TITLES[field].get(language())) for field in USED]


def mapping(view: View, form: MultiDict[str, str]) -> Mapping[str, Any]:
    """Give what a person chose; another sheet, head or column begins anew with the guesses."""
    name = form.get("sheet", "")
    sheet = view.book.sheet(name)
    if sheet is None:
        return {}
    if view.layout is None or view.layout.sheet != name:
        guess = check_sheet.guess(Book([sheet]))
        return {"sheet": name, "head": guess.head if guess else 0, "columns": dict(guess.columns) if guess else {}}
    head = max(0, form.get("head", 1, type=int) - 1)
    places = {field: form.get(f"column.{field}", -1, type=int) for field in USED}
    chosen = {field: place for field, place in places.items() if place >= 0}
    start: dict[str, Any] = {"sheet": name, "head": head, "columns": chosen}
    if (head, chosen) != (view.layout.head, {f: p for f, p in view.layout.columns.items() if f in USED}):
        return start
    questions = {str(item.row): id for item in view.items if (id := form.get(f"question.{item.row}", ""))}
    marks = {text: code for number, text in enumerate(view.marks) if (code := form.get(f"mark.{number}", ""))}
    return start | {"questions": questions, "marks": marks}
