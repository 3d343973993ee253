"""What the packet's fonts can show: text is made printable before it reaches a page, and what they lack is told."""

import unicodedata
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import noto_cjk_sans_jp_bold
import noto_cjk_sans_jp_regular
from fontTools.ttLib import TTFont

FONTS = tuple(Path(str(font.FONT_PATH)) for font in (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold))


@cache
def _covered() -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    """Give the characters, and the pairs of character and variation selector, that both fonts hold."""
    singles, pairs = [], []
    for path in FONTS:
        with TTFont(path, lazy=True) as font:
            singles.append(frozenset(font.getBestCmap()))
            tables = [table for table in font["cmap"].tables if table.format == 14]
            pairs.append(
                frozenset(
                    (base, selector)
                    for table in tables
                    for selector, bases in table.uvsDict.items()
                    for base, _ in bases
                )
            )
    return singles[0] & singles[1], pairs[0] & pairs[1]


def printable(text: str, lacking: set[int]) -> str:
    """Drop control and non-characters, write what no font covers as [U+1F468] and add it to `lacking`."""
    if text.isascii() and text.isprintable():
        return text
    singles, pairs = _covered()
    result, before = [], 0
    for character in text:
        code = ord(character)
        shown = code in singles and (character.isprintable() or character == "\u3000")
        if shown or character == "\n" or (before, code) in pairs:
            result.append(character)
        elif character in "\t\u2028\u2029\u00a0":
            result.append(" ")
        elif unicodedata.category(character) in ("Cc", "Cf") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            pass
        else:
            lacking.add(code)
            result.append(f"[U+{code:04X}]")
        before = code
    return "".join(result)


def printable_value(thing: Any, lacking: set[int]) -> Any:
    """Give a copy of a value (dataclass, tuple, text) in which every text has been made printable."""
    if isinstance(thing, str):
        return printable(thing, lacking)
    if isinstance(thing, tuple):
        return tuple(printable_value(item, lacking) for item in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        made = {field.name: printable_value(getattr(thing, field.name), lacking) for field in fields(thing)}
        return replace(thing, **made)
    return thing
