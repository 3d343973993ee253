"""How it came about and how that is proven: history, ledger entries with their proofs, and the seal to come."""

from datetime import datetime

from portal.packet.value import Person, Words, value


@value
class Act:
    """One row of the history: who did what, how they were known, on which version (UTC)."""

    at: datetime
    what: Words
    who: Person
    authentication: Words
    version: str
    note: Words = Words("")


@value
class Entry:
    """One ledger entry: its index, its exact bytes as text, its meaning in words, and its `.tlog-proof` text."""

    index: int
    leaf: str
    meaning: Words
    proof: str


@value
class Ledger:
    """The signed state of the ledger that the entries are proven against, and the key that signed it."""

    note: str
    key: str
    entries: tuple[Entry, ...]
    held_by: tuple[Words, ...] = ()


@value
class Seal:
    """Who will seal the file, so that the typeset block can name them: certificate, root, authority, level aimed at."""

    signer: str
    fingerprint: str
    authority: str
    level: str
