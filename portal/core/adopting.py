"""Makes a checklist of somebody's check sheet: its questions as they stand, to be worked over before they are asked."""

from datetime import date

from msgspec.structs import replace

from portal.core import check_sheet, editing
from portal.core.bilingual import Text
from portal.core.check_sheet import Item
from portal.core.sheet import Book
from portal.core.templates import Question, Template
from portal.core.wellmade import DUE_DAYS

SECTIONS = {
    "SUB": "再委託 委託先の監督 subcontract re-entrust",
    "INC": "漏えい 漏洩 事故 インシデント incident breach",
    "END": "消去 廃棄 返還 返却 終了 disposal erasure return",
    "ORG": "組織 体制 organi",
    "HUM": "人的 教育 従業 human staff training",
    "PHY": "物理 入退 physical",
    "TEC": "技術 アクセス システム technical access",
    "EXT": "外国 海外 外的 foreign abroad",
    "RUL": "方針 規程 規律 規定 polic rule",
    "CON": "契約 contract",
    "SEL": "選定 selection",
    "RTS": "本人 開示 rights",
}
"""Sections of ours, and the words of a category that seem to mean them, in order; any other is domain-specific."""

OTHER = "DOM"


def adopt(book: Book, code: str, title: Text, today: date) -> Template | None:
    """Give a checklist of the sheet's questions, numbered anew; nothing where no questions are found.

    Every question is answered yes, partly or no, and no opens a finding; English is left to be written.
    """
    layout = check_sheet.guess(book)
    sheet = book.sheet(layout.sheet) if layout else None
    found = check_sheet.items(sheet, layout) if layout and sheet else []
    questions = tuple(_question(item, f"{code}-{number:02d}") for number, item in enumerate(found, 1))
    return replace(editing.blank(code, title, today), questions=questions) if questions else None


def section_of(category: str) -> str:
    """Give the section that a category seems to be."""
    said = category.casefold()
    return next((code for code, words in SECTIONS.items() if any(word in said for word in words.split(" "))), OTHER)


def _question(item: Item, id: str) -> Question:
    return Question(
        id=id, section=section_of(item.section), clauses=(), question=Text(item.question, ""),
        answer_type="yes_no_partial_na", answered_by="party", allow_na=True, evidence=(), evidence_when="never",
        validity_months=12, criticality="medium", finding_when=("no",), due_days=DUE_DAYS["medium"], good="yes",
        guide=Text(item.criterion, "") if item.criterion else None,
    )
