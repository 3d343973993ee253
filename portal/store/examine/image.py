"""PNG and JPEG: few enough pixels, decoded to the last, and nothing of another kind after the end."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from portal.core.evidence.kinds import Kind, seam_after
from portal.core.evidence.verdicts import Reason
from portal.store.examine.report import Ask, Refused, Report

GPS = 0x8825
FORMATS = {Kind.PNG: "PNG", Kind.JPEG: "JPEG"}
JPEG_MARK = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
END = 0xD9


def prove(ask: Ask, kind: Kind) -> Iterator[Report]:
    """Report on a picture; raises Refused if it is damaged, too large or two things at once."""
    report = Report(kind=kind, pages=1)
    with open_picture(ask.file, kind, ask.limits.pixels) as picture:
        located = GPS in picture.getexif() if kind is Kind.JPEG else False
        decode(picture)
    if located:
        report.findings = {"position": 1}
    data = ask.file.read_bytes()
    rest = data[end_of_png(data) if kind is Kind.PNG else end_of_jpeg(data) :]
    if seam_after(rest):
        raise Refused(Reason.TWO_KINDS)
    # Telephones keep a smaller copy or a gain map after the picture: JPEG again, no reason to warn.
    if rest.strip(b"\0\r\n") and not rest.startswith(b"\xff\xd8\xff"):
        report.add(Reason.TRAILING)
    yield report


def open_picture(path: Path, kind: Kind, pixels: int) -> Image.Image:
    """Open a picture by its header alone; raises Refused before a pixel is decoded if there are too many."""
    Image.MAX_IMAGE_PIXELS = None
    try:
        picture = Image.open(path, formats=[FORMATS[kind]])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(Reason.DAMAGED) from error
    if picture.width * picture.height > pixels:
        raise Refused(Reason.TOO_MANY_PIXELS)
    return picture


def decode(picture: Image.Image) -> None:
    """Decode every pixel; raises Refused if any is missing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture.load()
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise Refused(Reason.DAMAGED) from error


def end_of_png(data: bytes) -> int:
    """Give the place after a PNG's last chunk, walking its chunks; raises Refused if it never ends."""
    at = 8
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        at += 12 + length
        if name == b"IEND":
            return at
    raise Refused(Reason.DAMAGED)


def end_of_jpeg(data: bytes) -> int:
    """Give the place after a JPEG's end mark, walking its segments; raises Refused if it never ends."""
    at = 2
    while match := JPEG_MARK.search(data, at):
        mark, at = data[match.start() + 1], match.end()
        if mark == END:
            return at
        if mark != 0x01:
            at += int.from_bytes(data[at : at + 2], "big")
    raise Refused(Reason.DAMAGED)
