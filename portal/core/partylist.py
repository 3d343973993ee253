"""A list of parties as a file: which heads mean which field, and each row as plain values with what is wrong in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal.core.bilingual import Text
from portal.core.catalogue import Catalogue
from portal.core.errors import N_
from portal.core.folding import fold
from portal.core.identifiers import digits, read_ion
from portal.core.words import STATES

HEADS: dict[str, Text] = {
    "code": Text("当法人の番号", "Code"),
    "name_ja": Text("名称（日本語）", "Name (Japanese)"),
    "name_en": Text("名称（英語）", "Name (English)"),
    "name_kana": Text("名称（かな）", "Name (kana)"),
    "kind": Text("種別", "Kind"),
    "country": Text("国", "Country"),
    "location": Text("法令上の所在", "Place under the law"),
    "corporate_number": Text("法人番号", "Corporate number"),
    "ion": Text("WMDA ION", "WMDA ION"),
    "address": Text("所在地", "Address"),
    "status": Text("取引状況", "Status"),
    "note": Text("備考", "Note"),
}
"""The fields of a list in their order, with the heads under which the portal gives them out."""
ALSO = {
    "code": ("番号", "管理番号", "コード"), "name_ja": ("名称", "相手先", "相手先名", "会社名", "機関名", "name"),
    "name_en": ("英語名称", "英名"), "name_kana": ("かな", "カナ", "フリガナ", "名称カナ"), "kind": ("区分",),
    "country": ("国コード",), "ion": ("ION",), "address": ("住所",), "note": ("摘要", "メモ", "remarks"),
}
CHOSEN = ("kind", "location", "status")
"""Fields whose cells hold one word of a set."""
UNKNOWN_WORD = N_("This word is not one of the register's")
NOT_A_COUNTRY = N_("A country is two letters, JP for instance")
DEEPEST = 20
"""Rows among which the heads are looked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: its number in the sheet (from 1), its fields as values, and a sentence for each wrong one."""

    number: int
    said: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was read: the fields that have a column, heads that mean none, and the rows."""

    fields: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[Row, ...]


def words(catalogue: Catalogue) -> dict[str, dict[str, Text]]:
    """Give the labels of the chosen fields, by field and code."""
    states = {code: Text(word.ja, word.en) for code, word in STATES["party"].items()}
    return {"kind": catalogue.rules.codes("party_kind"), "location": catalogue.rules.codes("location"),
            "status": states}


def read(cells: Sequence[Sequence[str]], words: Mapping[str, Mapping[str, Text]]) -> Listed | None:
    """Read the rows below the heads; `words` are the labels of the chosen fields by code. None where no heads stand."""
    tops = [top for top, head in enumerate(cells[:DEEPEST]) if len(found := _columns(head)) > 1
            and "name_ja" in found.values()]
    if not tops:
        return None
    top, columns = tops[0], _columns(cells[tops[0]])
    unknown = tuple(text.strip() for place, text in enumerate(cells[top]) if text.strip() and place not in columns)
    known = {name: _known(words.get(name, {})) for name in CHOSEN}
    rows = tuple(_row(number, line, columns, known) for number, line in enumerate(cells[top + 1:], start=top + 2)
                 if any(text.strip() for text in line))
    return Listed(tuple(columns.values()), unknown, rows)


def _columns(head: Sequence[str]) -> dict[int, str]:
    return {place: name for place, text in enumerate(head) if (name := _field(text))}


def _field(head: str) -> str:
    wanted = fold(head)
    return next((name for name, label in HEADS.items()
                 if wanted in {fold(text) for text in (label.ja, label.en, *ALSO.get(name, ()))}), "")


def _known(labels: Mapping[str, Text]) -> dict[str, str]:
    return {fold(word): code for code, label in labels.items() for word in (code, label.ja, label.en)}


def _row(number: int, line: Sequence[str], columns: Mapping[int, str], known: Mapping[str, dict[str, str]]) -> Row:
    said, problems = {}, {}
    for place, name in columns.items():
        text = _plain(line[place] if place < len(line) else "")
        if name in CHOSEN and text:
            if fold(text) not in known[name]:
                problems[name] = UNKNOWN_WORD
            text = known[name].get(fold(text), text)
        elif name == "corporate_number":
            text = digits(text)
        elif name == "ion":
            text = read_ion(text) or text
        elif name == "country":
            text = text.upper()
            if text and not (len(text) == 2 and text.isascii() and text.isalpha()):
                problems[name] = NOT_A_COUNTRY
        said[name] = text
    return Row(number, said, problems)


def _plain(text: str) -> str:
    """The text of a cell; the mark that keeps a spreadsheet from running it is taken off again."""
    text = text.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text
