"""A checklist written as a workbook is the same checklist when it is read back; what is wrong is named by its cell."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from portal.core import adopting, checklist_book
from portal.core.bilingual import Text
from portal.core.checklist_book import BadBook
from portal.core.sentences import Reader
from portal.core.sheet import Book, Sheet
from portal.core.templates import Template
from portal.core.wellmade import faults
from portal.sheets.checklist import checklist
from portal.store.shelf import catalogue
from tests.sheets.books import back

LIBRARY = catalogue().templates
MADE = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def written(template: Template, folder: Path, lang: str = "ja") -> Book:
    """A checklist as the portal reads it from its workbook."""
    return back(checklist(template, lang, catalogue(), MADE), folder)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("code", LIBRARY)
def test_the_library_comes_back(code: str, lang: str, tmp_path: Path) -> None:
    template = LIBRARY[code]
    assert checklist_book.read(written(template, tmp_path, lang), template.header) == template


def changed(book: Book, page: str, change: Callable[[list[list[str]]], object]) -> Book:
    """The workbook with one page changed."""
    sheets = []
    for sheet in book.sheets:
        rows = [list(row) for row in sheet.rows]
        if sheet.sheet == page:
            change(rows)
        sheets.append(replace(sheet, rows=rows))
    return Book(sheets)


def test_codes_are_read_as_labels_are_and_columns_may_be_moved(tmp_path: Path) -> None:
    lab = LIBRARY["LAB"]

    def loosened(rows: list[list[str]]) -> None:
        kind = rows[0].index("回答の種類")
        for row in rows[1:4]:
            row[kind] = {"複数選択": "choice_multi", "日付": "Date"}.get(row[kind], row[kind])
        for row in rows:
            row.reverse()

    assert checklist_book.read(changed(written(lab, tmp_path), "設問", loosened), lab.header) == lab


@pytest.mark.parametrize(("column", "typed", "says"), [
    ("回答の種類", "自由", "Page “設問”, row 3, “回答の種類”: “自由” is not known there."),
    ("証跡の有効期間（月）", "1年", "Page “設問”, row 3, “証跡の有効期間（月）”: write a whole number."),
])
def test_a_wrong_cell_is_named(column: str, typed: str, says: str, tmp_path: Path) -> None:
    def spoil(rows: list[list[str]]) -> None:
        rows[2][rows[0].index(column)] = typed

    with pytest.raises(BadBook) as error:
        checklist_book.read(changed(written(LIBRARY["LAB"], tmp_path), "設問", spoil), LIBRARY["LAB"].header)
    assert Reader("ja", str).say(error.value) == says


def test_a_missing_page_or_head_is_named(tmp_path: Path) -> None:
    book = written(LIBRARY["LAB"], tmp_path)
    for broken in (Book([sheet for sheet in book.sheets if sheet.sheet != "選択肢"]),
                   changed(book, "選択肢", lambda rows: rows[0].pop()), Book([])):
        with pytest.raises(BadBook, match="missing, or its heads"):
            checklist_book.read(broken, LIBRARY["LAB"].header)


def test_a_check_sheet_becomes_a_list_to_be_worked_over() -> None:
    book = Book([Sheet("点検", [
        ["No.", "分類", "確認項目", "判定基準", "回答"],
        ["1", "組織的安全管理", "責任者を定めていますか。", "任命の記録があること", ""],
        ["2", "技術的対策", "多要素認証を使っていますか。", "", ""],
        ["3", "その他", "苦情の窓口がありますか。", "", ""]])])
    made = adopting.adopt(book, "OWN", Text("自社点検", "Own check"), MADE.date())
    assert made is not None
    assert [(q.id, q.section, q.question.ja) for q in made.questions] == [
        ("OWN-01", "ORG", "責任者を定めていますか。"), ("OWN-02", "TEC", "多要素認証を使っていますか。"),
        ("OWN-03", "DOM", "苦情の窓口がありますか。")]
    assert made.questions[0].guide == Text("任命の記録があること", "")
    assert {fault.field for fault in faults(made, catalogue())} == {"intro", "question", "guide"}
    assert adopting.adopt(Book([Sheet("x", [["a"]])]), "OWN", Text("自社", ""), MADE.date()) is None
