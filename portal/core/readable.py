"""Dates, moments, sizes and digests as a person reads them, in Japanese or English; no clock of its own."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")
DAY_END = time(23, 59)
WEEKDAYS = "月火水木金土日"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")


def day_in(when: date | datetime, zone: ZoneInfo = JST) -> date:
    """The calendar day of an aware moment in a zone; a plain date is that day already."""
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def date_short(when: date | datetime, zone: ZoneInfo = JST) -> str:
    """`2026-11-30`, for tables."""
    return day_in(when, zone).isoformat()


def date_long(when: date | datetime, language: str, zone: ZoneInfo = JST) -> str:
    """`2026年11月30日（月）` or `30 November 2026`, for sentences."""
    day = day_in(when, zone)
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def zone_name(at: datetime) -> str:
    """The zone of an aware moment as letters (`CET`), or as `UTC+8` where the zone has none."""
    name = at.tzname() or "UTC"
    if name[0] not in "+-":
        return name
    return f"UTC{name[:1]}{name[1:3].lstrip('0') or '0'}{':' + name[-2:] if len(name) == 5 else ''}"


def moment(at: datetime, language: str, zone: ZoneInfo = JST) -> str:
    """`2026-11-22 14:03`, with the zone's letters unless a Japanese reader sits in Japan."""
    local = at.astimezone(zone)
    text = f"{local:%Y-%m-%d %H:%M}"
    return text if language == "ja" and zone.key == JST.key else f"{text} {zone_name(local)}"


def due_at(day: date) -> datetime:
    """The instant (UTC) at which a due day ends: 23:59 in Japan."""
    return datetime.combine(day, DAY_END, JST).astimezone(UTC)


def due_long(day: date, language: str, zone: ZoneInfo = JST) -> str:
    """A due day in full: its end in Japan, and the same instant on the reader's clock where that differs."""
    end = due_at(day)
    local = end.astimezone(zone)
    in_japan = end.astimezone(JST)
    away = local.utcoffset() != in_japan.utcoffset()
    clock = f"{local:%H:%M}"
    if language == "ja":
        other_day = "" if local.date() == day else f"{local.month}月{local.day}日 "
        reader = f"、現地時間 {other_day}{clock}" if away else ""
        return f"{date_long(day, 'ja')}{DAY_END:%H:%M}（日本時間{reader}）"
    other_day = "" if local.date() == day else f"{date_long(local.date(), 'en')}, "
    reader = f" ({other_day}{clock} {zone_name(local)}, your time)" if away else ""
    return f"{date_long(day, 'en')}, {DAY_END:%H:%M} JST{reader}"


def fiscal_year(year: int, language: str) -> str:
    """A Japanese fiscal year: `2026年度` or `FY2026 (Apr 2026–Mar 2027)`."""
    return f"{year}年度" if language == "ja" else f"FY{year} (Apr {year}–Mar {year + 1})"


def counted(number: int, most: int = 999) -> str:
    """Give a number that was counted no further than one past `most`."""
    return f"{number:,}" if number <= most else f"{most:,}+"


def filesize(size: int) -> str:
    """A number of bytes as `512 B`, `38 KB`, `1.4 MB` (1 KB = 1,024 bytes)."""
    if size < 1024:
        return f"{size} B"
    amount = float(size)
    for unit in ("KB", "MB", "GB", "TB"):
        amount /= 1024
        if amount < 1023.5 or unit == "TB":
            break
    return f"{amount:.1f} {unit}" if amount < 9.95 and unit != "KB" else f"{amount:,.0f} {unit}"


def digest(text: str) -> str:
    """A hexadecimal digest in groups of four, so that two can be compared by eye."""
    return " ".join(text[start:start + 4] for start in range(0, len(text), 4))


def digest_short(text: str) -> str:
    """The first eight digits of a digest, enough to find it in a list."""
    return f"{digest(text[:8])}…" if len(text) > 8 else digest(text)
