"""The tree of re-entrusted bodies below a party: as it stands, who sees which data, what the law table reads of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core import reentrusted, reentrustment
from portal.core.actor import Actor
from portal.core.catalogue import Catalogue
from portal.core.readable import day_in
from portal.core.reentrusted import Body, Seen, Standing
from portal.models import Party, Reentrustment, ReentrustmentLine, ScopeLine
from portal.queries.past import Past
from portal.queries.visible import visible_to

SENT = Reentrustment.submitted_at.is_not(None)
"""The condition that JMDP has received it: a party's draft is its own."""
FACTS = frozenset({"has_reentrustment", "reentrustment_permitted", "PC-SUBOK", "PC-NAPERM"})
"""What the tree says of a line once there is one; a statement on these counts only before."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A body of the tree: its row with the contract, as a plain value, and how it stands."""

    row: Reentrustment
    body: Body
    standing: Standing


def load(rows: Session, party_ids: Collection[int], language: str = "ja") -> list[Placed]:
    """Give every body of some parties that JMDP has received, in two queries; `standing` is filled by `stand`."""
    found = rows.scalars(
        sa.select(Reentrustment).where(Reentrustment.party_id.in_(party_ids), SENT)
        .options(joinedload(Reentrustment.contract)).order_by(Reentrustment.id)).all()
    given: defaultdict[int, dict[int, frozenset[str]]] = defaultdict(dict)
    if found:
        for line in rows.scalars(sa.select(ReentrustmentLine).where(ReentrustmentLine.party_id.in_(party_ids))):
            given[line.reentrustment_id][line.scope_id] = frozenset(line.items)
    return [Placed(row, plain(row, given[row.id], language), "over") for row in found]


def plain(row: Reentrustment, items: Mapping[int, frozenset[str]], language: str = "ja") -> Body:
    """Give a row as the core knows it."""
    return Body(row.id, row.parent_id, row.name(language), row.country, row.tier, row.state, row.starts_on,
                row.ends_on, items)


def stand(placed: Iterable[Placed], today: date) -> list[Placed]:
    """Say how bodies stand on a day, in the order in which a tree is read."""
    by_key = {one.row.id: one for one in placed}
    found = reentrusted.standings([one.body for one in by_key.values()], today)
    return [replace(by_key[body.key], standing=found[body.key])
            for body in reentrusted.ordered([one.body for one in by_key.values()])]


def tree(rows: Session, actor: Actor, party: Party, today: date, language: str = "ja") -> list[Placed]:
    """Give a party's tree; nothing for a party that the actor may not see."""
    seen = rows.scalar(sa.select(Party.id).where(Party.id == party.id, visible_to(actor, Party.id)))
    return stand(load(rows, [party.id], language), today) if seen is not None else []


def shared(rows: Session, party: Party) -> list[ScopeLine]:
    """Give the party's scope lines that have not ended."""
    return list(rows.scalars(sa.select(ScopeLine).where(
        ScopeLine.party_id == party.id, ScopeLine.state != "ended").order_by(ScopeLine.id)))


def who_sees(party: Party, lines: Iterable[ScopeLine], placed: Iterable[Placed], today: date, language: str = "ja"
             ) -> list[Seen]:
    """Give for each data item of the lines the bodies and countries that can see it, down the tree."""
    return reentrusted.who_sees((party.name(language), party.country), {line.id: line.items for line in lines},
                                [one.body for one in placed], today)


@dataclass(frozen=True, slots=True)
class OnLine:
    """What the tree says of one line: whether every body is cleared (unknown where one has lapsed), and the places.

    `countries` are those of the bodies that have the line's data, each with its place under the law.
    """

    permitted: bool | None
    countries: Mapping[str, str]


def on_line(rows: Session, catalogue: Catalogue, line: ScopeLine, today: date) -> OnLine | None:
    """Give what the tree says of a line on a day, nothing where no body has its data."""
    return held_on(catalogue, stand(load(rows, [line.party_id]), today), line.id)


def held_on(catalogue: Catalogue, placed: Iterable[Placed], scope_id: int) -> OnLine | None:
    """Give what a party's tree, as it stands on a day, says of one of its lines (row id)."""
    held = [one for one in placed if scope_id in one.body.items and one.standing in ("live", "lapsed")]
    if not held:
        return None
    live = [one for one in held if one.standing == "live"]
    permitted = None if len(live) < len(held) else True
    if any(lacks(catalogue, one, scope_id) for one in live):
        permitted = False
    return OnLine(permitted, {one.body.country: catalogue.rules.place_of(one.body.country) for one in held})


def lacks(catalogue: Catalogue, placed: Placed, scope_id: int | None = None) -> str | None:
    """Give the sentence for what a body lacks under its contract's mode, for one line's data or all; or nothing."""
    row, items = placed.row, placed.body.items
    named = items.get(scope_id, frozenset()) if scope_id else frozenset[str]().union(*items.values())
    mode = catalogue.reentrustment_modes.get(row.contract.reentrustment_mode)
    if mode is None:
        return reentrustment.UNKNOWN
    told_on = day_in(row.submitted_at) if row.submitted_at else None
    return reentrustment.lacks(
        reentrustment.cleared(placed.body.name, row.way, told_on, row.starts_on), mode, catalogue.classes(named))


def uncleared(catalogue: Catalogue, placed: Iterable[Placed], past: Past, as_of: date) -> dict[int, tuple[str, ...]]:
    """Give by engagement the names of bodies that were not cleared on a day, as the ledger knew their states."""
    then = [replace(one, body=msgspec.structs.replace(one.body, state=past.state(
        one.row.public_id, "draft", one.row.state))) for one in placed if one.row.public_id not in past.later]
    found: defaultdict[int, list[str]] = defaultdict(list)
    for one in stand(then, as_of):
        if one.standing == "lapsed" or (one.standing == "live" and lacks(catalogue, one)):
            found[one.row.contract.engagement_id].append(one.body.name)
    return {key: tuple(names) for key, names in found.items()}


def made_before(rows: Session, party_ids: Collection[int], end: datetime) -> list[Placed]:
    """Give the bodies of some parties that had been entered before a moment."""
    return [one for one in load(rows, party_ids) if one.row.made_at < end]


def reach(rows: Session, catalogue: Catalogue, party: Party, today: date) -> tuple[int, int, frozenset[str]]:
    """Give how far a party's data reach: live or lapsed bodies, the outermost tier, and their places under the law."""
    held = [one for one in stand(load(rows, [party.id]), today) if one.standing in ("live", "lapsed")]
    return (len(held), max((one.body.tier for one in held), default=1),
            frozenset(catalogue.rules.place_of(one.body.country) for one in held))
