"""The few strokes all pictures are drawn with: elements with presentation attributes only, every text escaped."""

import unicodedata
from dataclasses import dataclass
from html import escape

INK, INK_2, LINE, SURFACE, GROUND = "#1a1a1a", "#4d4d4d", "#d9dce1", "#ffffff", "#eef1f5"
ACCENT_STRONG, ACCENT, ACCENT_LINE = "#00316a", "#00428c", "#97d3ff"
STEPS = ("#eef1f5", "#c0e4ff", "#57b8ff", "#0055ad", "#00316a")
TONES = {"ok": "#115a36", "warn": "#ac3e00", "bad": "#ce0000", "wait": "#5109ad", "mute": "#666666",
         "info": "#00428c", "plain": "#115a36"}
SOFT = {"ok": "#e6f5ec", "warn": "#ffeee2", "bad": "#fdeeee", "wait": "#f1eafa", "mute": "#f2f2f2",
        "info": "#f0f9ff", "plain": "#ffffff"}
FONT = "'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','BIZ UDPGothic',Meiryo,sans-serif"
SIZE = 13


class Svg(str):
    """A piece of a drawing; templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Itself: what needed escaping was escaped when it was drawn."""
        return str(self)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its title, the sentence that says what it shows, and the same as a table."""

    title: str
    sentence: str
    drawing: Svg
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a drawing is drawn on: its name (unique on a page), width and height."""

    name: str
    width: float
    height: float


def figure(value: float) -> str:
    """A number as short as it is exact enough: two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def tag(name: str, *children: str, **attributes: str | float) -> Svg:
    """One element; `stroke_width=2` becomes `stroke-width="2"`, children that are not Svg are text."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{figure(value) if isinstance(value, int | float) else escape(value)}"'
        for key, value in attributes.items())
    inner = "".join(child if isinstance(child, Svg) else escape(child, quote=False) for child in children)
    return Svg(f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>")


def text(x: float, y: float, words: str, **attributes: str | float) -> Svg:
    """Words on a base line."""
    placed: dict[str, str | float] = {"x": x, "y": y, "fill": INK, **attributes}
    return tag("text", words, **placed)


def group(*children: Svg, **attributes: str | float) -> Svg:
    """Pieces that share attributes."""
    return tag("g", *children, **attributes)


def drawing(sheet: Sheet, title: str, description: str, *children: Svg) -> Svg:
    """The whole: one image with a name and a description for those who do not see it."""
    box = f"0 0 {figure(sheet.width)} {figure(sheet.height)}"
    return tag(
        "svg", tag("title", title, id=f"{sheet.name}-title"), tag("desc", description, id=f"{sheet.name}-desc"),
        *children, xmlns="http://www.w3.org/2000/svg", viewBox=box, width=sheet.width, height=sheet.height,
        role="img", aria_labelledby=f"{sheet.name}-title {sheet.name}-desc",
        font_family=FONT, font_size=SIZE)


def hatch(name: str, colour: str) -> Svg:
    """A pattern of slanting lines, used as `fill="url(#name)"`, so that colour never works alone."""
    lines = tag("path", d="M-2 2l4-4M0 8l8-8M6 10l4-4", stroke=colour, stroke_width=2)
    return tag("defs", tag("pattern", lines, id=name, width=8, height=8, patternUnits="userSpaceOnUse"))


def breadth(words: str, size: float = SIZE) -> float:
    """About how wide words are: wide characters a full size, others a little over half."""
    wide = sum(unicodedata.east_asian_width(letter) in "WFA" for letter in words)
    return size * (wide + 0.58 * (len(words) - wide))


def fitted(words: str, room: float, size: float = SIZE) -> str:
    """Words cut to a room, with an ellipsis where they do not fit."""
    if breadth(words, size) <= room:
        return words
    while words and breadth(words + "…", size) > room:
        words = words[:-1]
    return words + "…"
