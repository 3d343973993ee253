"""What a file may be: names made safe, looks told apart, hints of personal data, a sentence for each reason."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.evidence.hints import hints, is_my_number, lists_people, my_numbers
from portal.core.evidence.kinds import Look, declared, seam_after, seam_at_end, sniff
from portal.core.evidence.names import LONGEST, RESERVED, safe_name
from portal.core.evidence.verdicts import SENTENCES, Reason, Verdict, gravest, verdict_of

NAMES = {
    "契約書（令和６年度）.pdf": "契約書（令和６年度）.pdf",
    unicodedata.normalize("NFD", "がぎぐげご.pdf"): "がぎぐげご.pdf",
    "\u202egpj.exe": "gpj.exe",
    "a\u200b.pdf": "a.pdf",
    "\ufeffa.pdf": "a.pdf",
    "神社.pdf": "神社.pdf",
    "\ufa19社.pdf": "\ufa19社.pdf",
    "葛\U000e0100城.pdf": "葛\U000e0100城.pdf",
    "../../etc/passwd": "passwd",
    "..\\..\\win.ini": "win.ini",
    "C:\\x.pdf": "x.pdf",
    "CON.pdf": "_CON.pdf",
    "nul": "_nul",
    "Lpt1 .txt": "_Lpt1 .txt",
    "a\r\nSet-Cookie: x=1.pdf": "a Set-Cookie_ x=1.pdf",
    "報告　書　.pdf": "報告　書　.pdf",
    '"><img src=x>.pdf': "___img src=x_.pdf",
    "a\0.pdf": "a.pdf",
    "-rf.pdf": "_-rf.pdf",
    "~lock.pdf": "_~lock.pdf",
    ".htaccess": "htaccess",
    "  a  b .pdf. ": "a b .pdf",
    "": "file", "..": "file", "/": "file", "\ud800": "file",
    "表.pdf": "表.pdf", "ソ.pdf": "ソ.pdf", "😀.pdf": "😀.pdf",
}


@pytest.mark.parametrize(("raw", "safe"), NAMES.items())
def test_names_are_made_safe_and_stay_readable(raw: str, safe: str) -> None:
    assert safe_name(raw) == safe


@given(st.text(max_size=400))
def test_any_name_becomes_a_safe_one(raw: str) -> None:
    name = safe_name(raw)
    assert 0 < len(name.encode()) <= LONGEST
    assert not re.search(r'[<>:"|?*\\/\x00-\x1f\x7f]', name)
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn", "Co") for char in name)
    assert not RESERVED.fullmatch(name)
    assert name == name.strip(". ")
    assert not name.startswith(("-", "~"))
    assert safe_name(name) == name


def test_long_names_keep_their_extension_and_whole_characters() -> None:
    for raw in ("あ" * 300 + ".pdf", "x" * 251 + ".PDF", "𠮷" * 90 + ".xlsx"):
        name = safe_name(raw)
        assert (declared(name), len(name.encode()) > LONGEST - 4) == (declared(raw), True)
    assert safe_name("a." + "b" * 300).startswith("a.bbb")


def test_looks() -> None:
    looks = {
        b"": Look.EMPTY, b"%PDF-1.4": Look.PDF, b"\x89PNG\r\n\x1a\n": Look.PNG, b"\xff\xd8\xff\xe0": Look.JPEG,
        b"PK\x03\x04": Look.ARCHIVE, b" \n<SVG ": Look.MARKUP, b"\xef\xbb\xbf<!DOCTYPE": Look.MARKUP,
        b"\xff\xfe<\0h\0t\0m\0l\0": Look.MARKUP, "<注>".encode(): Look.TEXT, b"a,b\n": Look.TEXT,
        b"GIF89a": Look.OTHER, b"\0\0\0\x18ftypheic": Look.HEIC, "会社名".encode("cp932"): Look.TEXT,
        b"BM are initials": Look.TEXT, b"MZ too": Look.TEXT,
    }
    assert {head: sniff(head) for head in looks} == looks


def test_seams() -> None:
    end = b"PK\x05\x06" + bytes(16)
    assert seam_at_end(b"anything" + end + b"\0\0")
    assert seam_at_end(end + b"\x03\0abc")
    assert not seam_at_end(end + b"\x03\0abcd")
    assert not seam_at_end(b"PK\x05\x06")
    assert [seam_after(rest) for rest in (b"\0\n", b"left over", b"\n<script>", b"MZ\x90", b"%PDF-1")] == [
        False, False, True, True, True]


def test_check_digit_of_individual_numbers() -> None:
    # Worked by hand: 1·2+2·3+3·4+…: see the ordinance's formula; the last is the check digit.
    assert is_my_number("123456789018")
    assert [digit for digit in "0123456789" if is_my_number("12345678901" + digit)] == ["8"]
    assert is_my_number("000000000000")


def test_individual_numbers_are_hinted_at() -> None:
    assert my_numbers("番号１２３４－５６７８－９０１８、1234 5678 9018。") == {"123456789018"}
    assert hints("個人番号 1234-5678-9018") == [Reason.MY_NUMBER]
    assert hints("注文番号 1234-5678-9018") == []
    assert my_numbers("法人番号 1234567890180、3.123456789018、111111111111") == set()


def test_lists_of_people_are_hinted_at() -> None:
    people = [["氏名", "住所", "電話"]] + [[f"架空{n}", "東京都", "03-0000-0000"] for n in range(10)]
    assert lists_people(people)
    assert not lists_people(people[:10])
    assert not lists_people([["項目", "住所"]] + people[1:])
    assert hints("\n".join("\t".join(row) for row in people)) == [Reason.PEOPLE_LISTED]
    assert hints("氏名\n" + "\n".join(f"架空{n} 昭和50年4月{n + 1}日" for n in range(25))) == [Reason.PEOPLE_LISTED]
    assert hints("個人情報の取扱いについて、氏名、住所、電話番号を取得します。\n" * 40) == []


def test_each_reason_has_its_sentence_in_both_languages() -> None:
    assert set(SENTENCES) == set(Reason)
    for sentence in SENTENCES.values():
        assert sentence.ja.endswith(("。", "。）"))
        assert re.search(r"[぀-ヿ一-鿿]", sentence.ja)
        assert sentence.en.isascii()
        assert sentence.en.endswith(".")
        assert sentence.verdict is not Verdict.ACCEPTED
    assert len({sentence.ja for sentence in SENTENCES.values()}) == len(SENTENCES)


def test_verdicts_and_the_gravest_reason() -> None:
    assert verdict_of([]) is Verdict.ACCEPTED
    assert verdict_of([Reason.PDF_ACTIVE, Reason.BOMB]) is Verdict.REFUSED
    assert verdict_of([Reason.TRAILING]) is Verdict.FLAGGED
    assert gravest([Reason.TRAILING, Reason.PDF_ACTIVE, Reason.BOMB]) is Reason.BOMB
    assert gravest([]) is None
    order = [SENTENCES[reason].verdict for reason in Reason]
    assert order == sorted(order, key=lambda verdict: verdict is Verdict.FLAGGED)
