"""A list of parties is read by its heads, in the words of either language, each wrong cell told."""

import pytest

from portal.core.catalogue import Catalogue
from portal.core.partylist import NOT_A_COUNTRY, UNKNOWN_WORD, read, words


@pytest.mark.parametrize("head", [
    ["名称", "種別", "ふりがな"], ["Name (Japanese)", "KIND", "Name (kana)"], ["会社名 ", "区分", "ﾌﾘｶﾞﾅ"]])
def test_heads_are_met_by_their_meaning(catalogue: Catalogue, head: list[str]) -> None:
    listed = read([["登録簿", ""], [], [*head, "担当"], ["架空検査", "検査機関", "かくう", "山"]], words(catalogue))
    assert listed is not None
    assert (listed.fields, listed.unknown) == (("name_ja", "kind", "name_kana"), ("担当",))
    [row] = listed.rows
    assert (row.number, dict(row.said), dict(row.problems)) == (
        4, {"name_ja": "架空検査", "kind": "testing_lab", "name_kana": "かくう"}, {})


def test_cells_become_values_or_say_what_is_wrong(catalogue: Catalogue) -> None:
    listed = read([["名称", "種別", "国", "法人番号", "ION", "備考"],
                   ["'=A", "testing_lab", "jp", "１２３４-５", "4364", "'=1+1"],
                   ["B", "なにか", "日本", "", "x", ""], ["", " ", "", "", "", ""]], words(catalogue))
    assert listed is not None and len(listed.rows) == 2
    good, bad = listed.rows
    assert dict(good.said) == {"name_ja": "=A", "kind": "testing_lab", "country": "JP", "corporate_number": "12345",
                               "ion": "ION-4364", "note": "=1+1"}
    assert dict(good.problems) == {}
    assert dict(bad.problems) == {"kind": UNKNOWN_WORD, "country": NOT_A_COUNTRY} and bad.said["ion"] == "x"


@pytest.mark.parametrize("cells", [[], [["名称"]], [["種別", "国"]], [["", ""]] * 30 + [["名称", "種別"]]])
def test_without_heads_nothing_is_guessed(catalogue: Catalogue, cells: list[list[str]]) -> None:
    assert read(cells, words(catalogue)) is None
