"""Reads what a person typed or picked as the answer to a question, whatever its type, and says what is wrong."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from portal.core.dates import BadDate, read_date
from portal.core.sentences import sentence
from portal.core.templates import Column, Question

LONGEST = 20_000
MOST_ROWS = 500
MARKS = {
    "yes": "yes はい 有 あり 適 ○ ◯ 〇 ◎ 実施 実施済 実施済み 対応済 対応済み y ok ✓ ☑ レ",
    "partial": "partial 一部 一部実施 一部対応 △ ▲ 対応中 準備中 計画中 partly",
    "no": "no いいえ 無 なし 否 不適 × ✕ ✖ x 未実施 未対応 n ng",
    "na": "na n/a 該当しない 該当なし 非該当 対象外 - ー ― – / ／ not applicable",
}
UNITS = re.compile(
    r"(日|[かヶカケヵ箇]月|月|年|件|人|名|回|%|パーセント|days?|months?|years?|events?|persons?)$", re.IGNORECASE
)

NOT_OFFERED = sentence("Choose one of the answers offered.")
YES_OR_NO = sentence("Answer yes or no.")
YES_NO_PARTIAL = sentence("Answer yes, no, partly or not applicable.")
NOT_A_NUMBER = sentence("Write a number, such as 12.")
NEGATIVE = sentence("Write a number of 0 or more.")
TOO_GREAT = sentence("Write a number of at most %(maximum)s.")
TOO_LONG = sentence("Shorten the text to at most %(longest)s characters.")
TOO_MANY_ROWS = sentence("Enter at most %(most)s rows; attach the rest as a file.")
ROW_LACKS = sentence("Row %(row)s: fill in “%(column)s”.")
ROW_WRONG = sentence("Row %(row)s, “%(column)s”: %(problem)s")
ROWS_AND_NONE = sentence("Either enter rows or declare that there are none, not both.")


class Problem(Struct, frozen=True):
    """What is wrong with an answer: an English source sentence with the values for its places."""

    message: str
    values: Mapping[str, Any] = {}


class Reading(Struct, frozen=True):
    """What was read: the value to keep, and its problems. With problems, the value keeps what was typed."""

    value: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


class Misread(ValueError):
    """An answer cannot be read; carries the problem."""

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.problem = Problem(message, values)


def tidy(text: str) -> str:
    """Give text without a margin, with full-width letters and digits as half-width ones."""
    return unicodedata.normalize("NFKC", text).strip()


def read_mark(text: str) -> str | None:
    """Take a word or mark such as はい, ○, 一部 or N/A; give yes, partial, no or na, or nothing if it is unclear."""
    for given in (text.strip().lower(), tidy(text).lower()):
        for code, marks in MARKS.items():
            if given and given in marks.split(" "):
                return code
    return "na" if tidy(text).lower() == "not applicable" else None


def read_number(text: str) -> Decimal:
    """Take a number as typed, full-width, with commas or a unit; give it, or raise Misread."""
    plain = UNITS.sub("", tidy(text).replace(",", "").replace("、", "").rstrip()).strip()
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise Misread(NOT_A_NUMBER) from error
    if not number.is_finite():
        raise Misread(NOT_A_NUMBER)
    if number < 0:
        raise Misread(NEGATIVE)
    return number.normalize() if number else Decimal(0)


def read_answer(question: Question, raw: Mapping[str, Any]) -> Reading:
    """Take a question and what was typed; give the value to keep. An empty answer gives an empty value.

    Raw holds "text" (every one-line type), "choices" (choice_multi) or "rows" and "none" (table).
    """
    try:
        if question.answer_type == "table":
            return _table(question, raw)
        if question.answer_type == "choice_multi":
            return Reading(_choices(question, raw))
        text = str(raw.get("text", ""))
        return Reading(READERS[question.answer_type](question, text) if text.strip() else {})
    except BadDate as error:
        return Reading({"raw": dict(raw)}, (Problem(str(error)),))
    except Misread as error:
        return Reading({"raw": dict(raw)}, (error.problem,))


def with_rows_beyond(raw: Mapping[str, Any], stands: Mapping[str, Any]) -> dict[str, Any]:
    """Take a table as typed on a page with room for "shown" rows, and what stands; add the rows it had no room for.

    Somebody else has added them since: who never saw a row does not take it away.
    """
    typed = {name: part for name, part in raw.items() if name != "shown"}
    beyond = list(stands.get("raw", stands).get("rows", ()))[raw["shown"]:] if raw.get("shown") else []
    return {**typed, "rows": [*typed["rows"], *beyond]} if beyond else typed


def reread(question: Question, value: Mapping[str, Any]) -> Reading:
    """Take a value as kept; give it, or its problems again where it was kept as typed."""
    return read_answer(question, value["raw"]) if "raw" in value else Reading(value)


def _yes_no(question: Question, text: str) -> dict[str, Any]:
    code = read_mark(text)
    partial = question.answer_type == "yes_no_partial_na"
    if code in ("yes", "no") or (partial and code == "partial"):
        return {"choice": code}
    if partial and code == "na" and question.allow_na:
        return {"choice": "na"}
    raise Misread(YES_NO_PARTIAL if partial else YES_OR_NO)


def _text(question: Question, text: str) -> dict[str, Any]:
    kept = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
    if len(kept) > LONGEST:
        raise Misread(TOO_LONG, longest=LONGEST)
    return {"text": kept}


def _number(question: Question, text: str) -> dict[str, Any]:
    number = read_number(text)
    if question.maximum is not None and number > question.maximum:
        raise Misread(TOO_GREAT, maximum=question.maximum)
    return {"number": f"{number:f}"}


def _date(question: Question, text: str) -> dict[str, Any]:
    return {"date": read_date(text).isoformat()}


def _choice(question: Question, text: str) -> dict[str, Any]:
    return {"choice": _offered([(c.code, c.label.ja, c.label.en) for c in question.choices], text)}


def _choices(question: Question, raw: Mapping[str, Any]) -> dict[str, Any]:
    offered = [(c.code, c.label.ja, c.label.en) for c in question.choices]
    picked = {_offered(offered, str(text)) for text in raw.get("choices", ())}
    kept = [choice.code for choice in question.choices if choice.code in picked]
    return {"choices": kept} if kept else {}


def _offered(offered: list[tuple[str, str, str]], text: str) -> str:
    """Give the code of the choice whose code or label was given, or raise Misread."""
    for names in offered:
        if tidy(text).lower() in {tidy(name).lower() for name in names}:
            return names[0]
    raise Misread(NOT_OFFERED)


READERS: dict[str, Callable[[Question, str], dict[str, Any]]] = {
    "yes_no_partial_na": _yes_no,
    "yes_no": _yes_no,
    "date": _date,
    "number": _number,
    "text": _text,
    "choice": _choice,
}


def _table(question: Question, raw: Mapping[str, Any]) -> Reading:
    """Read the rows of a table; rows left wholly empty do not count, "none" declares that there is nothing."""
    given = [row for row in raw.get("rows", ()) if any(str(cell).strip() for cell in row.values())]
    if raw.get("none"):
        if given:
            raise Misread(ROWS_AND_NONE)
        return Reading({"none": True})
    if len(given) > MOST_ROWS:
        raise Misread(TOO_MANY_ROWS, most=MOST_ROWS)
    rows, problems = [], []
    for number, row in enumerate(given, 1):
        kept, wrong = _row(question.columns, row, number)
        rows.append(kept)
        problems += wrong
    if problems:
        return Reading({"raw": {"rows": given}}, tuple(problems))
    return Reading({"rows": rows} if rows else {})


def _row(columns: tuple[Column, ...], row: Mapping[str, Any], number: int) -> tuple[dict[str, str], list[Problem]]:
    kept: dict[str, str] = {}
    problems: list[Problem] = []
    for column in columns:
        text = str(row.get(column.code, "")).strip()
        if not text and column.required:
            problems.append(Problem(ROW_LACKS, {"row": number, "column": column.label}))
        if not text:
            continue
        try:
            kept[column.code] = read_cell(column, text)
        except BadDate as error:
            problems.append(Problem(ROW_WRONG, {"row": number, "column": column.label, "problem": Problem(str(error))}))
        except Misread as error:
            problems.append(Problem(ROW_WRONG, {"row": number, "column": column.label, "problem": error.problem}))
    return kept, problems


def read_cell(column: Column, text: str) -> str:
    """Take one cell of a table as typed; give what is kept, or raise Misread or BadDate."""
    if len(text) > LONGEST:
        raise Misread(TOO_LONG, longest=LONGEST)
    if column.kind == "date":
        return read_date(text).isoformat()
    if column.kind == "number":
        return f"{read_number(text):f}"
    if column.kind == "choice":
        return _offered([(c.code, c.label.ja, c.label.en) for c in column.choices], text)
    if column.kind == "yes_no":
        mark = read_mark(text)
        if mark not in ("yes", "no"):
            raise Misread(YES_OR_NO)
        return mark
    return country(text) if column.kind == "country" else unicodedata.normalize("NFC", text)


COUNTRIES = {
    "JP": "日本 japan", "US": "米国 アメリカ usa", "GB": "英国 イギリス uk", "TW": "台湾 taiwan", "KR": "韓国 korea",
    "CN": "中国 china", "DE": "ドイツ germany", "FR": "フランス france", "NL": "オランダ netherlands",
    "IE": "アイルランド ireland", "SG": "シンガポール singapore", "IN": "インド india",
}


def country(text: str) -> str:
    """Give the two-letter code of a country where it is one or a usual name of one; otherwise the name as given."""
    plain = tidy(text)
    if re.fullmatch(r"[A-Za-z]{2}", plain) and plain.lower() != "uk":
        return plain.upper()
    for code, names in COUNTRIES.items():
        if plain.lower() in names.split():
            return code
    return plain
