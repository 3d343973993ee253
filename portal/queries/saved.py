"""Saved views: one's own and those that others share, what their filters may still say, and how much they find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import policy, saved
from portal.core.actor import Actor
from portal.core.catalogue import Catalogue
from portal.core.errors import NotFound
from portal.core.policy import Permission
from portal.models import Finding, Party, Person, SavedView
from portal.queries import findings, parties
from portal.queries.visible import GONE, visible_to


@dataclass(frozen=True, slots=True)
class Shown:
    """A view as a reader meets it: whose it is ("" for one's own)."""

    view: SavedView
    owner: str


def offered(catalogue: Catalogue, people: Sequence[Person]) -> saved.Offered:
    """Give the values that filters take from the catalogue and from the rows: kinds, and whom parties are with."""
    return {"kind": catalogue.rules.codes("party_kind"),
            "lead": ("me", "none", *(person.public_id for person in people))}


def shown(rows: Session, actor: Actor, page: str = "") -> list[Shown]:
    """Give the actor's views in their order, then those that others share, by name; of one page or of all."""
    if not policy.may(actor, Permission.KEEP_VIEW):
        return []
    is_own = SavedView.person_id == actor.person_id
    asked = (sa.select(SavedView, sa.case((is_own, ""), else_=Person.name))
             .join(Person, Person.id == SavedView.person_id)
             .where(sa.or_(is_own, sa.and_(SavedView.is_shared, Person.is_active)))
             .order_by(sa.case((is_own, 0), else_=1), sa.case((is_own, SavedView.place), else_=0),
                       SavedView.title, SavedView.id))
    if page:
        asked = asked.where(SavedView.page == page)
    return [Shown(view, owner) for view, owner in rows.execute(asked)]


def own(rows: Session, actor: Actor) -> list[SavedView]:
    """Give the actor's own views, in their order."""
    return list(rows.scalars(sa.select(SavedView).where(SavedView.person_id == actor.person_id)
                             .order_by(SavedView.place, SavedView.id)))


def one(rows: Session, actor: Actor, public_id: str) -> SavedView:
    """Give a view of the actor's own; NotFound for anybody else's."""
    found = rows.scalar(sa.select(SavedView).where(
        SavedView.public_id == public_id, SavedView.person_id == actor.person_id))
    if found is None:
        raise NotFound(GONE)
    return found


def shared(rows: Session) -> int:
    """Give how many views are shared in the whole house; those of people who have left are shown to nobody."""
    return rows.scalar(sa.select(sa.func.count(SavedView.id)).join(Person, Person.id == SavedView.person_id)
                       .where(SavedView.is_shared, Person.is_active)) or 0


def counts(rows: Session, actor: Actor, views: Sequence[SavedView], today: date) -> dict[int, int]:
    """Give how much each view finds that an index answers, up to one more than is said, in one query."""
    asked = [sa.select(sa.literal(view.id), sa.select(sa.func.count()).select_from(
        _found(actor, view, today).limit(saved.COUNTED + 1).subquery()).scalar_subquery())
        for view in views if saved.is_counted(view.page, view.query)]
    return dict(rows.execute(sa.union_all(*asked)).all()) if asked else {}


def _found(actor: Actor, view: SavedView, today: date) -> sa.Select[Any]:
    if view.page == "parties":
        return sa.select(Party.id).where(*parties.conditions(actor, parties.Wanted(**view.query)))
    return sa.select(Finding.id).where(
        visible_to(actor, Finding.party_id), findings.view_of(view.query["view"], today))
