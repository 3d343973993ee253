"""The receipt of a submission: plain values into one printed page, Japanese, with English where wanted."""

from datetime import datetime

from portal.packet.glyphs import printable_value
from portal.packet.press import Job, Printed
from portal.packet.pressroom import Pressroom
from portal.packet.sheet import STYLES, environment, styles
from portal.packet.value import Words, value

SHEETS = (*STYLES, "packet-letter.css")


@value
class Receipt:
    """What a receipt says: whose answers to what came in when (UTC), certified by whom, with which digest (SHA-256).

    `entry` is the place of the submission in the ledger; `languages` are those in which it is printed.
    """

    number: str
    version: int
    received_at: datetime
    issuer: Words
    to: Words
    year: int
    checklist: Words
    certified_by: str
    certified_title: str
    questions: int
    files: int
    digest: str
    entry: int
    languages: tuple[str, ...]


def html(receipt: Receipt) -> str:
    """Give the receipt as HTML; a character that no font covers is written as [U+1F468]."""
    lacking: set[int] = set()
    return environment().get_template("packet/receipt.html").render(receipt=printable_value(receipt, lacking))


def make(receipt: Receipt, room: Pressroom) -> Printed:
    """Print the receipt; CannotPrint says why it could not be."""
    return room.print([Job("receipt", html(receipt), styles(*SHEETS))])[0]
