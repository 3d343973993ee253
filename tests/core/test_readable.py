"""Dates, moments, sizes and digests are written as their readers write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from portal.core import readable

DAY = date(2026, 11, 30)
PARIS, AUCKLAND, SINGAPORE = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Auckland"), ZoneInfo("Asia/Singapore")


def test_days() -> None:
    assert readable.date_short(DAY) == "2026-11-30"
    assert readable.date_long(DAY, "ja") == "2026年11月30日（月）"
    assert readable.date_long(DAY, "en") == "30 November 2026"
    late = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    assert (readable.date_short(late), readable.date_short(late, PARIS)) == ("2026-12-01", "2026-11-30")


@pytest.mark.parametrize(("language", "zone", "said"), [
    ("ja", readable.JST, "2026年11月30日（月）23:59（日本時間）"),
    ("en", readable.JST, "30 November 2026, 23:59 JST"),
    ("en", PARIS, "30 November 2026, 23:59 JST (15:59 CET, your time)"),
    ("ja", PARIS, "2026年11月30日（月）23:59（日本時間、現地時間 15:59）"),
    ("en", AUCKLAND, "30 November 2026, 23:59 JST (1 December 2026, 03:59 NZDT, your time)"),
    ("ja", AUCKLAND, "2026年11月30日（月）23:59（日本時間、現地時間 12月1日 03:59）"),
    ("en", SINGAPORE, "30 November 2026, 23:59 JST (22:59 UTC+8, your time)"),
    ("en", ZoneInfo("Asia/Seoul"), "30 November 2026, 23:59 JST"),
])
def test_a_due_day_names_both_clocks(language: str, zone: ZoneInfo, said: str) -> None:
    assert readable.due_long(DAY, language, zone) == said


def test_moments() -> None:
    at = datetime(2026, 11, 22, 5, 3, tzinfo=UTC)
    assert readable.moment(at, "ja") == "2026-11-22 14:03"
    assert readable.moment(at, "en") == "2026-11-22 14:03 JST"
    assert readable.moment(at, "ja", PARIS) == "2026-11-22 06:03 CET"
    assert readable.moment(at, "en", ZoneInfo("Asia/Kathmandu")) == "2026-11-22 10:48 UTC+5:45"


def test_fiscal_year() -> None:
    assert readable.fiscal_year(2026, "ja") == "2026年度"
    assert readable.fiscal_year(2026, "en") == "FY2026 (Apr 2026–Mar 2027)"


@pytest.mark.parametrize(("size", "said"), [
    (0, "0 B"), (1023, "1023 B"), (1024, "1 KB"), (422_000, "412 KB"), (1_048_500, "1.0 MB"),
    (1_500_000, "1.4 MB"), (40_000_000, "38 MB"), (3 * 1024**3, "3.0 GB"), (5000 * 1024**4, "5,000 TB"),
])
def test_sizes(size: int, said: str) -> None:
    assert readable.filesize(size) == said


def test_digests() -> None:
    assert readable.digest("9f2c41aa07") == "9f2c 41aa 07"
    assert readable.digest_short("9f2c41aa07") == "9f2c 41aa…"
