"""Short papers of a page or two, as a letter or a receipt: one template, printed whole and named as what it is."""

from msgspec.structs import replace

from portal.packet.bind import Imprint, stamp
from portal.packet.glyphs import printable_value
from portal.packet.press import Job, Printed
from portal.packet.pressroom import Pressroom
from portal.packet.sheet import STYLES, environment, styles

SHEETS = (*STYLES, "packet-letter.css")


def html(template: str, paper: object) -> str:
    """Give a paper's values in its template of `templates/packet`; what no font covers is written as [U+1F468]."""
    lacking: set[int] = set()
    return environment().get_template(f"packet/{template}").render(paper=printable_value(paper, lacking))


def make(template: str, paper: object, imprint: Imprint, room: Pressroom) -> Printed:
    """Print a paper as PDF/A-3a and PDF/UA-1 with its imprint; CannotPrint says why it could not be."""
    printed = room.print([Job("slip", html(template, paper), styles(*SHEETS))])[0]
    return replace(printed, pdf=stamp(printed.pdf, imprint))
