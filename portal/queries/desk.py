"""The desk: what waits for whom, as one query a page and aggregates for the counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from portal.core.actor import Actor, Role
from portal.models import Attestation, Party, Review, Template
from portal.queries.visible import visible_to

PAGE = 50
OPEN = ("requested", "in_progress", "submitted", "under_review", "returned", "awaiting_approval")
THEIRS = ("requested", "in_progress", "returned")
TABS = ("mine", "waiting", "overdue", "all")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the desk is asked for: a tab, words to look for, a page from 1, and today in Japan."""

    today: date
    tab: str = "mine"
    words: str = ""
    page: int = 1


def listing(rows: Session, actor: Actor, wanted: Wanted) -> list[Attestation]:
    """Give one page of a tab, due first, with party and template; one more than a page tells there is a next."""
    asked = (
        sa.select(Attestation).join(Attestation.party).join(Attestation.template)
        .options(contains_eager(Attestation.party), contains_eager(Attestation.template))
        .where(visible_to(actor, Attestation.party_id), _tab(actor, wanted))
        .order_by(Attestation.due_on, Attestation.id)
        .limit(PAGE + 1).offset((wanted.page - 1) * PAGE)
    )
    for word in wanted.words.split():
        pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        asked = asked.where(sa.or_(
            Party.name_ja.ilike(pattern, escape="\\"), Party.name_en.ilike(pattern, escape="\\"),
            Attestation.number.ilike(pattern, escape="\\"), Template.title_ja.ilike(pattern, escape="\\"),
        ))
    return list(rows.scalars(asked))


def counts(rows: Session, actor: Actor, today: date) -> Mapping[str, int]:
    """Give how many things lie in each tab, in one query."""
    columns = [
        sa.func.count().filter(_tab(actor, Wanted(today, tab))).label(tab) for tab in TABS[:-1]
    ]
    found = rows.execute(
        sa.select(*columns).select_from(Attestation)
        .where(visible_to(actor, Attestation.party_id), Attestation.state.in_(OPEN))
    ).one()
    return dict(found._mapping)


def dues(rows: Session, actor: Actor, today: date, weeks: int = 26) -> list[tuple[date, int]]:
    """Give how many open attestations are due in each of the coming weeks (Monday, number)."""
    monday = today - timedelta(days=today.weekday())
    found = rows.execute(
        sa.select(Attestation.due_on, sa.func.count())
        .where(visible_to(actor, Attestation.party_id), Attestation.state.in_(OPEN),
               Attestation.due_on >= monday, Attestation.due_on < monday + timedelta(weeks=weeks))
        .group_by(Attestation.due_on)
    )
    per_week = [0] * weeks
    for day, number in found:
        per_week[(day - monday).days // 7] += number
    return [(monday + timedelta(weeks=week), number) for week, number in enumerate(per_week)]


def next_for(rows: Session, actor: Actor, today: date) -> Attestation | None:
    """Give the thing that should be taken next: due first; None when nothing waits."""
    page = listing(rows, actor, Wanted(today))
    return page[0] if page else None


def _tab(actor: Actor, wanted: Wanted) -> sa.ColumnElement[bool]:
    if wanted.tab == "overdue":
        return sa.and_(Attestation.state.in_(THEIRS), Attestation.due_on < wanted.today)
    if wanted.tab == "waiting":
        return sa.and_(Attestation.state.in_(OPEN), sa.not_(_mine(actor)))
    if wanted.tab == "all":
        return sa.true()
    return _mine(actor)


def _mine(actor: Actor) -> sa.ColumnElement[bool]:
    """Whose turn it is, as core/policy would say: never a thing of a party the actor has an interest in."""
    turns: list[sa.ColumnElement[bool]] = []
    if Role.REVIEWER in actor.roles:
        turns.append(Attestation.state == "submitted")
        turns.append(sa.and_(Attestation.state == "under_review", Attestation.reviewer_id == actor.person_id))
    if Role.APPROVER in actor.roles:
        reviewed = sa.exists().where(
            Review.attestation_id == Attestation.id, Review.reviewer_id == actor.person_id
        )
        turns.append(sa.and_(Attestation.state == "awaiting_approval", sa.not_(reviewed)))
    if not turns:
        return sa.false()
    free = Attestation.party_id.not_in(sorted(actor.conflicts)) if actor.conflicts else sa.true()
    return sa.and_(sa.or_(*turns), free)
