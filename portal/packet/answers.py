"""What was asked, answered, reviewed and found, and the evidence it rests on, as plain values."""

from datetime import date, datetime
from typing import Literal

from portal.packet.value import Acted, Person, Spell, Words, value

Verdict = Literal["conforms", "returned", "finding", "not_applicable", "open"]
Severity = Literal["grave", "high", "medium", "low"]
Scan = Literal["clean", "infected", "not_scanned"]


@value
class Answer:
    """What was answered: the chosen label, what was typed, and a comment."""

    label: Words = Words("")
    text: str = ""
    comment: str = ""


@value
class Earlier:
    """The answer accepted last time; `same` with who confirmed it unchanged and when (UTC)."""

    answer: Answer
    version: str
    same: bool
    confirmed: Acted | None = None


@value
class Turn:
    """One step of the exchange on a question: a return, a reply, an acceptance (UTC)."""

    at: datetime
    who: Person
    act: Words
    text: str


@value
class Cited:
    """A place in an evidence file: its number in the index, and the pages as text."""

    file: int
    pages: str = ""


@value
class Question:
    """One question with its answer, its review and what it rests on; `notes` are JMDP's own."""

    id: str
    text: Words
    clauses: tuple[str, ...] = ()
    answer: Answer | None = None
    earlier: Earlier | None = None
    verdict: Verdict
    reason: str = ""
    exchange: tuple[Turn, ...] = ()
    notes: tuple[Turn, ...] = ()
    evidence: tuple[Cited, ...] = ()
    findings: tuple[str, ...] = ()


@value
class Section:
    """A run of questions under one heading."""

    title: Words
    questions: tuple[Question, ...]


@value
class Finding:
    """A finding with the party's response in full and where it stands."""

    number: str
    question: str
    severity: Severity
    requirement: Words
    fact: str
    cause: str = ""
    response: str = ""
    due: date | None = None
    verified: Acted | None = None
    state: Words
    open: bool


@value
class File:
    """An evidence file: `name` as it came, `ascii` as it is attached, sizes in bytes; picture by digest or empty."""

    number: int
    name: str
    ascii: str
    mime: str
    size: int
    sha256: str
    kind: Words
    questions: tuple[str, ...] = ()
    pages: int | None = None
    received: Acted
    scan: Scan
    scanned_by: str = ""
    valid: Spell | None = None
    kept_until: date | None = None
    picture: str = ""
    attached: bool = True
