"""The usual check sheets: heads in their many names, two-row heads, unclear marks, and questions found by likeness."""

import pytest

from portal.core import check_sheet, merging
from portal.core.merging import Now
from portal.core.sheet import Book, Sheet
from portal.store.shelf import catalogue

LAB = catalogue().templates["LAB"]
ASKED = [question for question in LAB.questions if question.answered_by == "party"]
BY_ID = {question.id: question for question in ASKED}
COVER = Sheet("表紙", [["個人情報取扱チェックシート"], ["回答者", "部長"], ["回答"]])
LIST = Sheet("リスト", [["No.", "設問", "回答"], ["1", "○", "×"]], hidden=True)


def sheet(*rows: list[str], name: str = "チェックシート") -> Book:
    """A workbook as they come: a cover, the sheet, and a hidden list."""
    return Book([COVER, LIST, Sheet(name, [["個人情報の取扱いに関する点検"], [], *rows])])


@pytest.mark.parametrize("head", [
    ["No.", "分類", "確認項目", "回答", "備考"],
    ["№", "大項目", "点検項目", "実施状況", "具体的内容"],
    ["項番", "区分", "設 問", "回答欄", "特記事項"],
    ["ＩＤ", "カテゴリ", "質問事項", "自己評価（○△×）"[:4], "コメント"],
    ["No", "Category", "Question", "Answer", "Comments"],
])
def test_heads_are_found_by_their_usual_names(head: list[str]) -> None:
    layout = check_sheet.guess(sheet(head, ["1", "体制", "規程はありますか", "○", ""]))
    assert layout is not None
    assert (layout.sheet, layout.head) == ("チェックシート", 2)
    assert layout.columns == {"number": 0, "section": 1, "question": 2, "answer": 3, "comment": 4}


def test_a_head_of_two_rows_counts_as_one() -> None:
    book = sheet(["No.", "分類", "確認項目", "回答", "回答", "是正予定"],
                 ["No.", "分類", "確認項目", "○△×", "具体的内容", "是正予定"],
                 ["1", "体制", "規程はありますか", "○", "第3版", "2027年3月"])
    layout = check_sheet.guess(book)
    assert layout is not None and layout.head == 3
    assert layout.columns == {"number": 0, "section": 1, "question": 2, "answer": 3, "comment": 4, "plan": 5}
    (item,) = check_sheet.items(book.sheets[2], layout)
    assert (item.answer, item.comment) == ("○", "第3版\n是正予定：2027年3月")


def test_no_head_no_layout() -> None:
    assert check_sheet.guess(Book([COVER, LIST])) is None
    assert check_sheet.guess(Book([])) is None


def test_headings_inside_the_table_ask_nothing() -> None:
    book = sheet(["No.", "確認項目", "回答"], ["組織的安全管理"] * 3, ["1", "規程はありますか", "○"],
                 ["No.", "確認項目", "回答"], ["", "", ""], ["2", "教育をしていますか", ""])
    layout = check_sheet.guess(book)
    assert layout is not None
    assert [item.row for item in check_sheet.items(book.sheets[2], layout)] == [4, 7]


def test_questions_are_found_by_number_and_by_likeness_each_once() -> None:
    rows = [["No.", "確認項目", "回答"],
            ["lab-03", "まったく別の文", "2026年10月1日"],
            ["2", "衛生検査所の登録はありますか（医療機関内の検査施設の場合はその旨）", "○"],
            ["3", "Is the site registered as a clinical laboratory, or run inside a medical institution?", "○"],
            ["4", "好きな食べ物は何ですか", "りんご"]]
    book = sheet(*rows)
    layout = check_sheet.guess(book)
    assert layout is not None
    meant = check_sheet.match(check_sheet.items(book.sheets[2], layout), ASKED)
    assert meant[3] == "LAB-03"
    assert list(meant.values()).count("LAB-02") == 1 and set(meant.values()) == {"LAB-02", "LAB-03"}


@pytest.mark.parametrize(("mark", "is_unclear"), [
    ("○", False), ("◯", False), ("〇", False), ("△", False), ("×", False), ("✕", False), ("はい", False),
    ("対応済", False), ("該当なし", False), ("－", False), ("ー", False), ("N/A", False), ("", False),
    ("なし", True), ("有", True), ("2", True), ("５", True), ("別紙", True), ("同上", True), ("〃", True),
    ("確認中", True),
])
def test_marks_that_a_person_must_explain(mark: str, is_unclear: bool) -> None:
    assert check_sheet.unclear(mark) is is_unclear


def proposals(answer: str, marks: dict[str, str], question: str = "LAB-02") -> list[merging.Proposal]:
    """What becomes of one answer of a foreign sheet."""
    items = [check_sheet.Item(5, "1", "", "問", answer, "備考")]
    meant = {5: question}
    return merging.propose(ASKED, check_sheet.sent(items, meant, BY_ID, marks), {"LAB-03": Now({"date": "2026-10-01"},
                           version=2)})


def test_an_unexplained_mark_says_nothing() -> None:
    assert proposals("なし", {}) == []
    assert proposals("なし", {"なし": "no"})[0].value == {"choice": "no"}
    (skipped,) = proposals("なし", {"なし": "na"})
    assert skipped.not_applicable and skipped.comment == "備考"
    items = [check_sheet.Item(row, "", "", "問", mark, "") for row, mark in enumerate(["なし", "○", "なし", "３"])]
    meant = dict(enumerate(["LAB-02", "LAB-04", "LAB-05", "LAB-09"]))
    assert check_sheet.to_explain(items, meant, BY_ID) == {"なし": 2, "3": 1}


def test_a_foreign_sheet_never_overrules_what_stands_unasked() -> None:
    (clash,) = proposals("令和8年11月1日", {}, "LAB-03")
    assert (clash.standing, clash.value) == ("conflict", {"date": "2026-11-01"})
    (same,) = proposals("2026/10/1", {}, "LAB-03")
    assert same.value == same.now.value
