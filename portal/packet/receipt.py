"""The receipt of a submission: plain values into one printed page, Japanese, with English where wanted."""

from datetime import datetime

from portal.packet import slip
from portal.packet.bind import Imprint
from portal.packet.press import Printed
from portal.packet.pressroom import Pressroom
from portal.packet.speech import pgettext
from portal.packet.value import Words, value


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


def make(receipt: Receipt, room: Pressroom) -> Printed:
    """Print the receipt, dated at the moment of the submission; CannotPrint says why it could not be."""
    title = f"{pgettext('packet', 'Receipt').ja} {receipt.number}-v{receipt.version}"
    return slip.make("receipt.html", receipt, Imprint(
        title, receipt.to.ja, receipt.issuer.ja, receipt.received_at), room)
