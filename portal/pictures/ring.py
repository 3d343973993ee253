"""How far one thing has come, as a small ring with its number; the words beside it carry the value."""

from math import pi

from portal.pictures.svg import ACCENT, FONT, LINE, TONES, Svg, tag, text

SIZE, RADIUS, STROKE = 48, 20, 5


def ring(done: int, total: int) -> Svg:
    """A ring for `done` of `total`; hidden from those who hear the page, who hear the words beside it."""
    share = done / total if total else 0.0
    around = 2 * pi * RADIUS
    middle, colour = SIZE / 2, TONES["ok"] if total and done >= total else ACCENT
    base = tag("circle", cx=middle, cy=middle, r=RADIUS, fill="none", stroke=LINE, stroke_width=STROKE)
    arc = tag("circle", cx=middle, cy=middle, r=RADIUS, fill="none", stroke=colour, stroke_width=STROKE,
              stroke_dasharray=f"{around * share:.2f} {around:.2f}", transform=f"rotate(-90 {middle:g} {middle:g})")
    number = text(middle, middle + 5, str(done), text_anchor="middle", font_weight=700)
    return tag("svg", base, *([arc] if done else []), number, xmlns="http://www.w3.org/2000/svg",
               viewBox=f"0 0 {SIZE} {SIZE}", width=SIZE, height=SIZE, aria_hidden="true", focusable="false",
               font_family=FONT, font_size=13)
