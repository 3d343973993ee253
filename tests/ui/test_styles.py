"""The styles keep their promises: contrast, weight, sizes, and nothing from outside."""

import gzip
import re

import pytest

from tests.house import ROOT

STATIC = ROOT / "static"
SHEETS = [sheet for sheet in sorted(STATIC.glob("*.css")) if not sheet.name.startswith("packet")]  # paper has its own
TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3", "link", "bad", "ok", "warn", "wait", "accent")
      for ground in ("surface", "ground")],
    *[(ink, ground, TEXT) for ink in ("ink", "ink-2", "link") for ground in ("sunken", "accent-soft")],
    *[(tone, f"{tone}-soft", TEXT) for tone in ("ok", "warn", "bad", "wait", "mute", "accent")],
    ("ink", "wait-soft", TEXT), ("ink", "warn-soft", TEXT), ("ink-2", "wait-soft", TEXT), ("ink-3", "mute-soft", TEXT),
    ("surface", "accent", TEXT), ("surface", "accent-strong", TEXT),
    ("line-strong", "surface", SHAPE), ("line-strong", "ground", SHAPE), ("focus", "ground", SHAPE),
    ("focus-ring", "accent-strong", SHAPE), ("accent", "line", SHAPE),
]


def tokens() -> dict[str, str]:
    """The colours by name."""
    plain = (STATIC / "tokens.css").read_text(encoding="utf-8").partition("@media")[0]
    return dict(TOKEN.findall(plain))


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[start:start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_rightly() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_can_be_read(front: str, back: str, least: float) -> None:
    assert contrast(tokens()[front], tokens()[back]) >= least


def test_colours_stand_in_tokens_alone() -> None:
    allowed = {"#ffffff", "#000000"}
    strays = [f"{sheet.name} {colour}" for sheet in SHEETS if sheet.name != "tokens.css"
              for colour in COLOUR.findall(sheet.read_text(encoding="utf-8")) if colour.lower() not in allowed]
    assert strays == []


def test_styles_weigh_little_and_fetch_nothing() -> None:
    sheets = [sheet.read_bytes() for sheet in SHEETS]
    assert sum(len(gzip.compress(sheet, 9)) for sheet in sheets) <= 16 * 1024
    assert [sheet for sheet in sheets if re.search(rb"url\(|@import|@font-face|!important", sheet)] == []


def test_nothing_is_smaller_than_the_floor() -> None:
    sizes = [(sheet.name, size) for sheet in SHEETS
             for size in re.findall(r"font(?:-size)?:[^;]*?([\d.]+)rem", sheet.read_text(encoding="utf-8"))]
    assert [found for found in sizes if float(found[1]) * 16 < 13] == []
