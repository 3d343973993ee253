"""The ledger for the eye: a page of entries by number, with names and words; what the last check of it said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import entry
from portal.core.actor import Actor
from portal.core.policy import Permission, require
from portal.models import Job, LedgerEntry, LedgerSalt, Party, Person
from portal.queries.visible import visible_to

PAGE = 100
_ACTS = (sa.select(LedgerEntry, sa.func.coalesce(Person.name, ""))
         .outerjoin(Person, Person.id == LedgerEntry.person_id))


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: its number, time, who, at which party, the event and the facts; personal facts by their kept value."""

    number: int
    at: datetime
    who: str
    party: str
    event: str
    thing: str
    before: str
    after: str
    facts: dict[str, Any]


def size(rows: Session, actor: Actor) -> int:
    """Give how many entries there are."""
    require(actor, Permission.READ_LEDGER)
    newest = rows.scalar(sa.select(sa.func.max(LedgerEntry.id)))
    return 0 if newest is None else newest + 1


def entries(rows: Session, actor: Actor, before: int) -> list[Line]:
    """Give the hundred entries below a number, newest first."""
    require(actor, Permission.READ_LEDGER)
    found = list(rows.scalars(sa.select(LedgerEntry).where(LedgerEntry.id < before)
                              .order_by(LedgerEntry.id.desc()).limit(PAGE)))
    people = _names(rows, sa.select(Person.id, Person.name).where(Person.id.in_({row.person_id for row in found})))
    parties = _names(rows, sa.select(Party.id, Party.name_ja).where(
        Party.id.in_({row.party_id for row in found if row.party_id})))
    hidden = _personal(rows, [row.id for row in found])
    lines = []
    for row in found:
        leaf = entry.read(row.leaf.encode())
        facts = {name: hidden.get((row.id, name), fact) for name, fact in leaf.facts.items()}
        lines.append(Line(row.id, row.at, people.get(row.person_id, ""), parties.get(row.party_id or 0, ""), row.event,
                          row.thing, leaf.before, leaf.after, facts))
    return lines


def of_party(rows: Session, actor: Actor, party: Party, page: int) -> list[tuple[LedgerEntry, str]]:
    """Give one page (and one more) of the entries on a party, newest first, with who acted."""
    return _named(rows, actor, _ACTS.where(LedgerEntry.party_id == party.id).order_by(LedgerEntry.id.desc())
                  .limit(PAGE + 1).offset((page - 1) * PAGE))


def of_thing(rows: Session, actor: Actor, noun: str, thing: str) -> list[tuple[LedgerEntry, str]]:
    """Give the entries on a thing (its public id) from the first on, with who acted; at most ten pages of them."""
    return _named(rows, actor, _ACTS.where(LedgerEntry.noun == noun, LedgerEntry.thing == thing)
                  .order_by(LedgerEntry.id).limit(10 * PAGE))


def _named(rows: Session, actor: Actor, asked: sa.Select[LedgerEntry, str]) -> list[tuple[LedgerEntry, str]]:
    found = rows.execute(asked.where(visible_to(actor, LedgerEntry.party_id)))
    return [(row, who) for row, who in found]


def _names(rows: Session, asked: sa.Select[int, str]) -> dict[int, str]:
    return dict(rows.execute(asked).all())


def _personal(rows: Session, numbers: list[int]) -> dict[tuple[int, str], str]:
    found = rows.execute(sa.select(LedgerSalt.entry_id, LedgerSalt.field, LedgerSalt.value)
                         .where(LedgerSalt.entry_id.in_(numbers)))
    return {(number, field): value for number, field, value in found}


def last_check(rows: Session, actor: Actor) -> Job | None:
    """Give the newest check of the whole ledger that was asked for, with its result once it is done."""
    require(actor, Permission.READ_LEDGER)
    return rows.scalar(sa.select(Job).where(Job.kind == "verify").order_by(Job.id.desc()).limit(1))
