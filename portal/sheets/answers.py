"""The workbook of an attestation: a cover that says how, a page of answers, a page for each table question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from portal.core.answer_book import (
    ANSWERS,
    CLOSED,
    COVER,
    FORM,
    HEADS,
    META,
    NONE,
    ON_SHEET,
    OPEN,
    Sent,
    seal,
    standing,
)
from portal.core.bilingual import Text
from portal.core.catalogue import Catalogue
from portal.core.checklist_words import ANSWER_TYPES, Teller
from portal.core.merging import Now
from portal.core.readable import due_long, fiscal_year, moment
from portal.core.saying import YES_NO
from portal.core.templates import Column, Question
from portal.sheets.paper import Cell, Kind, Page, write

SPARE_ROWS = 40
WIDTHS = {"number": 9, "question": 46, "how": 26, "answer": 30, "comment": 34, "reply": 30, "evidence": 26, "state": 12}
FACTS = (
    Text("点検票", "Checklist"), Text("受付番号", "Number"), Text("相手先", "Party"), Text("年度", "Fiscal year"),
    Text("提出期限", "Due"), Text("この表の作成日時", "Workbook made at"),
)
HOW = (
    Text("「回答」シートの黄色の欄に入力し、ポータルの同じ点検票の「Excelで回答」から戻してください。",
         "Fill in the yellow cells of “Answers”, then hand the workbook back at “Answer in Excel” of the checklist."),
    Text("取り込む前に、変わるところと、その間にポータルで変わったところを確認できます。確認なしに上書きすることはありません。",
         "Before anything is taken, the portal shows what would change and what changed there meanwhile. "
         "Nothing is overwritten unasked."),
    Text("空欄にした欄は取り込みません。回答の取消しは、ポータルで行ってください。",
         "An emptied cell takes nothing away. Take an answer back in the portal."),
    Text("該当しない設問には「該当しない」と入力し、コメント欄に理由を入力してください。",
         "Where a question does not apply, write “Not applicable” and give the reason as the comment."),
    Text("証跡のファイルは、ポータルで設問ごとに添付してください。提出もポータルで行います。",
         "Attach evidence at its question in the portal. Submission is done there too."),
    Text("ドナー・患者の氏名や個人番号は、入力しないでください。",
         "Do not write names of donors or patients, or individual numbers."),
)
PICK_ONE = Text("一つ選択：", "One of: ")
PICK_MANY = Text("該当するものをすべて：", "All that apply: ")
TABLE = Text("シート「%s」に記入。行がなければ、この欄で「ない（申告）」を選択。",
             "On sheet “%s”. If there is nothing, choose “None (declared)” here.")
HANGS = Text("（次の回答のとき：%s）", " (when: %s)")
REQUIRED_MARK = " *"


@dataclass(frozen=True, slots=True)
class Folder:
    """What the workbook is for: the attestation in plain values."""

    attestation: str
    number: str
    party: str
    title: Text
    fiscal_year: int
    due_on: date
    digest: str
    is_returned: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom and when it is written: language, zone, aware moment; the catalogue gives the names of evidence."""

    lang: str
    zone: ZoneInfo
    made_at: datetime
    catalogue: Catalogue

    def words(self, text: Text) -> str:
        """A text in the reader's language."""
        return text.get(self.lang)


def answers(folder: Folder, questions: Sequence[Question], stands: Mapping[str, Now], reader: Reader) -> bytes:
    """Give the workbook of an attestation with what stands in it, as bytes of XLSX."""
    sent = {question.id: cells(question, stands.get(question.id, Now()), reader.lang) for question in questions}
    pages = [_cover(folder, reader), _answers(folder, questions, sent, stands, reader)]
    pages += [_table(question, sent[question.id], stands.get(question.id, Now()), reader)
              for question in questions if question.answer_type == "table"]
    pages.append(_meta(folder, sent, stands, reader))
    return write(pages, f"{folder.number} {reader.words(folder.title)}", reader.made_at)


def cells(question: Question, now: Now, lang: str) -> Sent:
    """What the cells of a question hold when the workbook is made."""
    told = standing(question, now.value, lang, not_applicable=now.not_applicable)
    return Sent(question.id, told.answer, now.comment, now.reply, told.rows, now.version)


def _cover(folder: Folder, reader: Reader) -> Page:
    told = (
        reader.words(folder.title), folder.number, folder.party, fiscal_year(folder.fiscal_year, reader.lang),
        due_long(folder.due_on, reader.lang, reader.zone), moment(reader.made_at, reader.lang, reader.zone),
    )
    rows = [[Cell(reader.words(folder.title), "title")], []]
    rows += [[Cell(reader.words(label), "head"), Cell(value)] for label, value in zip(FACTS, told, strict=True)]
    rows += [[], *([Cell(str(number), "note"), Cell(reader.words(text), "note")] for number, text in enumerate(HOW, 1))]
    return Page(reader.words(COVER), (18, 90), rows)


def _answers(
    folder: Folder, questions: Sequence[Question], sent: Mapping[str, Sent], stands: Mapping[str, Now], reader: Reader
) -> Page:
    fields = [field for field in HEADS if field != "reply" or folder.is_returned]
    rows = [[Cell(reader.words(HEADS[field]), "head") for field in fields]]
    section = ""
    for question in questions:
        if question.section != section:
            section = question.section
            rows.append([Cell(""), Cell(Teller(reader.catalogue, reader.lang).tell("section", section), "head")])
        told = dict(_row(question, sent[question.id], stands.get(question.id, Now()), reader))
        rows.append([told[field] for field in fields])
    return Page(reader.words(ANSWERS), tuple(WIDTHS[field] for field in fields), rows, frozen=1)


def _row(question: Question, sent: Sent, now: Now, reader: Reader) -> Iterator[tuple[str, Cell]]:
    teller = Teller(reader.catalogue, reader.lang)
    kind: Kind = "open" if now.is_open else "closed"
    yield "number", Cell(question.id)
    guide = f"\n{reader.words(question.guide)}" if question.guide else ""
    hangs = reader.words(HANGS) % teller.shown(question.visible_when) if question.visible_when else ""
    yield "question", Cell(f"{reader.words(question.question)}{hangs}{guide}")
    yield "how", Cell(how(question, reader))
    yield "answer", Cell(sent.answer, kind, offered(question, reader) if now.is_open else ())
    yield "comment", Cell(sent.comment, kind)
    yield "reply", Cell(sent.reply, kind)
    yield "evidence", Cell("" if question.evidence_when == "never" else "\n".join(
        [teller.rule(question.evidence_when), *map(teller.evidence, question.evidence)]))
    yield "state", Cell(reader.words(OPEN if now.is_open else CLOSED))


def how(question: Question, reader: Reader) -> str:
    """How a question is answered, in words: its type, its choices, its unit."""
    choices = "、".join(reader.words(choice.label) for choice in question.choices)
    match question.answer_type:
        case "choice":
            return reader.words(PICK_ONE) + choices
        case "choice_multi":
            return reader.words(PICK_MANY) + choices
        case "table":
            return reader.words(TABLE) % question.id
        case "number" if question.unit:
            return f"{reader.words(ANSWER_TYPES['number'])} ({reader.words(question.unit)})"
    return reader.words(ANSWER_TYPES[question.answer_type])


def offered(question: Question, reader: Reader) -> tuple[str, ...]:
    """The texts a cell offers to choose from; nothing where anything may be written or several chosen."""
    match question.answer_type:
        case "yes_no" | "yes_no_partial_na":
            codes = ("yes", "partial", "no") if question.answer_type == "yes_no_partial_na" else ("yes", "no")
            texts = [reader.words(YES_NO[code]) for code in codes]
        case "choice":
            texts = [reader.words(choice.label) for choice in question.choices]
        case "table":
            texts = [reader.words(ON_SHEET), reader.words(NONE)]
        case _:
            return ()
    return (*texts, reader.words(YES_NO["na"])) if question.allow_na else tuple(texts)


def _table(question: Question, sent: Sent, now: Now, reader: Reader) -> Page:
    heads = [Cell(reader.words(column.label) + (REQUIRED_MARK if column.required else ""), "head")
             for column in question.columns]
    rows = [[Cell(f"{question.id} {reader.words(question.question)}", "title")], [], heads]
    spare: list[Mapping[str, str]] = [{}] * SPARE_ROWS if now.is_open else []
    for row in (*sent.rows, *spare):
        rows.append([Cell(row.get(column.code, ""), "open" if now.is_open else "closed", _choices(column, reader))
                     for column in question.columns])
    return Page(question.id, tuple(24 for _ in heads), rows, frozen=3)


def _choices(column: Column, reader: Reader) -> tuple[str, ...]:
    if column.kind == "yes_no":
        return reader.words(YES_NO["yes"]), reader.words(YES_NO["no"])
    return tuple(reader.words(choice.label) for choice in column.choices)


def _meta(folder: Folder, sent: Mapping[str, Sent], stands: Mapping[str, Now], reader: Reader) -> Page:
    about = [("form", FORM), ("attestation", folder.attestation), ("number", folder.number),
             ("digest", folder.digest), ("language", reader.lang), ("made", reader.made_at.isoformat())]
    rows = [[Cell(text, "note") for text in row] for row in about]
    rows += [[Cell(text, "note") for text in (id, str(stands.get(id, Now()).version), seal(told))]
             for id, told in sent.items()]
    return Page(META, (20, 40, 20), rows, hidden=True)
