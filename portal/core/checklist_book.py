"""A checklist as a workbook: which pages and heads it has, and how it is read back as the same checklist."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from portal.core.answers import tidy
from portal.core.bilingual import Text
from portal.core.checklist_words import ANSWER_TYPES, ANSWERED_BY, COLUMN_KINDS, FIELDS, GOOD
from portal.core.legal import Header
from portal.core.saying import YES_NO
from portal.core.sentences import sentence
from portal.core.sheet import Book, Sheet
from portal.core.templates import Checklist, Choice, Column, Question, Shown, Template
from portal.core.wellmade import DUE_DAYS
from portal.core.words import STATES

BASICS, QUESTIONS, CHOICES, COLUMNS, CODES = (
    Text("基本情報", "Basics"), Text("設問", "Questions"), Text("選択肢", "Choices"), Text("列", "Columns"),
    Text("符号一覧", "Codes"))
HEAD = ("code", "kind", "title.ja", "title.en", "intro.ja", "intro.en", "party_kinds", "interval_months")
QUESTION = (
    "id", "section", "question.ja", "question.en", "guide.ja", "guide.en", "answer_type", "answered_by", "allow_na",
    "good", "unit.ja", "unit.en", "maximum", "criticality", "evidence", "evidence_when", "validity_months",
    "finding_when", "visible_when", "party_kinds", "individual", "clauses")
PART = {
    "id": FIELDS["id"], "column": Text("列の符号", "Column"), "code": FIELDS["code"], "ja": Text("日本語", "Japanese"),
    "en": Text("英語", "English"), "kind": Text("種別", "Kind"), "required": Text("必須", "Required"),
}
CHOICE, COLUMN = ("id", "column", "code", "ja", "en"), ("id", "code", "ja", "en", "kind", "required")
LEVELS = {code: Text(word.ja, word.en) for code, word in STATES["severity"].items()}
NAMED: dict[str, Mapping[str, Text]] = {
    "answer_type": ANSWER_TYPES, "answered_by": ANSWERED_BY, "good": GOOD, "criticality": LEVELS, "kind": COLUMN_KINDS,
    "allow_na": {code: YES_NO[code] for code in ("yes", "no")},
    "individual": {code: YES_NO[code] for code in ("yes", "no")},
    "required": {code: YES_NO[code] for code in ("yes", "no")},
}
"""Fields whose cells show a label; the code is read as well."""

NO_PAGE = sentence("The page “%(page)s” is missing, or its heads are not those that the portal wrote.")
UNKNOWN = sentence("Page “%(page)s”, row %(row)s, “%(column)s”: “%(text)s” is not known there.")
NOT_WHOLE = sentence("Page “%(page)s”, row %(row)s, “%(column)s”: write a whole number.")


class BadBook(ValueError):
    """The workbook is no checklist; carries an English source sentence with the values for its places."""

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class Row(Struct, frozen=True):
    """One row of a page: where it stands and its cells by field."""

    page: Text
    number: int
    cells: Mapping[str, str]

    def text(self, field: str) -> str:
        """The text of a field, without a margin; nothing where there is no such column."""
        return self.cells.get(field, "").replace("\r\n", "\n").strip().strip("\u3000")

    def both(self, field: str) -> Text:
        """The two languages of a text."""
        return Text(self.text(f"{field}.ja"), self.text(f"{field}.en"))

    def code(self, field: str) -> str:
        """The code of a field that shows a label; BadBook for what is neither code nor label."""
        said = tidy(self.text(field))
        for code, label in NAMED[field].items():
            if said.casefold() in (code.casefold(), tidy(label.ja).casefold(), tidy(label.en).casefold()):
                return code
        raise self._wrong(UNKNOWN, field)

    def number_of(self, field: str) -> int:
        """A whole number; BadBook for anything else."""
        said = tidy(self.text(field))
        if not said.isdecimal():
            raise self._wrong(NOT_WHOLE, field)
        return int(said)

    def several(self, field: str) -> tuple[str, ...]:
        """Codes, one a line or with commas between."""
        return tuple(tidy(self.text(field)).replace("、", ",").replace("\n", ",").replace(",", " ").split())

    def _wrong(self, message: str, field: str) -> BadBook:
        return BadBook(message, page=self.page, row=self.number, column=FIELDS.get(field) or PART[field],
                       text=self.text(field))


def read(book: Book, header: Header) -> Template:
    """Read a checklist that the portal wrote as a workbook; the header is the edition it will have. BadBook else."""
    heads = {row[0]: row[1] if len(row) > 1 else "" for row in _page(book, BASICS).rows if row}
    labels = {FIELDS[field].ja: field for field in HEAD} | {FIELDS[field].en: field for field in HEAD}
    basics = Row(BASICS, 1, {labels[label]: text for label, text in heads.items() if label in labels})
    choices, columns = list(_rows(book, CHOICES, PART, CHOICE)), list(_rows(book, COLUMNS, PART, COLUMN))
    questions = [_question(row, choices, columns) for row in _rows(book, QUESTIONS, FIELDS, QUESTION)]
    title = basics.both("title")
    head = Checklist(basics.text("code").upper(), basics.text("kind"), title, basics.both("intro"),
                     basics.several("party_kinds"), basics.number_of("interval_months"))
    return Template(Header(header.edition, header.valid_from, title), head, tuple(questions))


def _page(book: Book, name: Text) -> Sheet:
    page = book.sheet(name.ja) or book.sheet(name.en)
    if page is None:
        raise BadBook(NO_PAGE, page=name)
    return page


def _rows(book: Book, name: Text, words: Mapping[str, Text], fields: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a page below its heads, in whichever language and order these are."""
    page = _page(book, name)
    labels = {text: field for field in fields for text in (words[field].ja, words[field].en)}
    places = {place: labels[text] for place, text in enumerate(page.rows[0] if page.rows else ()) if text in labels}
    if set(places.values()) != set(fields):
        raise BadBook(NO_PAGE, page=name)
    for number, row in enumerate(page.rows[1:], 2):
        if any(cell.strip() for cell in row):
            yield Row(name, number, {field: row[place] for place, field in places.items() if place < len(row)})


def _question(row: Row, choices: list[Row], columns: list[Row]) -> Question:
    id, level = row.text("id").upper(), row.code("criticality")
    guide, unit, hangs = row.both("guide"), row.both("unit"), row.text("visible_when")
    other, _, answers = hangs.replace("：", ":").partition(":")
    kind: Any = row.code("answer_type")
    who: Any = row.code("answered_by")
    good: Any = row.code("good") if row.text("good") else None
    severity: Any = level
    return Question(
        id=id, section=row.text("section").upper(), clauses=row.several("clauses"), question=row.both("question"),
        answer_type=kind, answered_by=who, allow_na=row.code("allow_na") == "yes", evidence=row.several("evidence"),
        evidence_when=row.text("evidence_when"), validity_months=row.number_of("validity_months"), criticality=severity,
        finding_when=row.several("finding_when"), due_days=DUE_DAYS[level], choices=_choices(choices, id, ""),
        columns=tuple(_columns(columns, choices, id)), unit=unit if unit.ja or unit.en else None,
        maximum=row.number_of("maximum") if row.text("maximum") else None, good=good,
        visible_when=Shown(other.strip(), tuple(answers.replace(",", " ").split())) if hangs else None,
        party_kinds=row.several("party_kinds"), individual=row.code("individual") == "yes",
        guide=guide if guide.ja or guide.en else None,
    )


def _choices(rows: list[Row], id: str, column: str) -> tuple[Choice, ...]:
    return tuple(Choice(row.text("code"), Text(row.text("ja"), row.text("en"))) for row in rows
                 if (row.text("id").upper(), row.text("column")) == (id, column))


def _columns(rows: list[Row], choices: list[Row], id: str) -> Iterator[Column]:
    for row in rows:
        if row.text("id").upper() == id:
            kind: Any = row.code("kind")
            code = row.text("code")
            yield Column(code, Text(row.text("ja"), row.text("en")), kind, row.code("required") == "yes",
                         _choices(choices, id, code))


TELL: dict[str, Callable[[Any], str]] = {
    "clauses": lambda value: "\n".join(value), "evidence": lambda value: "\n".join(value),
    "finding_when": lambda value: "\n".join(value), "party_kinds": lambda value: "\n".join(value),
    "visible_when": lambda value: f"{value.question}: {', '.join(value.any_of)}",
}


def cell(piece: Question | Checklist | Column, field: str, lang: str) -> str:
    """Give the text of a field's cell: labels in the language where the field has some, codes a line otherwise."""
    name, _, tongue = field.partition(".")
    value = getattr(piece, name)
    if value is None or value == ():
        return ""
    if tongue:
        return str(value.get(tongue))
    if name in NAMED and not isinstance(piece, Checklist):
        code = ("yes" if value else "no") if isinstance(value, bool) else value
        return NAMED[name][code].get(lang)
    return TELL[name](value) if name in TELL else str(value)
