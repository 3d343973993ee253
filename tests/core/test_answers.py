"""Every answer type reads what people write, keeps what it cannot read, and says what to do."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import answers
from portal.core.answers import country, read_answer, read_mark, reread
from portal.core.dates import UNREADABLE
from portal.store import shelf

QUESTIONS = {q.id: q for template in shelf.catalogue().templates.values() for q in template.questions}


def read(id: str, text: str) -> Any:
    """The value read from a one-line answer, or the message of its only problem."""
    reading = read_answer(QUESTIONS[id], {"text": text})
    return reading.problems[0].message if reading.problems else reading.value


@pytest.mark.parametrize(
    ("id", "text", "kept"),
    [
        ("LAB-02", "はい", {"choice": "yes"}), ("LAB-02", "○", {"choice": "yes"}),
        ("LAB-02", "〇", {"choice": "yes"}),
        ("LAB-02", "一部実施", {"choice": "partial"}), ("LAB-02", "△", {"choice": "partial"}),
        ("LAB-02", "×", {"choice": "no"}),
        ("LAB-02", "Ｎ／Ａ", {"choice": "na"}), ("LAB-02", "該当しない", {"choice": "na"}),
        ("LAB-02", "－", {"choice": "na"}),
        ("LAB-02", "たぶん", answers.YES_NO_PARTIAL), ("LAB-20", "該当しない", answers.YES_NO_PARTIAL),
        ("REG-08", "なし", {"choice": "no"}), ("REG-08", "一部", answers.YES_OR_NO),
        ("LAB-03", "令和8年11月30日", {"date": "2026-11-30"}), ("LAB-03", "来月", UNREADABLE),
        ("LAB-07", "３０日", {"number": "30"}), ("LAB-07", "1,000", {"number": "1000"}),
        ("LAB-07", "12.50", {"number": "12.5"}),
        ("LAB-07", "約30", answers.NOT_A_NUMBER), ("LAB-07", "-1", answers.NEGATIVE),
        ("LAB-07", "nan", answers.NOT_A_NUMBER),
        ("LAB-12", "100 %", {"number": "100"}), ("LAB-12", "１０１％", answers.TOO_GREAT),
        ("ADV-12", "6か月", {"number": "6"}),
        ("LAB-08", "fax", {"choice": "fax"}), ("LAB-08", "FAX", {"choice": "fax"}),
        ("LAB-08", "鳩", answers.NOT_OFFERED),
        ("LAB-08", "暗号化メール(鍵は別経路)", {"choice": "enc_mail"}),
        ("REG-17", "  GDPR、\r\nDPO ", {"text": "GDPR、\nDPO"}), ("REG-17", "あ" * 20_001, answers.TOO_LONG),
        ("REG-17", " 　", {}), ("LAB-03", "", {}),
    ],
)
def test_one_line_answers(id: str, text: str, kept: Any) -> None:
    assert read(id, text) == kept


def test_several_choices_keep_their_order_and_refuse_a_stranger() -> None:
    reading = read_answer(QUESTIONS["LAB-01"], {"choices": ["iso15189", "日本組織適合性学会", "jshi"]})
    assert reading.value == {"choices": ["jshi", "iso15189"]}
    assert read_answer(QUESTIONS["LAB-01"], {"choices": []}).value == {}
    assert read_answer(QUESTIONS["LAB-01"], {"choices": ["xyz"]}).problems[0].message == answers.NOT_OFFERED


def test_tables_read_each_cell() -> None:
    rows = [
        {
            "name": "仮想輸送", "work": "輸送", "tier": "２", "country": "日本", "approval_no": "S-1",
            "approved_on": "R8.4.1",
        },
        {"name": "", "work": " "},
    ]
    reading = read_answer(QUESTIONS["LAB-18"], {"rows": rows})
    assert reading.value == {"rows": [{
        "name": "仮想輸送", "work": "輸送", "tier": "2", "country": "JP", "approval_no": "S-1",
        "approved_on": "2026-04-01",
    }]}
    assert read_answer(QUESTIONS["LAB-18"], {"none": "on", "rows": []}).value == {"none": True}
    assert read_answer(QUESTIONS["LAB-18"], {"rows": []}).value == {}


def test_tables_name_the_row_and_the_column_and_keep_what_was_typed() -> None:
    rows = [{"name": "甲", "work": "検査", "tier": "二", "country": "US", "approved_on": "11/30/2026"}, {"name": "乙"}]
    question = QUESTIONS["LAB-18"]
    reading = read_answer(question, {"rows": rows})
    told = [(p.message, p.values["row"], p.values["column"].en) for p in reading.problems]
    assert told == [
        (answers.ROW_WRONG, 1, "Tier (re-entrusted = 2)"),
        (answers.ROW_WRONG, 1, "Date of consent"),
        (answers.ROW_LACKS, 2, "Work"),
        (answers.ROW_LACKS, 2, "Tier (re-entrusted = 2)"),
        (answers.ROW_LACKS, 2, "Place of handling (country)"),
    ]
    assert reading.value == {"raw": {"rows": rows}}
    assert reread(question, reading.value).problems == reading.problems


def test_table_limits() -> None:
    row = {"country": "JP", "access": "stored"}
    many = read_answer(QUESTIONS["REG-05"], {"rows": [row] * 501})
    assert many.problems[0].message == answers.TOO_MANY_ROWS
    both = read_answer(QUESTIONS["REG-05"], {"rows": [row], "none": True})
    assert both.problems[0].message == answers.ROWS_AND_NONE


@given(st.sampled_from(sorted(QUESTIONS)), st.text(max_size=30))
def test_nothing_typed_is_lost(id: str, text: str) -> None:
    question = QUESTIONS[id]
    raw: dict[str, Any] = {"text": text}
    if question.answer_type == "choice_multi":
        raw = {"choices": [text]}
    if question.answer_type == "table":
        raw = {"rows": [{question.columns[0].code: text}]}
    reading = read_answer(question, raw)
    if reading.problems:
        assert reading.value["raw"] == raw
        assert reread(question, reading.value) == reading
    else:
        assert "raw" not in reading.value
        assert reread(question, reading.value).value == reading.value


def test_every_answer_type_is_reached() -> None:
    assert {question.answer_type for question in QUESTIONS.values()} == {*answers.READERS, "choice_multi", "table"}


def test_marks_and_countries() -> None:
    assert [read_mark(mark) for mark in ("◯", "Ｘ", "レ", "確認中", "", "not applicable")] == [
        "yes", "no", "yes", None, None, "na"
    ]
    assert [country(text) for text in ("ｊｐ", "米国", "UK", "台湾", "Brazil")] == ["JP", "US", "GB", "TW", "Brazil"]
