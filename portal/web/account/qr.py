"""A QR code as plain values for a template's SVG: its size and one path of squares."""

from dataclasses import dataclass

import segno

QUIET = 4


@dataclass(frozen=True, slots=True)
class Qr:
    """The side in modules, with the quiet zone, and the path that draws the dark ones."""

    side: int
    path: str

    @classmethod
    def of(cls, text: str) -> "Qr":
        """Give the code of a text (error correction M)."""
        rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
        squares = "".join(f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows)
                          for x, dark in enumerate(row) if dark)
        return cls(len(rows) + 2 * QUIET, squares)
