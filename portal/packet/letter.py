"""The letter of consent to re-entrustment: plain values into one printed page, Japanese, with English where wanted."""

from datetime import UTC, date, datetime, time

from msgspec.structs import replace

from portal.packet.bind import Imprint, stamp
from portal.packet.glyphs import printable_value
from portal.packet.press import Job, Printed
from portal.packet.pressroom import Pressroom
from portal.packet.sheet import JST, STYLES, environment, styles
from portal.packet.speech import pgettext
from portal.packet.value import Words, value

SHEETS = (*STYLES, "packet-letter.css")


@value
class Given:
    """What a body is given of one scope line."""

    purpose: Words
    items: tuple[Words, ...]


@value
class Letter:
    """One letter: to whom, on which body, for what, until when, on which conditions; `permits` for My Number."""

    number: str
    day: date
    issuer: Words
    approver: str
    to: Words
    body: Words
    tier: int
    under: Words
    country: Words
    legal_id: str
    contract: str
    work: str
    given: tuple[Given, ...]
    starts_on: date
    ends_on: date
    conditions: str
    permits: bool
    languages: tuple[str, ...]


def html(letter: Letter) -> str:
    """Give the letter as HTML; a character that no font covers is written as [U+1F468]."""
    lacking: set[int] = set()
    return environment().get_template("packet/consent.html").render(letter=printable_value(letter, lacking))


def make(letter: Letter, room: Pressroom) -> Printed:
    """Print the letter as PDF/A-3a and PDF/UA-1 dated at its day; CannotPrint says why it could not be."""
    printed = room.print([Job("consent", html(letter), styles(*SHEETS))])[0]
    words = (pgettext("packet", "Permission of re-entrustment") if letter.permits
             else pgettext("packet", "Consent to re-entrustment"))
    at = datetime.combine(letter.day, time(), JST).astimezone(UTC)
    return replace(printed, pdf=stamp(printed.pdf, Imprint(
        f"{words.ja} {letter.number}", letter.to.ja, letter.issuer.ja, at)))
