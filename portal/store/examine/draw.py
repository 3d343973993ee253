"""Page images: what reviewers see instead of the file itself, so that nothing in it ever runs."""

import math
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from portal.core.evidence.kinds import Kind
from portal.core.evidence.verdicts import Reason
from portal.store.examine.image import decode, open_picture
from portal.store.examine.report import Ask, Picture, Refused, Report

LARGEST = 8_000_000
"""Pixels of a page image; larger pages are drawn smaller."""

LONGEST = 16_000
"""Pixels of a side; WebP's own limit is 16,383."""

QUALITY, EFFORT = 80, 2


def work(ask: Ask) -> Iterator[Report | Picture]:
    """Draw the asked pages into the folder, reporting each as it is done; raises Refused if none can be."""
    if ask.kind is Kind.PDF:
        yield from draw_pdf(ask)
    elif ask.kind in (Kind.PNG, Kind.JPEG):
        yield draw_picture(ask, ask.kind)
    else:
        raise Refused(Reason.KIND_NOT_TAKEN)


def draw_pdf(ask: Ask) -> Iterator[Picture]:
    """Draw pages of a PDF at the asked resolution."""
    try:
        document = pypdfium2.PdfDocument(ask.file)
    except pypdfium2.PdfiumError as error:
        raise Refused(Reason.DAMAGED) from error
    with document:
        for number in range(ask.first, min(ask.first + ask.count, len(document) + 1)):
            page = document[number - 1]
            width, height = page.get_size()
            scale = scale_for(width, height, ask.dpi / 72)
            drawn = page.render(scale=scale).to_pil()
            yield save(drawn, ask, number)
            page.close()


def scale_for(width: float, height: float, wanted: float) -> float:
    """Give the scale at which a page of this size (points) stays within the largest image."""
    area, longest = max(width * height, 1.0), max(width, height, 1.0)
    return min(wanted, math.sqrt(LARGEST / area), LONGEST / longest)


def draw_picture(ask: Ask, kind: Kind) -> Picture:
    """Draw a picture upright, no larger than a page image may be."""
    with open_picture(ask.file, kind, ask.limits.pixels) as picture:
        # A JPEG can be decoded at a fraction of its size, which is what is wanted here.
        picture.draft("RGB", (3_000, 3_000))
        decode(picture)
        upright = ImageOps.exif_transpose(picture)
        shrink = scale_for(upright.width, upright.height, 1.0)
        size = (max(1, int(upright.width * shrink)), max(1, int(upright.height * shrink)))
        upright.thumbnail(size)
        return save(upright.convert("RGB"), ask, 1)


def save(drawn: Image.Image, ask: Ask, number: int) -> Picture:
    """Write one page image as WebP, without any of the file's own metadata."""
    path = Path(ask.folder) / f"page-{number:05}.webp"
    drawn.save(path, "WEBP", quality=QUALITY, method=EFFORT)
    return Picture(number, str(path), drawn.width, drawn.height)
