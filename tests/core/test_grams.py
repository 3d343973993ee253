"""How text is taken apart for search: what holds a word has all the pieces that the word asks for."""

import pytest

from portal.core import grams

TEXT = "個人データの取扱規程（第3版）をISO15189:2022に沿って改定しました。ﾃﾞｰﾀｾﾝﾀｰ Kitahama Laboratory"


@pytest.mark.parametrize("word", ["個人", "規程", "取扱規程", "データ", "デ", "改定", "iso15189", "ISO", "2022",
                                  "データセンター", "kitahama", "LAB", "Laboratory", "第3版"])
def test_what_is_written_is_found(word: str) -> None:
    assert grams.asked(word) and grams.asked(word) <= grams.written(TEXT)


@pytest.mark.parametrize("word", ["個規", "程個", "委託", "iso27001", "kitazz"])
def test_what_is_not_written_is_not(word: str) -> None:
    assert not grams.asked(word) <= grams.written(TEXT)


def test_a_word_of_marks_alone_asks_for_nothing() -> None:
    assert grams.asked("※・—（）") == frozenset() == grams.written("…、。")


def test_a_piece_is_shown_around_the_word() -> None:
    long = "前" * 200 + "ここにKensaがあります" + "後" * 200
    shown = grams.around(long, ["kensa"])
    assert "Kensa" in shown and shown.startswith("…") and shown.endswith("…") and len(shown) < 130
    assert grams.around("短い文", ["無い"]) == "短い文"
