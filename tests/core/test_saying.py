"""Answers read aloud in both languages, and texts held against their former selves."""

from hypothesis import given
from hypothesis import strategies as st

from portal.core import saying
from portal.core.bilingual import Text
from portal.core.templates import Choice, Column, Question

BASE = Question("LAB-01", "A", (), Text(ja="問", en="Q"), "yes_no", "party", False, (), "never", 0, "low", (), 0)


def said(value: dict[str, object], language: str, question: Question = BASE) -> str:
    """What an answer says."""
    return saying.answer(question, value, not_applicable=False, language=language)


def test_every_kind_of_answer_has_words() -> None:
    assert said({"choice": "partial"}, "ja") == "一部"
    assert said({"choices": ["yes", "no"]}, "en") == "Yes, No"
    assert said({"number": "3"}, "ja") == "3"
    assert said({}, "en") == "(no answer)"
    assert said({"raw": {"text": "たぶん"}}, "ja") == "たぶん"
    assert saying.answer(BASE, {}, not_applicable=True, language="ja") == "該当しない"


def test_a_table_says_its_columns_and_choices() -> None:
    columns = (Column("country", Text(ja="国", en="Country"), "choice", True,
                      (Choice("JP", Text(ja="日本", en="Japan")),)),
               Column("name", Text(ja="名称", en="Name"), "text", True))
    table = Question("LAB-02", "A", (), Text(ja="問", en="Q"), "table", "party", False, (), "never", 0, "low", (), 0,
                     columns=columns)
    value = {"rows": [{"country": "JP", "name": "見本"}, {"name": "例示"}]}
    assert said(value, "ja", table) == "国：日本　名称：見本\n名称：例示"
    assert said({"none": True, "rows": []}, "en", table) == "Declared: there are none"


def test_japanese_is_compared_word_by_word() -> None:
    assert saying.differences("夜間は共用端末を使用", "夜間は個人端末を使用します") == [
        ("same", "夜間は"), ("del", "共用端末"), ("ins", "個人端末"), ("same", "を使用"), ("ins", "します")]


@given(st.text(), st.text())
def test_nothing_is_lost_in_a_comparison(before: str, after: str) -> None:
    pieces = saying.differences(before, after)
    assert "".join(text for kind, text in pieces if kind != "ins") == before
    assert "".join(text for kind, text in pieces if kind != "del") == after
