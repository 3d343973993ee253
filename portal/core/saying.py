"""How an answer is read aloud: its label or text in a language, and what differs between two texts."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from portal.core.bilingual import Text
from portal.core.templates import Column, Question

YES_NO = {
    "yes": Text(ja="はい", en="Yes"), "no": Text(ja="いいえ", en="No"), "partial": Text(ja="一部", en="Partly"),
    "na": Text(ja="該当しない", en="Not applicable"),
}
NOTHING = Text(ja="（回答なし）", en="(no answer)")
NONE = Text(ja="該当する行はありません", en="Declared: there are none")
_TOKEN = re.compile(
    r"[\u4e00-\u9fff々]+|[\u3041-\u309f]+|[\u30a0-\u30ffー]+|[A-Za-z]+|[0-9]+|\s+|.", re.DOTALL
)


def answer(question: Question, value: Mapping[str, Any], *, not_applicable: bool, language: str) -> str:
    """Give what was answered as one text; a table gives one line a row."""
    if not_applicable:
        return YES_NO["na"].get(language)
    if "raw" in value:
        return str(value["raw"].get("text", "")) or NOTHING.get(language)
    if "rows" in value or value.get("none"):
        return _table(question, value, language)
    if "choices" in value:
        return "、".join(_choice(question, code, language) for code in value["choices"]) if language == "ja" else \
            ", ".join(_choice(question, code, language) for code in value["choices"])
    if "choice" in value:
        return _choice(question, str(value["choice"]), language)
    if "number" in value:
        unit = question.unit.get(language) if question.unit else ""
        return f"{value['number']} {unit}".strip() if language == "en" else f"{value['number']}{unit}"
    return str(value.get("date") or value.get("text") or "") or NOTHING.get(language)


def _choice(question: Question, code: str, language: str) -> str:
    offered = question.choice(code)
    if offered is not None:
        return offered.label.get(language)
    return YES_NO[code].get(language) if code in YES_NO else code


def _table(question: Question, value: Mapping[str, Any], language: str) -> str:
    rows = value.get("rows", ())
    if not rows:
        return NONE.get(language)
    colon, gap = ("：", "　") if language == "ja" else (": ", "; ")
    return "\n".join(
        gap.join(f"{column.label.get(language)}{colon}{_cell(column, row, language)}"
                 for column in question.columns if row.get(column.code))
        for row in rows
    )


def _cell(column: Column, row: Mapping[str, Any], language: str) -> str:
    given = str(row[column.code])
    offered = next((choice.label for choice in column.choices if choice.code == given), YES_NO.get(given))
    return offered.get(language) if offered is not None else given


def differences(before: str, after: str) -> list[tuple[str, str]]:
    """Give the pieces of a text against its former self as (same, del or ins, text), word by word, Japanese too."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(old[a:b])))
            continue
        if a < b:
            pieces.append(("del", "".join(old[a:b])))
        if c < d:
            pieces.append(("ins", "".join(new[c:d])))
    return pieces
