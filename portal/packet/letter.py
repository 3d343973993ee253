"""The letter of consent to re-entrustment: plain values into one printed page, Japanese, with English where wanted."""

from datetime import UTC, date, datetime, time

from portal.packet import slip
from portal.packet.bind import Imprint
from portal.packet.press import Printed
from portal.packet.pressroom import Pressroom
from portal.packet.sheet import JST
from portal.packet.speech import pgettext
from portal.packet.value import Words, value


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
    """Give the letter as HTML."""
    return slip.html("consent.html", letter)


def make(letter: Letter, room: Pressroom) -> Printed:
    """Print the letter, dated at its day; CannotPrint says why it could not be."""
    words = (pgettext("packet", "Permission of re-entrustment") if letter.permits
             else pgettext("packet", "Consent to re-entrustment"))
    at = datetime.combine(letter.day, time(), JST).astimezone(UTC)
    return slip.make("consent.html", letter, Imprint(
        f"{words.ja} {letter.number}", letter.to.ja, letter.issuer.ja, at), room)
