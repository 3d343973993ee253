"""The letter of consent on paper: whole, in the party's languages, the Japanese text first, safe against its texts."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portal.packet import letter
from portal.packet.letter import Given, Letter
from portal.packet.pressroom import Pressroom
from portal.packet.value import Words

LETTER = Letter(
    number="S-2026-0007", day=date(2026, 12, 1),
    issuer=Words("公益財団法人日本骨髄バンク", "Japan Marrow Donor Program"),
    approver="承認 三郎", to=Words("見本検査センター", "Mihon Laboratory"),
    body=Words("例示データ入力株式会社", "Reiji Data Entry"), tier=3, under=Words("仮想事務株式会社", "Kaso Office"),
    country=Words("アメリカ合衆国 (US)", "United States (US)"), legal_id="98-7654321", contract="C-2026-11　覚書",
    work="申込書の入力", given=(Given(
        purpose=Words("登録", "Registration"), items=(Words("氏名", "Name"), Words("住所", "Address"))),),
    starts_on=date(2026, 12, 15), ends_on=date(2027, 3, 31), conditions="年1回の点検結果を報告すること。",
    permits=False, languages=("ja",))
WANTED = {
    "ja": ("再委託承諾書", "2026年12月1日", "S-2026-0007", "見本検査センター　御中", "例示データ入力株式会社",
           "アメリカ合衆国", "仮想事務株式会社", "氏名、住所", "年1回の点検結果を報告すること。",
           "2027年3月31日", "以上"),
    "en": ("Consent to re-entrustment", "Mihon Laboratory", "Reiji Data Entry", "United States", "Kaso Office",
           "Name, Address", "The Japanese text governs"),
}


@pytest.mark.parametrize("languages", [("ja",), ("ja", "en")])
def test_it_says_everything_in_the_partys_languages(languages: tuple[str, ...], room: Pressroom,
                                                    text_of: Callable[[bytes], str]) -> None:
    printed = letter.make(replace(LETTER, languages=languages), room)
    text = re.sub(r"\s+", "", text_of(printed.pdf))
    for language in ("ja", "en"):
        found = [part for part in WANTED[language] if re.sub(r"\s+", "", part) in text]
        assert found == (list(WANTED[language]) if language in languages else []), language
    assert printed.pages == len(languages)
    if len(languages) > 1:
        assert text.index("再委託承諾書") < text.index("Consenttore-entrustment")


def test_my_number_is_permitted_by_its_own_word(room: Pressroom, text_of: Callable[[bytes], str]) -> None:
    text = re.sub(r"\s+", "", text_of(letter.make(replace(LETTER, permits=True, conditions=""), room).pdf))
    assert "再委託許諾書" in text and "第10条" in text and "承諾の条件" not in text and "承諾します" not in text


def test_it_is_archivable_and_accessible(room: Pressroom, verapdf: Callable[..., list[str]], tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(letter.make(replace(LETTER, languages=("ja", "en")), room).pdf)
    assert verapdf(tmp_path / "letter.pdf") == []


def test_what_a_party_wrote_is_text_and_nothing_else(room: Pressroom, text_of: Callable[[bytes], str]) -> None:
    hostile = "<script>alert(1)</script>{{ 7*7 }}<img src='file:///etc/passwd'>"
    html = letter.html(replace(LETTER, work=hostile))
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert "{{7*7}}" in re.sub(r"\s+", "", text_of(letter.make(replace(LETTER, work=hostile), room).pdf))
