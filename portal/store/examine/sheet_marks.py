"""What a spreadsheet shows beside its cells: hidden rows and columns, struck-out text, drawn shapes."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree import ElementTree

from portal.core.sheet import Note

BOOK, BOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"


def read(archive: zipfile.ZipFile) -> dict[str, list[Note]]:
    """Give by sheet name what was seen; the archive was proven before, so its parts are well-formed."""
    struck, crossed = _struck_styles(archive), _struck_strings(archive)
    return {name: list(_notes(archive, part, struck, crossed)) for name, part in _parts(archive)}


def _tag(name: str) -> str:
    return name.rpartition("}")[2]


def _elements(archive: zipfile.ZipFile, part: str) -> Iterator[ElementTree.Element]:
    if part in archive.namelist():
        with archive.open(part) as stream:
            for _, element in ElementTree.iterparse(stream):
                yield element


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The sheets by name, with the part each stands in."""
    places = {element.get("Id"): element.get("Target", "") for element in _elements(archive, BOOK_RELATIONS)
              if _tag(element.tag) == "Relationship"}
    for element in _elements(archive, BOOK):
        if _tag(element.tag) == "sheet":
            link = next((value for key, value in element.attrib.items() if _tag(key) == "id"), "")
            target = places.get(link, "")
            yield element.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _struck_styles(archive: zipfile.ZipFile) -> set[str]:
    """The numbers of the cell styles whose font is struck out."""
    fonts: list[bool] = []
    styles: set[str] = set()
    for element in _elements(archive, STYLES):
        if _tag(element.tag) == "fonts":
            fonts = [any(_is_strike(part) for part in font) for font in element]
        elif _tag(element.tag) == "cellXfs":
            styles = {str(number) for number, style in enumerate(element)
                      if int(style.get("fontId", 0)) < len(fonts) and fonts[int(style.get("fontId", 0))]}
    return styles


def _struck_strings(archive: zipfile.ZipFile) -> set[str]:
    """The numbers of the shared texts of which a part is struck out."""
    texts = (element for element in _elements(archive, STRINGS) if _tag(element.tag) == "si")
    return {str(number) for number, text in enumerate(texts) if any(_is_strike(part) for part in text.iter())}


def _is_strike(element: ElementTree.Element) -> bool:
    return _tag(element.tag) == "strike" and element.get("val", "1") not in ("0", "false")


def _notes(archive: zipfile.ZipFile, part: str, struck: set[str], crossed: set[str]) -> Iterator[Note]:
    seen: set[Note] = set()
    for element in _elements(archive, part):
        tag, hidden = _tag(element.tag), element.get("hidden") in ("1", "true")
        if tag == "row" and hidden and len(element):
            seen.add("hidden_rows")
        elif tag == "col" and hidden:
            seen.add("hidden_columns")
        elif tag == "c" and len(element):
            value = next((child.text for child in element if _tag(child.tag) == "v"), None)
            if element.get("s") in struck or (element.get("t") == "s" and value in crossed):
                seen.add("struck")
        elif tag == "row":
            element.clear()
    if _draws(archive, part):
        seen.add("drawings")
    order: tuple[Note, ...] = ("hidden_rows", "hidden_columns", "struck", "drawings")
    yield from (note for note in order if note in seen)


def _draws(archive: zipfile.ZipFile, part: str) -> bool:
    """Say whether shapes or pictures are drawn over the sheet; notes beside cells are none."""
    path = PurePosixPath(part)
    relations = f"{path.parent}/_rels/{path.name}.rels"
    return any(re.search(r"/(drawing|ctrlProp)$", element.get("Type", "")) for element in _elements(archive, relations))
