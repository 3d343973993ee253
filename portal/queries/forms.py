"""Checklist templates as typed values, read once: a version that was published never changes."""

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.core import templates
from portal.core.errors import NotFound
from portal.core.templates import Template
from portal.models import GapChecklist
from portal.models import Template as Row
from portal.queries.visible import GONE

READ: dict[str, Template] = {}
KEPT = 64


def template(rows: Session, template_id: int) -> Template:
    """Give the checklist of a template row, typed; NoResultFound when there is none."""
    digest = rows.scalars(sa.select(Row.digest).where(Row.id == template_id)).one()
    found = READ.get(digest)
    if found is None:  # the text is long: it is fetched once a process, and known by its digest from then on
        if len(READ) >= KEPT:
            READ.clear()
        found = READ[digest] = templates.from_json(rows.scalars(sa.select(Row.body).where(Row.id == template_id)).one())
    return found


def count(rows: Session, template_id: int) -> int:
    """Give how many questions a party has to answer in a template, before conditions."""
    return sum(question.answered_by == "party" for question in template(rows, template_id).questions)


def current(rows: Session) -> list[Row]:
    """Give the newest edition of every checklist; those that an edition of policy or law opened are not offered."""
    return list(rows.scalars(sa.select(Row).where(
        Row.retired_at.is_(None), Row.published_at.is_not(None), ~is_gap(Row.id)).order_by(Row.code)))


def row(rows: Session, public_id: str) -> Row:
    """Give a template by its public id; NotFound when there is none."""
    found = rows.scalar(sa.select(Row).where(Row.public_id == public_id))
    if found is None:
        raise NotFound(GONE)
    return found


def is_gap(template_id: InstrumentedAttribute[int]) -> sa.ColumnElement[bool]:
    """Give the condition that a template only holds what an edition touches: it is no check of the whole."""
    return template_id.in_(sa.select(GapChecklist.template_id))


def gaps(rows: Session) -> frozenset[int]:
    """Give the row ids of all such templates: a few for each edition."""
    return frozenset(rows.scalars(sa.select(GapChecklist.template_id)))


def sources(template_id: int) -> sa.Select[str]:
    """Give the codes of the checklist that a template was taken from, as a question; none for a whole one."""
    return sa.select(GapChecklist.code).where(GapChecklist.template_id == template_id)
