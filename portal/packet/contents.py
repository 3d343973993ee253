"""What one packet says: plain frozen values, their canonical JSON and its digest; bytes of files stand outside."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from portal.packet.answers import File, Finding, Question, Section
from portal.packet.drawn import Sample
from portal.packet.record import Act, Ledger, Seal
from portal.packet.register import Contract, Party, ScopeLine
from portal.packet.under import Edition
from portal.packet.value import Acted, Words, value

Distribution = Literal["internal", "party", "auditor"]
Standing = Literal["signed_off", "conditional", "not_signed", "withdrawn"]


class NotForThem(ValueError):
    """The contents hold something that the chosen distribution must not see; the text names it."""


@value
class Cover:
    """What the first page says about the whole packet; `as_of` is the moment the rows were read at (UTC).

    `editions` came later than the first packets: where it is not set it is not written, so that their digests hold.
    """

    number: str
    code: str
    verify_at: str
    issuer: Words
    party: Words
    subject: Words
    period: tuple[date, date]
    standing: Standing
    conclusion: Words
    as_of: datetime
    version: str
    version_digest: str
    distribution: Distribution
    redaction: Words = Words("なし", "None")
    replaces: str = ""
    reviewed: tuple[Acted, ...] = ()
    approved: tuple[Acted, ...] = ()
    contact: Words = Words("")
    editions: tuple[Edition, ...] | UnsetType = UNSET


@value
class Contents:
    """Everything a packet says, in the order it says it.

    `sample` came later than the first packets: where it is not set it is not written, so that their digests hold.
    """

    form: Literal["jmdp-packet-1"] = "jmdp-packet-1"
    cover: Cover
    party: Party
    contracts: tuple[Contract, ...] = ()
    scope: tuple[ScopeLine, ...] = ()
    ours: tuple[Words, ...] = ()
    sections: tuple[Section, ...] = ()
    sampling: Words = Words("")
    sample: Sample | UnsetType = UNSET
    findings: tuple[Finding, ...] = ()
    history: tuple[Act, ...] = ()
    conflicts: tuple[Words, ...] = ()
    files: tuple[File, ...] = ()
    ledger: Ledger
    seal: Seal

    def __post_init__(self) -> None:
        if self.cover.as_of.utcoffset() != timedelta():
            raise ValueError("the packet's moment must be in UTC")
        numbers = {file.number for file in self.files}
        for question in self.questions():
            if question.notes and self.cover.distribution != "internal":
                raise NotForThem(f"{question.id} holds internal notes; they may not leave the house")
            for cited in question.evidence:
                if cited.file not in numbers:
                    raise ValueError(f"{question.id} cites file {cited.file}, which is not in the index")
        if len(numbers) != len(self.files) or len({file.ascii for file in self.files}) != len(self.files):
            raise ValueError("two evidence files have the same number or the same attached name")

    def questions(self) -> list[Question]:
        """Give all questions in order."""
        return [question for section in self.sections for question in section.questions]


def canonical(contents: Contents) -> bytes:
    """Give the contents as canonical JSON: UTF-8, keys sorted, no space, no floats."""
    return msgspec.json.encode(contents, order="sorted")


def read(data: bytes) -> Contents:
    """Read contents back from their canonical JSON; msgspec.ValidationError where a field does not fit."""
    return msgspec.json.decode(data, type=Contents)


def digest(contents: Contents) -> str:
    """Give the manifest digest: SHA-256 in hex over the canonical JSON."""
    return sha256(canonical(contents)).hexdigest()
