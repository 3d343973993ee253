"""Bytes on their way out: streamed, only ever an attachment, in a sandbox."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import Response
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from portal.core.evidence.kinds import MIME, Kind
from portal.models import ConsentLetter, Packet, Party, Reentrustment
from portal.sheets import listing
from portal.web import current


def attachment(pieces: Iterator[bytes], name: str, mime: str, size: int) -> Response:
    """Give bytes as a download that no browser renders; the name is sent in ASCII and in UTF-8."""
    plain = "".join(letter if letter.isascii() and letter.isprintable() and letter not in '"\\' else "_"
                    for letter in name)
    response = Response(pieces, mimetype=mime)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Length"] = str(size)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as a file: the stem of its name, its title, heads with widths (characters), rows.

    `cut`: to how many things the list was cut, 0 where it holds all.
    """

    stem: str
    title: str
    heads: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]
    cut: int = 0


def table_file(listed: Listed, ending: str) -> Response:
    """Give a list as a workbook or as CSV; a last row says so where it was cut. NotFound for other endings."""
    if ending not in ("xlsx", "csv"):
        raise NotFound
    rows = [*listed.rows]
    if listed.cut:
        rows.append([gettext("Only the first %(count)s lines are in this file: use the filters.", count=listed.cut)])
    if ending == "csv":
        data, mime = listing.comma_separated([head for head, _ in listed.heads], rows), MIME[Kind.CSV]
    else:
        pages = [listing.page(listed.title, listed.heads, rows)]
        data, mime = listing.workbook(listed.title, pages, current.now()), MIME[Kind.XLSX]
    return attachment(iter([data]), f"{listed.stem}.{ending}", mime, len(data))


def packet_file(packet: Packet) -> Response:
    """Give the kept bytes of a packet; NotFound while there are none."""
    if not packet.sealed_digest:
        raise NotFound
    return paper_file(packet.attestation.party, packet.number, packet.sealed_digest, packet.size)


def letter_file(row: Reentrustment, letter: ConsentLetter | None) -> Response:
    """Give the kept bytes of a letter of consent; NotFound while there is none."""
    if letter is None:
        raise NotFound
    return paper_file(row.party, row.number, letter.digest, letter.size)


def paper_file(party: Party, stem: str, digest: str, size: int) -> Response:
    """Give a kept PDF of a party under the stem of its name."""
    return attachment(current.cellar().blobs.open(party.public_id, digest), f"{stem}.pdf", MIME[Kind.PDF], size)
