"""What a file is: by its name, its first and last bytes, and by parsing it; all three must agree."""

import importlib
from collections.abc import Callable, Iterator
from typing import cast

from portal.core.evidence.kinds import (
    HEAD,
    LOOKS,
    TAIL,
    Kind,
    Look,
    declared,
    pdf_inside,
    seam_at_end,
    sniff,
)
from portal.core.evidence.verdicts import Reason
from portal.store.examine.report import Ask, Refused, Report

PARSERS = {
    Kind.PDF: "portal.store.examine.pdf",
    Kind.PNG: "portal.store.examine.image",
    Kind.JPEG: "portal.store.examine.image",
    Kind.XLSX: "portal.store.examine.office",
    Kind.DOCX: "portal.store.examine.office",
    Kind.CSV: "portal.store.examine.text",
    Kind.TXT: "portal.store.examine.text",
}
TELLING = {
    Look.EMPTY: Reason.EMPTY,
    Look.HEIC: Reason.HEIC,
    Look.MARKUP: Reason.MARKUP,
}
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Prove = Callable[[Ask, Kind], Iterator[Report]]


def work(ask: Ask) -> Iterator[Report]:
    """Give reports on the file, the last one counting; raises Refused where it cannot be taken."""
    size = ask.file.stat().st_size
    if size > ask.limits.bytes:
        raise Refused(Reason.TOO_LARGE)
    with ask.file.open("rb") as file:
        head = file.read(HEAD)
        file.seek(max(0, size - TAIL))
        tail = file.read()
    kind = kind_of(ask, head)
    if LOOKS[kind] is not Look.ARCHIVE and seam_at_end(tail):
        raise Refused(Reason.TWO_KINDS)
    if kind is not Kind.PDF and pdf_inside(head):
        raise Refused(Reason.TWO_KINDS)
    prove = cast(Prove, importlib.import_module(PARSERS[kind]).prove)
    yield from prove(ask, kind)


def kind_of(ask: Ask, head: bytes) -> Kind:
    """Give the kind name and first bytes agree on; raises Refused with what is wrong otherwise."""
    kind, look = declared(ask.name), sniff(head)
    if look in TELLING:
        raise Refused(TELLING[look])
    if kind is None:
        raise Refused(Reason.OLD_OFFICE if look is Look.OLD_OFFICE else Reason.KIND_NOT_TAKEN)
    if look is LOOKS[kind]:
        return kind
    if look is Look.OLD_OFFICE and LOOKS[kind] is Look.ARCHIVE:
        raise Refused(Reason.OFFICE_PASSWORD if _holds(ask, ENCRYPTED) else Reason.OLD_OFFICE)
    if kind is Kind.PDF and pdf_inside(head):
        raise Refused(Reason.TWO_KINDS)
    raise Refused(Reason.KIND_DIFFERS)


def _holds(ask: Ask, mark: bytes) -> bool:
    with ask.file.open("rb") as file:
        before = b""
        while piece := file.read(1 << 20):
            if mark in before + piece:
                return True
            before = piece[-len(mark) :]
    return False
