"""The end of validity read from a text: one day or none, never a guess between two."""

from datetime import date

import pytest

from portal.core.evidence.ends import read_end

DAY = date(2027, 3, 31)


@pytest.mark.parametrize("text", [
    "認定証\n有効期限：2027年3月31日\n発行日 2024年4月1日",
    "有効期間　令和6年4月1日から令和9年3月31日まで",
    "有効期限 2027/3/31",
    "This certificate is valid until 31 March 2027.",
    "Expiry date: 2027-03-31. Issued 2024-04-01",
    "Expires March 31, 2027\nValid until 31 March 2027",
])
def test_an_end_is_read(text: str) -> None:
    assert read_end(text) == DAY


@pytest.mark.parametrize("text", [
    "", "発行日 2027年3月31日", "有効期限は別紙のとおりです。", "有効期限 2027年13月41日",
    "有効期限：2027年3月31日\n有効期限：2028年3月31日", "valid until further notice",
])
def test_no_end_is_made_up(text: str) -> None:
    assert read_end(text) is None
