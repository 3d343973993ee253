"""What the register holds on a party as of a date: its record, contracts, scope lines and duties, as plain values."""

from datetime import date
from typing import Literal

from portal.packet.value import Person, Spell, Words, value

Presence = Literal["met", "equivalent", "waived", "missing"]
Duty = Literal["met", "due", "failing"]
Lawful = Literal["PERMITTED", "INCOMPLETE", "NO_BASIS", "PROHIBITED"]


@value
class DutyState:
    """One of the three duties as of the packet's date, with the reasons it was computed from."""

    name: Words
    state: Duty
    reasons: tuple[Words, ...] = ()


@value
class Subcontractor:
    """A body further down the chain, with its tier (2 = directly below the party) and the consent it rests on.

    `way` says what it rests on, `consent` its number, `given` the day of the consent or of the report; `standing` is
    how it stood on the packet's day.
    """

    name: Words
    tier: int
    country: Words
    work: Words
    consent: str
    way: Words = Words("")
    given: date | None = None
    standing: Words = Words("")
    until: date | None = None


@value
class Party:
    """The party's record as of the packet's date."""

    name: Words
    kana: str = ""
    kind: Words
    corporate_number: str = ""
    other_ids: tuple[tuple[Words, str], ...] = ()
    country: Words
    address: Words
    tier: Words = Words("")
    contacts: tuple[Person, ...] = ()
    accreditations: tuple[Spell, ...] = ()
    chain: tuple[Subcontractor, ...] = ()
    duties: tuple[DutyState, ...] = ()


@value
class Clause:
    """Whether a contract holds one of the clauses asked for, and on what ground where it does so otherwise."""

    title: Words
    presence: Presence
    note: str = ""


@value
class Contract:
    """One agreement with the terms in force as of the packet's date."""

    number: str
    title: Words
    signed: date
    term: Spell
    renewal: Words = Words("")
    subcontracting: Words = Words("")
    audit_right: Words = Words("")
    clauses: tuple[Clause, ...] = ()
    annexes: tuple[tuple[str, str], ...] = ()


@value
class ScopeLine:
    """One line of what is shared, for what, on which ground and where, as judged by the law table."""

    number: str
    items: tuple[Words, ...]
    purpose: Words
    relation: Words
    route: Words
    rules: tuple[str, ...] = ()
    law_edition: str
    place: Words
    transfer: Words = Words("")
    kept: Words = Words("")
    verdict: Lawful
    missing: tuple[Words, ...] = ()
    to_confirm: tuple[Words, ...] = ()
