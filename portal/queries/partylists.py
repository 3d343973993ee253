"""Lists of parties handed in: what each row would do to the register, in a fixed number of queries a thousand rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from portal.core import partylist
from portal.core.actor import Actor
from portal.core.catalogue import Catalogue
from portal.core.errors import N_, NotFound
from portal.core.partyfacts import PartyFacts, problems
from portal.core.partylist import Row
from portal.core.policy import Permission, require
from portal.models import Party, PartyList
from portal.queries.visible import GONE

BATCH = 500
NO_SUCH_CODE = N_("No party has this code. Leave it empty to add a party.")
NAME_KNOWN = N_("A party of this name is in the register. Write its code to amend it, or leave the row out.")
TWICE = N_("Another row of this list is about the same party. Leave one of them out.")
NO_KIND = N_("Write the kind; a new party needs one.")
KEYS = ("code", "corporate_number", "ion", "name_ja")


@dataclass(frozen=True, slots=True)
class Planned:
    """One row: the party it means, what the register would say, the fields that change, and what is wrong."""

    row: Row
    party: Party | None
    facts: PartyFacts
    changed: tuple[str, ...] = ()
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """'wrong', 'add', 'amend' or 'same'."""
        if self.problems:
            return "wrong"
        if self.party is None:
            return "add"
        return "amend" if self.changed else "same"


def one(rows: Session, actor: Actor, public_id: str) -> PartyList:
    """Give a list that was handed in, with its cells; NotFound when there is none."""
    require(actor, Permission.EDIT_PARTY)
    found = rows.scalar(
        sa.select(PartyList).where(PartyList.public_id == public_id).options(undefer(PartyList.cells)))
    if found is None:
        raise NotFound(GONE)
    return found


def plan(rows: Session, cells: Sequence[Sequence[str]], catalogue: Catalogue) -> list[Planned]:
    """Hold every row against the register: by code, then by legal number, then by ION; a known name is told."""
    listed = partylist.read(cells, partylist.words(catalogue))
    if listed is None:
        return []
    known = _known(rows, listed.rows)
    planned, met = [], set[tuple[str, str]]()
    for row in listed.rows:
        item = _planned(row, known)
        own = {(name, value) for name, value in _own(item) if value}
        if own & met:
            item.problems.setdefault("name_ja", TWICE)
        met |= own
        planned.append(item)
    return planned


def _own(item: Planned) -> Iterator[tuple[str, str]]:
    if item.party is not None:
        yield "party", item.party.public_id
    for name in KEYS[1:]:
        yield name, str(getattr(item.facts, name))


def _known(rows: Session, listed: Sequence[Row]) -> dict[tuple[str, str], Party]:
    found: dict[tuple[str, str], Party] = {}
    for name in KEYS:
        column = getattr(Party, name)
        for values in _batches({row.said.get(name, "") for row in listed} - {""}):
            for party in rows.scalars(sa.select(Party).where(column.in_(values)).order_by(Party.id.desc())):
                found[name, getattr(party, name)] = party
    return found


def _batches(values: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(values)
    for first in range(0, len(ordered), BATCH):
        yield ordered[first:first + BATCH]


def _planned(row: Row, known: dict[tuple[str, str], Party]) -> Planned:
    said, wrong = row.said, dict(row.problems)
    party = next((known[name, said[name]] for name in KEYS[:3] if (name, said.get(name, "")) in known), None)
    if said.get("code") and ("code", said["code"]) not in known:
        wrong["code"] = NO_SUCH_CODE
    elif party is None and ("name_ja", said["name_ja"]) in known:
        wrong["name_ja"] = NAME_KNOWN
    stands = PartyFacts("", "") if party is None else PartyFacts(
        **{name: getattr(party, name) for name in asdict(PartyFacts("", ""))})
    kept: dict[str, Any] = {name: value for name, value in said.items()
            if name != "code" and (value or name not in ("kind", "country", "location", "status"))}
    facts = replace(stands, **kept)
    if not facts.kind:
        wrong["kind"] = NO_KIND
    before, after = asdict(stands), asdict(facts)
    changed = tuple(name for name in kept if before[name] != after[name])
    return Planned(row, party, facts, changed, {**problems(facts), **wrong})
