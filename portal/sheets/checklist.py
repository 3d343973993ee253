"""A checklist as a workbook: its basics, questions, choices and columns, and the codes that its cells may name."""

from collections.abc import Iterator
from datetime import datetime

from portal.core import checklist_book as book
from portal.core.bilingual import Text
from portal.core.catalogue import Catalogue
from portal.core.checklist_words import FIELDS
from portal.core.rulefit import EVIDENCE_RULES, FINDING_RULES
from portal.core.templates import Choice, Template
from portal.sheets.paper import Cell, Page, write

WIDTHS = {
    "id": 9, "section": 9, "question.ja": 40, "question.en": 40, "guide.ja": 30, "guide.en": 30, "answer_type": 16,
    "evidence": 16, "evidence_when": 16, "finding_when": 22, "visible_when": 18, "party_kinds": 18, "clauses": 18,
}
SPARE = 20
CODE_HEADS = (Text("欄", "Field"), Text("符号", "Code"), Text("意味", "Meaning"))


def checklist(template: Template, lang: str, catalogue: Catalogue, made_at: datetime) -> bytes:
    """Give a checklist as bytes of XLSX that `core/checklist_book.read` reads back as the same checklist."""
    pages = [_basics(template, lang), _questions(template, lang), _choices(template, lang), _columns(template, lang),
             _codes(lang, catalogue)]
    return write(pages, f"{template.checklist.code} {template.checklist.title.get(lang)}", made_at)


def _heads(words: dict[str, Text], fields: tuple[str, ...], lang: str) -> list[Cell]:
    return [Cell(words[field].get(lang), "head") for field in fields]


def _offered(field: str, lang: str) -> tuple[str, ...]:
    return tuple(label.get(lang) for label in book.NAMED[field].values()) if field in book.NAMED else ()


def _basics(template: Template, lang: str) -> Page:
    rows = [[Cell(FIELDS[field].get(lang), "head"), Cell(book.cell(template.checklist, field, lang), "open")]
            for field in book.HEAD]
    return Page(book.BASICS.get(lang), (24, 80), rows)


def _questions(template: Template, lang: str) -> Page:
    rows = [_heads(FIELDS, book.QUESTION, lang)]
    rows += [[Cell(book.cell(question, field, lang), "open", _offered(field, lang)) for field in book.QUESTION]
             for question in template.questions]
    rows += [[Cell("", "open", _offered(field, lang)) for field in book.QUESTION] for _ in range(SPARE)]
    return Page(book.QUESTIONS.get(lang), tuple(WIDTHS.get(field, 12) for field in book.QUESTION), rows, frozen=1)


def _choices(template: Template, lang: str) -> Page:
    def told(id: str, column: str, choices: tuple[Choice, ...]) -> Iterator[list[Cell]]:
        for choice in choices:
            texts = (id, column, choice.code, choice.label.ja, choice.label.en)
            yield [Cell(text, "open") for text in texts]

    rows = [_heads(book.PART, book.CHOICE, lang)]
    for question in template.questions:
        rows += told(question.id, "", question.choices)
        for column in question.columns:
            rows += told(question.id, column.code, column.choices)
    rows += [[Cell("", "open") for _ in book.CHOICE] for _ in range(SPARE)]
    return Page(book.CHOICES.get(lang), (9, 14, 16, 36, 36), rows, frozen=1)


def _columns(template: Template, lang: str) -> Page:
    rows = [_heads(book.PART, book.COLUMN, lang)]
    for question in template.questions:
        for column in question.columns:
            labels = {"id": question.id, "code": column.code, "ja": column.label.ja, "en": column.label.en}
            rows.append([Cell(labels.get(field) or book.cell(column, field, lang), "open", _offered(field, lang))
                         for field in book.COLUMN])
    rows += [[Cell("", "open", _offered(field, lang)) for field in book.COLUMN] for _ in range(SPARE)]
    return Page(book.COLUMNS.get(lang), (9, 14, 30, 30, 16, 10), rows, frozen=1)


def _codes(lang: str, catalogue: Catalogue) -> Page:
    """What the cells may name, for whoever edits the workbook; nothing is read from here."""
    known: list[tuple[str, str, Text]] = [
        *(("section", row.code, row.label) for row in catalogue.sections.section),
        *(("evidence", code, kind.label) for code, kind in catalogue.evidence.items()),
        *(("evidence_when", code, rule.words) for code, rule in EVIDENCE_RULES.items()),
        *(("finding_when", code, rule.words) for code, rule in FINDING_RULES.items()),
        *(("party_kinds", code, label) for code, label in catalogue.rules.codes("party_kind").items()),
    ]
    rows = [[Cell(head.get(lang), "head") for head in CODE_HEADS]]
    rows += [[Cell(text) for text in (FIELDS[field].get(lang), code, label.get(lang))] for field, code, label in known]
    return Page(book.CODES.get(lang), (24, 28, 60), rows, frozen=1)
