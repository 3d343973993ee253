"""Bytes on their way out: streamed, only ever an attachment, in a sandbox."""

from collections.abc import Iterator
from urllib.parse import quote

from flask import Response
from werkzeug.exceptions import NotFound

from portal.models import Packet
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


def packet_file(packet: Packet) -> Response:
    """Give the kept bytes of a packet; NotFound while there are none."""
    if not packet.sealed_digest:
        raise NotFound
    party = packet.attestation.party.public_id
    pieces = current.cellar().blobs.open(party, packet.sealed_digest)
    return attachment(pieces, f"{packet.number}.pdf", "application/pdf", packet.size)
