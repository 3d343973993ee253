"""Search finds a word however it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.folding import fold, romaji, search_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("コーディネーター", "こーでぃねーたー"), ("ｺｰﾃﾞｨﾈｰﾀｰ", "コーディネーター"), ("ＨＬＡ検査", "hla検査"),
        ("ヴェクター", "ゔぇくたー"),
        ("契約　書", "契約 書"), ("STRASSE", "straße"), ("ION－4364", "ion-4364"), ("が", "か\u3099"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("kana", "letters"),
    [
        ("シャチョウ", "shachou"), ("こっち", "kotchi"), ("がっこう", "gakkou"), ("ファイル", "fairu"),
        ("ぎゅうにゅう", "gyuunyuu"),
        ("つづき", "tsuzuki"), ("ひょうしき", "hyoushiki"), ("じゅん", "jun"), ("契約", "契約"), ("っ", ""),
    ],
)
def test_romaji(kana: str, letters: str) -> None:
    assert romaji(kana) == letters


def test_kana_can_be_searched_in_letters() -> None:
    assert search_text("見本HLA検査株式会社", "ミホン", "") == "見本hla検査株式会社 みほん mihon"
