"""Pictures from plain values: SVG for screen and paper, each with the sentence it makes and the table behind it."""
