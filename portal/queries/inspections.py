"""Inspections as lists and one by one, with their files and the findings that came of them."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.models import Evidence, Finding, Inspection, InspectionFile
from portal.queries.visible import GONE, one, visible_to

PAGE = 50
COMING = ("planned", "announced")
VIEWS = ("coming", "held", "all")


def listing(rows: Session, actor: Actor, view: str, page: int) -> list[Inspection]:
    """Give one page, what comes next first, held ones newest first; one more than a page tells there is a next."""
    asked = sa.select(Inspection).where(visible_to(actor, Inspection.party_id)).options(joinedload(Inspection.party))
    if view == "coming":
        asked = asked.where(Inspection.state.in_(COMING)).order_by(Inspection.planned_on, Inspection.id)
    else:
        asked = asked.order_by(Inspection.planned_on.desc(), Inspection.id.desc())
        asked = asked.where(Inspection.state == "held") if view == "held" else asked
    return list(rows.scalars(asked.limit(PAGE + 1).offset((page - 1) * PAGE)))


@dataclass(frozen=True, slots=True)
class Shown:
    """A visit with its files and its findings."""

    visit: Inspection
    files: list[Evidence]
    findings: list[Finding]


def shown(rows: Session, actor: Actor, public_id: str) -> Shown:
    """Give one visit; NotFound for foreign and unknown alike, and for a party before it was announced."""
    visit = one(rows, actor, Inspection, public_id, joinedload(Inspection.party))
    if actor.is_party_member and visit.announced_at is None:
        raise NotFound(GONE)
    files = rows.scalars(
        sa.select(Evidence).join(InspectionFile, InspectionFile.evidence_id == Evidence.id)
        .where(InspectionFile.inspection_id == visit.id).order_by(InspectionFile.id))
    found = rows.scalars(sa.select(Finding).where(Finding.inspection_id == visit.id).order_by(Finding.id))
    return Shown(visit, list(files), list(found))


def told(rows: Session, actor: Actor) -> list[Inspection]:
    """Give the visits that a party was told of, newest first; at most 100."""
    return list(rows.scalars(
        sa.select(Inspection).where(visible_to(actor, Inspection.party_id), Inspection.announced_at.is_not(None))
        .order_by(Inspection.planned_on.desc(), Inspection.id.desc()).limit(100)))

