"""A spreadsheet as it was read: sheets of text cells, with what was hidden, struck out or cut off told beside them."""

from typing import Literal

from msgspec import Struct

Note = Literal["hidden_rows", "hidden_columns", "struck", "cut", "drawings"]

MOST_ROWS = 5_000
MOST_COLUMNS = 100
LONGEST_CELL = 20_000


class Sheet(Struct, frozen=True):
    """One sheet: its name, its rows of text from the first cell on, whether it is hidden, and what else was seen."""

    sheet: str
    rows: list[list[str]]
    hidden: bool = False
    notes: list[Note] = []


class Book(Struct, frozen=True):
    """A whole spreadsheet."""

    sheets: list[Sheet]

    def sheet(self, name: str) -> Sheet | None:
        """Give the sheet of that name, or nothing."""
        return next((sheet for sheet in self.sheets if sheet.sheet == name), None)

    @property
    def notes(self) -> list[Note]:
        """What was seen in any sheet that is shown, once each; hidden sheets of lists are usual."""
        return list(dict.fromkeys(note for sheet in self.sheets if not sheet.hidden for note in sheet.notes))
