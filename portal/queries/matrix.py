"""What is shared, as a matrix: data item × purpose × route × place, over the register or for one party."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core.actor import Actor
from portal.models import Party, ScopeCell, ScopeLine
from portal.queries.visible import sees_all, visible_to

PAGE = 50
MOST = 20_000
"""Lines that a file holds at most."""
_items = sa.cast(ScopeLine.items, sa.Text)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the matrix is asked for; empty means any, and any state but `ended`."""

    item: str = ""
    purpose: str = ""
    route: str = ""
    place: str = ""
    state: str = ""
    party: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """So many lines that share an item for a purpose, on a route (empty: none chosen yet), to a place."""

    item: str
    purpose: str
    route: str
    place: str
    lines: int


def cells(rows: Session, actor: Actor, wanted: Wanted) -> list[Cell]:
    """Give every cell that has a line, ordered by item, purpose, route and place; one grouped query.

    Over the whole register they are read from the counts that the database keeps; for one party its lines are counted.
    """
    if sees_all(actor) and not wanted.party:
        return [Cell(*found) for found in rows.execute(_kept(wanted))]
    found = rows.execute(
        sa.select(_items, ScopeLine.purpose, ScopeLine.route, ScopeLine.location, sa.func.count())
        .where(*_conditions(actor, wanted))
        .group_by(_items, ScopeLine.purpose, ScopeLine.route, ScopeLine.location))
    counted: Counter[tuple[str, str, str, str]] = Counter()
    for items, purpose, route, place, count in found:
        for item in json.loads(items):
            if wanted.item in ("", item):
                counted[item, purpose, route, place] += count
    return [Cell(*key, lines) for key, lines in sorted(counted.items())]


def _kept(wanted: Wanted) -> sa.Select[str, str, str, str, int]:
    sides = ScopeCell.item, ScopeCell.purpose, ScopeCell.route, ScopeCell.location
    asked = sa.select(*sides, sa.func.sum(ScopeCell.lines)).where(
        ScopeCell.lines > 0, ScopeCell.state == wanted.state if wanted.state else ScopeCell.state != "ended")
    for side, value in zip(sides, (wanted.item, wanted.purpose, wanted.route, wanted.place), strict=True):
        if value:
            asked = asked.where(side == value)
    return asked.group_by(*sides).order_by(*sides)


def lines(rows: Session, actor: Actor, wanted: Wanted) -> list[ScopeLine]:
    """Give a page (and one more) of the lines behind the cells, with party and relation."""
    return list(rows.scalars(_lines(actor, wanted).limit(PAGE + 1).offset((wanted.page - 1) * PAGE)))


def every(rows: Session, actor: Actor, wanted: Wanted) -> list[ScopeLine]:
    """Give the lines behind the cells for a file, at most MOST (and one more, which tells of others)."""
    return list(rows.scalars(_lines(actor, wanted).limit(MOST + 1)))


def parties(rows: Session, found: Sequence[ScopeLine]) -> dict[int, Party]:
    """Give the parties of some lines by row id."""
    ids = {line.party_id for line in found}
    return {party.id: party for party in rows.scalars(sa.select(Party).where(Party.id.in_(ids)))}


def _lines(actor: Actor, wanted: Wanted) -> sa.Select[ScopeLine]:
    return (sa.select(ScopeLine).where(*_conditions(actor, wanted)).options(joinedload(ScopeLine.engagement))
            .order_by(ScopeLine.party_id, ScopeLine.id))


def _conditions(actor: Actor, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found = [visible_to(actor, ScopeLine.party_id)]
    found.append(ScopeLine.state == wanted.state if wanted.state else ScopeLine.state != "ended")
    if wanted.item:
        found.append(_items.contains(f'"{wanted.item}"', autoescape=True))
    if wanted.party:
        found.append(ScopeLine.party_id.in_(sa.select(Party.id).where(Party.public_id == wanted.party)))
    for column, value in ((ScopeLine.purpose, wanted.purpose), (ScopeLine.route, wanted.route),
                          (ScopeLine.location, wanted.place)):
        if value:
            found.append(column == value)
    return found
