"""The workbook of an attestation: what its cells are called, what stands in them, and how they are read back."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from msgspec import Struct

from portal.core.answers import MARKS, tidy
from portal.core.bilingual import Text
from portal.core.saying import YES_NO
from portal.core.sheet import Book, Sheet
from portal.core.templates import Question, Template

FORM = "jmdp-answers-1"
META = "portal"
COVER, ANSWERS = Text("表紙", "Cover"), Text("回答", "Answers")
HEADS = {
    "number": Text("番号", "No."),
    "question": Text("設問", "Question"),
    "how": Text("答え方", "How to answer"),
    "answer": Text("回答", "Answer"),
    "comment": Text("コメント・理由", "Comment, reason"),
    "reply": Text("審査者への返信", "Reply to the reviewer"),
    "evidence": Text("求める証跡", "Evidence asked for"),
    "state": Text("状態", "State"),
}
NONE = Text("ない（申告）", "None (declared)")
ON_SHEET = Text("別シートに記入", "On its own sheet")
OPEN, CLOSED = Text("記入可", "open"), Text("受付済み（変更不可）", "closed")
SAID_NONE = frozenset({"なし", "無し", "該当なし", "none", *(tidy(text).lower() for text in (NONE.ja, NONE.en))})


class Sent(Struct, frozen=True):
    """What a workbook says of one question, as text; `version` is the answer's when the workbook was made.

    `is_touched` says whether somebody changed it since; both are None or True where nothing is known of that.
    """

    question: str
    answer: str = ""
    comment: str = ""
    reply: str = ""
    rows: tuple[Mapping[str, str], ...] = ()
    version: int | None = None
    is_touched: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.answer or self.comment or self.reply or self.rows)


class Filled(Struct, frozen=True):
    """A workbook of ours as it came back: for which attestation and which version of the list it was made."""

    attestation: str
    number: str
    digest: str
    sent: tuple[Sent, ...]


def seal(sent: Sent) -> str:
    """Give the mark of what stands in the cells of a question, to see later whether somebody changed it."""
    rows = [sorted((key, _plain(cell)) for key, cell in row.items() if _plain(cell)) for row in sent.rows]
    said = [_plain(sent.answer), _plain(sent.comment), _plain(sent.reply), [row for row in rows if row]]
    return sha256(repr(said).encode()).hexdigest()[:16]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip().strip("\u3000")


def standing(question: Question, value: Mapping[str, Any], lang: str, *, not_applicable: bool) -> Sent:
    """Give an answer as the cells of its question show it: labels in the language, what was typed where it is kept."""
    if not_applicable:
        return Sent(question.id, YES_NO["na"].get(lang))
    kept = value.get("raw", value)
    if question.answer_type == "table":
        declared = NONE if kept.get("none") else ON_SHEET
        return Sent(question.id, declared.get(lang), rows=tuple(
            {column.code: _cell(column.choices, str(row.get(column.code, "")), lang) for column in question.columns}
            for row in kept.get("rows", ())))
    if "choices" in kept:
        return Sent(question.id, ("、" if lang == "ja" else ", ").join(
            _cell(question.choices, code, lang) for code in kept["choices"]))
    if "choice" in kept:
        return Sent(question.id, _cell(question.choices, str(kept["choice"]), lang))
    return Sent(question.id, str(kept.get("text") or kept.get("number") or kept.get("date") or ""))


def _cell(choices: Iterable[Any], code: str, lang: str) -> str:
    offered = {choice.code: choice.label for choice in choices}
    label = offered.get(code) or YES_NO.get(code)
    return label.get(lang) if label else code


def given(question: Question, sent: Sent) -> tuple[dict[str, Any], bool]:
    """Give (what was typed, as core/answers reads it; whether it was said not to apply)."""
    said = _plain(sent.answer)
    if question.allow_na and is_na(question, said):
        return {"text": ""}, True
    if question.answer_type == "table":
        none = not sent.rows and tidy(said).lower() in SAID_NONE
        return {"rows": [dict(row) for row in sent.rows], "none": none}, False
    if question.answer_type == "choice_multi":
        return {"choices": picked(question, said)}, False
    return {"text": said}, False


def typed(value: Mapping[str, Any]) -> dict[str, Any]:
    """Give an answer that stands as it would be typed again."""
    if "raw" in value:
        return dict(value["raw"])
    if "choices" in value or "rows" in value or "none" in value:
        return dict(value)
    return {"text": str(value.get("text") or value.get("choice") or value.get("number") or value.get("date") or "")}


def is_na(question: Question, said: str) -> bool:
    """Whether a cell says that the question does not apply; a text or a table must say so in full."""
    if question.answer_type in ("text", "table"):
        return said in (YES_NO["na"].ja, YES_NO["na"].en)
    return tidy(said).lower() in MARKS["na"].split(" ") or said in (YES_NO["na"].ja, YES_NO["na"].en)


def picked(question: Question, said: str) -> list[str]:
    """Give the codes of the choices a cell names, whatever stands between them; what is left over is given as it is."""
    rest, found = tidy(said), []
    names = sorted(((tidy(name), choice.code) for choice in question.choices
                    for name in (choice.code, choice.label.ja, choice.label.en)), key=lambda pair: -len(pair[0]))
    for name, code in names:
        whole = re.compile(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", re.IGNORECASE)
        if whole.search(rest):
            rest = whole.sub("\n", rest)
            found.append(code)
    left = re.sub(r"[\s、,;/・|]+", " ", rest).strip()
    return list(dict.fromkeys(found)) + ([left] if left else [])


def read(book: Book, template: Template) -> Filled | None:
    """Read a workbook that was made here; nothing where it is somebody else's."""
    meta = book.sheet(META)
    if meta is None or ["form", FORM] not in [row[:2] for row in meta.rows]:
        return None
    about = {row[0]: row[1] for row in meta.rows if len(row) > 1}
    made = {row[0]: (row[1], row[2]) for row in meta.rows if len(row) > 2 and row[2]}
    questions = {question.id: question for question in template.questions}
    cells = next((found for sheet in book.sheets if (found := _answers(sheet))), {})
    sent = []
    for id, row in cells.items():
        if id in questions and id in made:
            rows = _rows(book.sheet(id), questions[id])
            told = Sent(id, row.get("answer", ""), row.get("comment", ""), row.get("reply", ""), rows)
            version, mark = made[id]
            sent.append(Sent(id, told.answer, told.comment, told.reply, rows, int(version), seal(told) != mark))
    return Filled(about.get("attestation", ""), about.get("number", ""), about.get("digest", ""), tuple(sent))


def _answers(sheet: Sheet) -> dict[str, dict[str, str]]:
    """The rows of the page of answers by question, whichever language its heads are in and wherever they stand."""
    for number, row in enumerate(sheet.rows):
        places = {field: place for place, text in enumerate(row) for field, head in HEADS.items()
                  if text in (head.ja, head.en)}
        if {"number", "answer", "comment"} <= places.keys():
            return {cells[places["number"]]: {field: cells[place] for field, place in places.items()}
                    for cells in sheet.rows[number + 1:] if cells[places["number"]]}
    return {}


def _rows(sheet: Sheet | None, question: Question) -> tuple[dict[str, str], ...]:
    """The rows of a table question's own page."""
    labels = {text: column.code for column in question.columns for text in (column.label.ja, column.label.en)}
    for number, row in enumerate(sheet.rows if sheet else ()):
        places = {place: labels[text.removesuffix(" *")] for place, text in enumerate(row)
                  if text.removesuffix(" *") in labels}
        if places and len(places) == len(question.columns):
            filled = ({code: _plain(cells[place]) for place, code in places.items()}
                      for cells in (sheet.rows[number + 1:] if sheet else ()))
            return tuple(row for row in filled if any(row.values()))
    return ()
