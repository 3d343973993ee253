"""One XML part of an Office file, read as a stream: well-formed, without declarations, its links and text."""

import zipfile
from typing import NamedTuple
from xml.parsers import expat

from portal.core.evidence.verdicts import Reason
from portal.store.examine.report import TEXT, Refused

PIECE = 256 << 10
DEEPEST = 512
DDE = ("DDE ", "DDEAUTO")


class Part(NamedTuple):
    """What a part shows: content types named, links to outside as (sort, target), text, uses of DDE."""

    types: list[str]
    outside: list[tuple[str, str]]
    text: str
    dde: int


def read_part(archive: zipfile.ZipFile, name: str) -> Part:
    """Read one part through; raises Refused if it is not plain, well-formed XML."""
    reader = _Reader()
    with archive.open(name) as stream:
        try:
            while piece := stream.read(PIECE):
                reader.parser.Parse(piece, False)
            reader.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Refused(Reason.DAMAGED) from error
    return Part(reader.types, reader.outside, "".join(reader.text), reader.dde)


class _Reader:
    """Expat with handlers; a document type is refused before an entity in it could be used."""

    def __init__(self) -> None:
        self.types: list[str] = []
        self.outside: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.dde = 0
        self._depth = 0
        self._length = 0
        self._inside = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._declares
        self.parser.StartElementHandler = self._starts
        self.parser.EndElementHandler = self._ends
        self.parser.CharacterDataHandler = self._says

    def _declares(self, *_: object) -> None:
        raise Refused(Reason.DOCTYPE)

    def _starts(self, name: str, about: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused(Reason.TOO_COMPLEX)
        self._inside = tag = name.rpartition(" ")[2]
        if "ContentType" in about:
            self.types.append(about["ContentType"])
        if tag == "Relationship" and about.get("TargetMode", "").casefold() == "external":
            self.outside.append((about.get("Type", "").rpartition("/")[2], about.get("Target", "")))
        self.dde += tag == "ddeLink"

    def _ends(self, name: str) -> None:
        self._depth -= 1
        self._inside = ""
        if name.endswith(" p"):
            self._keep("\n")

    def _says(self, said: str) -> None:
        if self._inside == "t":
            self._keep(said)
        elif self._inside == "instrText":
            self.dde += said.strip().upper().startswith(DDE)

    def _keep(self, said: str) -> None:
        if self._length < TEXT:
            self.text.append(said)
            self._length += len(said)
