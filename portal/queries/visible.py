"""Whose rows an actor may see: one WHERE for everything that carries a party id."""

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.core.actor import Actor, Role
from portal.core.errors import NotFound

Row = TypeVar("Row")
GONE = "This page does not exist, or it is not yours to see."


def sees_all(actor: Actor) -> bool:
    """Say whether an actor sees the rows of every party."""
    return actor.is_staff or Role.SYSTEM in actor.roles


def visible_to(actor: Actor, party_id: InstrumentedAttribute[Any]) -> sa.ColumnElement[bool]:
    """Give the condition on a party id column: staff all, a party its own, an auditor what was granted, others none."""
    if sees_all(actor):
        return sa.true()
    if actor.is_party_member:
        return party_id == actor.party_id
    if Role.AUDITOR in actor.roles and actor.granted:
        return party_id.in_(sorted(actor.granted))
    return sa.false()


def one(rows: Session, actor: Actor, noun: type[Row], public_id: str, *options: Any) -> Row:
    """Give one thing by its public id as far as the actor may see it; NotFound for foreign and unknown alike."""
    model: Any = noun
    column = model.id if model.__tablename__ == "party" else model.party_id
    found = rows.scalar(
        sa.select(noun).where(model.public_id == public_id, visible_to(actor, column)).options(*options)
    )
    if found is None:
        raise NotFound(GONE)
    return found
