"""What a file may be: the allowed kinds, what its name declares and what its first bytes show."""

from enum import StrEnum
from typing import NamedTuple

import puremagic

HEAD = 4096
"""First bytes of a file that `sniff` needs."""

TAIL = 66_000
"""Last bytes of a file that `seam_at_end` needs: an archive's end record with its longest comment."""


class Kind(StrEnum):
    """Kinds of evidence that are taken; none can hold a script that a reader would run unasked."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    XLSX = "xlsx"
    DOCX = "docx"
    CSV = "csv"
    TXT = "txt"


class Look(StrEnum):
    """What first bytes look like; an archive or text is told apart further by parsing."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    ARCHIVE = "archive"
    OLD_OFFICE = "old_office"
    HEIC = "heic"
    MARKUP = "markup"
    OTHER = "other"
    TEXT = "text"
    EMPTY = "empty"


class Limits(NamedTuple):
    """How much of anything a file may be; bytes, pixels, counts, seconds."""

    bytes: int = 200 << 20
    pixels: int = 40_000_000
    unpacked: int = 512 << 20
    entries: int = 10_000
    ratio: int = 50
    ratio_from: int = 64 << 20
    pages: int = 5_000
    embedded: int = 100
    seconds: int = 10
    memory: int = 600 << 20


LIMITS = Limits()

EXTENSIONS = {
    "pdf": Kind.PDF, "png": Kind.PNG, "jpg": Kind.JPEG, "jpeg": Kind.JPEG,
    "xlsx": Kind.XLSX, "docx": Kind.DOCX, "csv": Kind.CSV, "txt": Kind.TXT,
}

MIME = {
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.CSV: "text/csv",
    Kind.TXT: "text/plain",
}

LOOKS = {
    Kind.PDF: Look.PDF, Kind.PNG: Look.PNG, Kind.JPEG: Look.JPEG, Kind.XLSX: Look.ARCHIVE,
    Kind.DOCX: Look.ARCHIVE, Kind.CSV: Look.TEXT, Kind.TXT: Look.TEXT,
}

STARTS = (
    (b"%PDF-", Look.PDF),
    (b"\x89PNG\r\n\x1a\n", Look.PNG),
    (b"\xff\xd8\xff", Look.JPEG),
    (b"PK\x03\x04", Look.ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Look.OLD_OFFICE),
)
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}

MARKUP = (
    b"<!doctype", b"<!--", b"<?xml", b"<html", b"<head", b"<body", b"<script", b"<style", b"<svg", b"<iframe",
    b"<img", b"<a ", b"<div", b"<p>", b"<br", b"<table", b"<meta", b"<title", b"<font", b"<h1", b"<object",
    b"<embed", b"<link", b"<form", b"<input", b"<base", b"<math", b"<video", b"<audio", b"<frameset",
)
"""Starts that make a browser take a text for a page, compared in lower case after white space."""

SURE = 0.5
"""From this confidence on, puremagic's word that a file is of another kind counts."""


def declared(name: str) -> Kind | None:
    """Give the kind a file name declares by its last extension, or nothing."""
    return EXTENSIONS.get(name.rpartition(".")[2].casefold()) if "." in name else None


def sniff(head: bytes) -> Look:
    """Give what the first bytes (up to HEAD of them) look like, whatever the name says."""
    if not head:
        return Look.EMPTY
    for start, look in STARTS:
        if head.startswith(start):
            return look
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return Look.HEIC
    if _opens_as_page(head):
        return Look.MARKUP
    return Look.OTHER if _is_other(head) else Look.TEXT


def _opens_as_page(head: bytes) -> bool:
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        plain = plain[2:].replace(b"\0", b"")
    return plain.lstrip().lower().startswith(MARKUP)


def _is_other(head: bytes) -> bool:
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return False
    return any(match.confidence >= SURE for match in found)


def seam_at_end(tail: bytes) -> bool:
    """Say whether the last bytes (up to TAIL of them) also end a ZIP archive, as a file of two kinds does."""
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return False
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    return at + 22 + comment == len(tail)


def seam_after(rest: bytes) -> bool:
    """Say whether what follows a file's own end is itself something that could be opened or run."""
    start = rest.lstrip(b"\0\r\n\t ")
    return sniff(start[:HEAD]) not in {Look.TEXT, Look.EMPTY, Look.JPEG} or start[:2] in (b"MZ", b"#!")


def pdf_inside(head: bytes) -> bool:
    """Say whether a reader would also take this file for a PDF: readers look in the first kilobyte."""
    return b"%PDF-" in head[1:1100]
