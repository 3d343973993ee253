"""What templates may do to a value: dates, sizes and digests for this reader, addresses safe to follow."""

from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Flask

from portal.core import readable
from portal.core.words import Word
from portal.store.translations import country

SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})


def address(target: str) -> str:
    """An address that a link may carry; ValueError for one that would run as a script."""
    if urlsplit(target.strip()).scheme.lower() not in SCHEMES:
        raise ValueError(f"a link must not lead to {target[:40]!r}")
    return target


def install(app: Flask, language: Callable[[], str], zone: Callable[[], ZoneInfo]) -> None:
    """Give the app's templates their filters and `say`; `language` and `zone` are those of the reader now."""

    def say(word: Word) -> str:
        label = word.get(language())
        return label[:1].upper() + label[1:]

    def date_long(when: date | datetime) -> str:
        return readable.date_long(when, language(), zone())

    def moment(at: datetime) -> str:
        return readable.moment(at, language(), zone())

    def due_long(day: date) -> str:
        return readable.due_long(day, language(), zone())

    app.add_template_global(say, "say")
    app.jinja_env.filters.update(
        address=address,
        country=lambda code: country(code, language()) if code else "",
        date_short=lambda when: readable.date_short(when, zone()),
        counted=readable.counted,
        date_long=date_long,
        due_long=due_long,
        moment=moment,
        fiscal_year=lambda year: readable.fiscal_year(year, language()),
        filesize=readable.filesize,
        digest=readable.digest,
        named=lambda party: party.name(language()),
        titled=lambda checklist: checklist.title(language()),
        digest_short=readable.digest_short,
    )
