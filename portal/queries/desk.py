"""The desk: what waits for whom, as one query a page and aggregates for the counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from portal.core.actor import Actor, Principal, Role
from portal.core.workflow import THEIRS
from portal.models import Attestation, Party, Review, Template
from portal.queries.visible import visible_to

PAGE = 50
OPEN = ("requested", "in_progress", "submitted", "under_review", "returned", "awaiting_approval")
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
    return list(rows.scalars(
        sa.select(Attestation).join(Attestation.party).join(Attestation.template)
        .options(contains_eager(Attestation.party), contains_eager(Attestation.template))
        .where(Attestation.id.in_(_page(actor, wanted))).order_by(Attestation.due_on, Attestation.id)
    ))


def _page(actor: Actor, wanted: Wanted) -> sa.Select[Any]:
    """Select the ids of a page: the first few of each state by its index, then the first of them all."""
    last = wanted.page * PAGE + 1
    found = sa.union_all(*(
        sa.select(sa.select(Attestation.id, Attestation.due_on)
                  .where(visible_to(actor, Attestation.party_id), part, *_told(wanted.words))
                  .order_by(Attestation.due_on, Attestation.id).limit(last).subquery())
        for part in _parts(actor, wanted))).subquery()
    return (sa.select(found.c.id).order_by(found.c.due_on, found.c.id)
            .limit(PAGE + 1).offset((wanted.page - 1) * PAGE))


def _parts(actor: Actor, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """Take a tab apart into conditions that each hold for one state only, or for every one."""
    if wanted.tab == "all":
        return [sa.true()]
    if wanted.tab == "mine":
        return [sa.and_(turn, _free(actor)) for turn in _turns(actor)] or [sa.false()]
    states = THEIRS if wanted.tab == "overdue" else OPEN
    return [sa.and_(Attestation.state == state, _tab(actor, wanted)) for state in states]


def _told(words: str) -> list[sa.ColumnElement[bool]]:
    """Every word stands in the number, the party's name or the checklist's."""
    return [sa.or_(
        Attestation.number.icontains(word, autoescape=True),
        Attestation.party.has(sa.or_(Party.name_ja.icontains(word, autoescape=True),
                                     Party.name_en.icontains(word, autoescape=True))),
        Attestation.template.has(Template.title_ja.icontains(word, autoescape=True)),
    ) for word in words.split()]


@dataclass(frozen=True, slots=True)
class Standing:
    """How many things lie in each tab, and how many open ones are due in each of the coming weeks (Monday, number)."""

    mine: int
    waiting: int
    overdue: int
    weeks: list[tuple[date, int]]


def standing(rows: Session, actor: Actor, today: date, weeks: int = 26) -> Standing:
    """Give the desk's counts and its coming weeks by one walk along the index of what is open, and one of what is mine.

    What is open and not the actor's turn waits for others.
    """
    mine = rows.scalars(sa.select(sa.func.count()).select_from(Attestation).where(
        visible_to(actor, Attestation.party_id), _mine(actor))).one()
    monday = today - timedelta(days=today.weekday())
    open_ones = overdue = 0
    per_week = [0] * weeks
    for day, number, theirs in _days(rows, actor):
        open_ones += number
        overdue += theirs if day < today else 0
        week = (day - monday).days // 7
        if 0 <= week < weeks:
            per_week[week] += number
    return Standing(mine, open_ones - mine, overdue,
                    [(monday + timedelta(weeks=week), number) for week, number in enumerate(per_week)])


def _days(rows: Session, actor: Actor) -> Iterator[tuple[date, int, int]]:
    """Each day with how many open attestations are due, and how many of them lie with their party."""
    each = (sa.select(Attestation.state, Attestation.due_on, sa.func.count().label("number"))
            .where(visible_to(actor, Attestation.party_id), Attestation.state.in_(OPEN))
            .group_by(Attestation.state, Attestation.due_on).subquery())
    theirs = sa.case((each.c.state.in_(THEIRS), each.c.number), else_=0)
    found = rows.execute(sa.select(each.c.due_on, sa.func.sum(each.c.number), sa.func.sum(theirs))
                         .group_by(each.c.due_on))
    return ((day, int(number), int(late)) for day, number, late in found)


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
    """Whose turn it is, as core/policy would say."""
    turns = _turns(actor)
    return sa.and_(sa.or_(*turns), _free(actor)) if turns else sa.false()


def _turns(actor: Actor) -> list[sa.ColumnElement[bool]]:
    """What waits for the actor's roles, a condition a state."""
    turns: list[sa.ColumnElement[bool]] = []
    if Role.REVIEWER in actor.roles:
        turns.append(Attestation.state == "submitted")
        turns.append(sa.and_(Attestation.state == "under_review", Attestation.reviewer_id == actor.person_id))
    if Role.APPROVER in actor.roles:
        turns.append(sa.and_(Attestation.state == "awaiting_approval", sa.not_(_reviewed(actor.person_id))))
    elif actor.stands_in:
        turns.append(sa.and_(Attestation.state == "awaiting_approval", sa.not_(_reviewed(actor.person_id)),
                             sa.or_(*(_free_for(principal) for principal in actor.stands_in))))
    return turns


def _reviewed(person_id: int) -> sa.Exists:
    return sa.exists().where(Review.attestation_id == Attestation.id, Review.reviewer_id == person_id)


def _free_for(principal: Principal) -> sa.ColumnElement[bool]:
    """What an absent approver could decide themselves, as Principal.is_free says."""
    unread = sa.not_(_reviewed(principal.person_id))
    return sa.and_(unread, Attestation.party_id.not_in(sorted(principal.conflicts))) if principal.conflicts else unread


def _free(actor: Actor) -> sa.ColumnElement[bool]:
    """Never a thing of a party the actor has an interest in."""
    return Attestation.party_id.not_in(sorted(actor.conflicts)) if actor.conflicts else sa.true()
