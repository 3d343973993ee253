"""A packet on paper: contents and pictures in, the unsigned PDF out, with the manifest and the proofs inside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

import msgspec

from portal.packet.bind import Attachment, Imprint, bind
from portal.packet.contents import Contents, canonical, digest
from portal.packet.press import Printed
from portal.packet.pressroom import Pressroom
from portal.packet.sheet import Line, Sheets, proof_name
from portal.packet.speech import pgettext

MANIFEST, EVENTS, CHECKPOINT, KEY = "manifest.json", "events.jsonl", "checkpoint.txt", "ledger-key.txt"
LINES_A_PAGE, HEADING = 41, 3
LISTED = ("answers", "outcome")  # whose second headings the table of contents lists
Originals = Callable[[str], bytes]


class WrongFile(ValueError):
    """An evidence file's bytes are not those of the manifest; the text names it."""


@dataclass(frozen=True)
class Paper:
    """An unsigned packet: its bytes, the digest of its manifest, the digest of the bytes, and how many pages."""

    pdf: bytes
    manifest: str
    sha256: str
    pages: int


def attachments(contents: Contents, original: Originals | None) -> list[Attachment]:
    """Give the files that go inside: manifest, ledger entries and proofs, and the originals marked as attached."""
    plain, ledger = "text/plain", contents.ledger
    lines = "".join(entry.leaf + "\n" for entry in ledger.entries)
    result = [
        Attachment(
            MANIFEST, MANIFEST, "application/json", "The contents as canonical JSON", canonical(contents), "Source"
        ),
        Attachment(EVENTS, EVENTS, "application/json", "The ledger entries proven here, one a line", lines.encode()),
        Attachment(CHECKPOINT, CHECKPOINT, plain, "The signed state of the ledger", ledger.note.encode()),
        Attachment(KEY, KEY, plain, "The key that signed it", f"{ledger.key}\n".encode()),
    ]
    for entry in ledger.entries:
        name = proof_name(entry.index)
        result.append(Attachment(name, name, plain, f"Proof of entry {entry.index}", entry.proof.encode()))
    for file in contents.files:
        if not file.attached:
            continue
        if original is None:
            raise WrongFile(f"{file.ascii} is to be attached, but no originals were given")
        data = original(file.sha256)
        if sha256(data).hexdigest() != file.sha256 or len(data) != file.size:
            raise WrongFile(f"{file.ascii} is not the file of the manifest")
        meaning = f"{pgettext('packet', 'Attachment').ja} {file.number} {file.kind.ja}"
        result.append(Attachment(file.ascii, file.name, file.mime, meaning, data, "Supplement"))
    return result


def _lines(body: Sequence[Printed], front: int) -> tuple[list[Printed], list[Line]]:
    """Name every heading as an anchor, and give the lines of the table of contents behind so many front pages."""
    lines: list[Line] = []
    named, first = [], front
    for printed in body:
        anchors = dict(printed.anchors)
        for mark in printed.marks:
            if mark.level == 1 or (mark.level == 2 and printed.key.startswith(LISTED)):
                name = f"mark-{len(lines)}"
                anchors[name] = (mark.page, mark.top)
                lines.append(Line(mark.label, mark.level, name, first + mark.page + 1))
        named.append(msgspec.structs.replace(printed, anchors=anchors))
        first += printed.pages
    return named, lines


def _front_pages(lines: int) -> int:
    """Guess how many pages cover and contents take, so that they are seldom printed twice."""
    return 1 + ceil((lines + HEADING) / LINES_A_PAGE)


def make(contents: Contents, pictures: Mapping[str, bytes], original: Originals | None, room: Pressroom) -> Paper:
    """Print a packet; the same contents, files, fonts and libraries give the same bytes."""
    sheets = Sheets(contents, pictures)
    inside = attachments(contents, original)
    body = room.print(sheets.body())
    expected = _front_pages(len(_lines(body, 0)[1]))
    while True:
        named, lines = _lines(body, expected)
        after = sum(printed.pages for printed in body)
        front, furniture = room.print([sheets.front(lines), sheets.furniture(expected + after)])
        if front.pages == expected:
            break
        expected = front.pages
    manifest = digest(contents)
    imprint = Imprint(sheets.title, f"manifest sha256:{manifest}", contents.cover.issuer.ja, contents.cover.as_of)
    pdf = bind([front, *named], furniture, inside, imprint)
    return Paper(pdf, manifest, sha256(pdf).hexdigest(), expected + after)
