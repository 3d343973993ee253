"""Requests for re-entrustment: one by one with lines, files and history; lists; what a contract lets ask for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.core.actor import Actor, Role
from portal.core.errors import NotFound
from portal.core.folding import search_text
from portal.core.reentrusted import HELD, LAPSED
from portal.models import (
    ConsentLetter,
    Contract,
    ContractTerm,
    Engagement,
    Evidence,
    Person,
    Reentrustment,
    ReentrustmentFile,
    ReentrustmentLine,
    ScopeLine,
)
from portal.queries.reentrusted import SENT
from portal.queries.visible import GONE, one, visible_to

PAGE = 50
MOST, OWN = 10_000, 200
"""So many rows a file of the list holds, and so many a party's own page."""
OVER = ("ended", "refused", "taken_back")
ENTRUSTED = ("entrustment", "pseudonymised")
"""Relations under which a party handles data for JMDP and may re-entrust them."""
LADDER: Mapping[str, tuple[int | None, int]] = {"over": (None, -1), "30": (0, 30), "60": (31, 60), "90": (61, 90)}
"""The steps: days from today, first and last; what is over has no first."""
TOLD = (-1, 30, 60, 90)
"""Days before the last day on which both sides are told; the day after it too."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for; empty means any, and any state but those that are over.

    `waiting` asks for what waits for the actor's roles.
    """

    today: date
    country: str = ""
    state: str = ""
    step: str = ""
    waiting: bool = False
    page: int = 1


def _conditions(actor: Actor, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found = [visible_to(actor, Reentrustment.party_id), SENT]
    if wanted.country:
        found.append(Reentrustment.country == wanted.country)
    if wanted.waiting:
        found.append(_turn(actor))
    elif wanted.state and wanted.state != "all":
        found.append(Reentrustment.state == wanted.state)
    elif not wanted.state:
        found.append(Reentrustment.state.not_in(OVER))
    if wanted.step in LADDER:
        first, last = LADDER[wanted.step]
        found.append(Reentrustment.ends_on <= wanted.today + timedelta(days=last))
        if first is not None:
            found += [Reentrustment.ends_on >= wanted.today + timedelta(days=first), Reentrustment.state.in_(HELD)]
    return found


def listing(rows: Session, actor: Actor, wanted: Wanted, most: int = PAGE) -> list[Reentrustment]:
    """Give one page of so many rows with parties, the soonest to end first; one more tells there is a next."""
    return list(rows.scalars(
        sa.select(Reentrustment).join(Reentrustment.party).options(contains_eager(Reentrustment.party))
        .where(*_conditions(actor, wanted)).order_by(Reentrustment.ends_on, Reentrustment.id)
        .limit(most + 1).offset((wanted.page - 1) * most)))


def countries(rows: Session, actor: Actor) -> list[str]:
    """Give the countries that bodies are in."""
    return list(rows.scalars(sa.select(Reentrustment.country).where(
        visible_to(actor, Reentrustment.party_id), SENT, Reentrustment.country != "")
        .distinct().order_by(Reentrustment.country)))


def waiting(rows: Session, actor: Actor) -> int:
    """Give how many requests wait for the actor's roles."""
    return rows.scalar(sa.select(sa.func.count(Reentrustment.id)).where(
        _turn(actor), visible_to(actor, Reentrustment.party_id))) or 0


def _turn(actor: Actor) -> sa.ColumnElement[bool]:
    """Whose turn it is, as core/policy would say: never a thing of a party the actor has an interest in."""
    states = [state for role, state in ((Role.REVIEWER, "submitted"), (Role.APPROVER, "awaiting_approval"))
              if role in actor.roles]
    turn: sa.ColumnElement[bool] = Reentrustment.state.in_(states)
    if actor.stands_in and Role.APPROVER not in actor.roles:
        barred = frozenset.intersection(*(principal.conflicts for principal in actor.stands_in))
        turn = sa.or_(turn, sa.and_(Reentrustment.state == "awaiting_approval",
                                    Reentrustment.party_id.not_in(sorted(barred))))
    return sa.and_(turn, Reentrustment.party_id.not_in(sorted(actor.conflicts)))


def mine(rows: Session, actor: Actor, words: Sequence[str] = ()) -> list[Reentrustment]:
    """Give the party's own rows, drafts included, what is in its hand first; at most OWN.

    With words (folded) only those that hold every one in a name, number or work: kanji, either kana, or romaji.
    """
    theirs = Reentrustment.state.in_(("draft", "returned"))
    found = rows.scalars(
        sa.select(Reentrustment).where(visible_to(actor, Reentrustment.party_id))
        .order_by(sa.not_(theirs), Reentrustment.id.desc()).limit(None if words else OWN))
    return [row for row in found if all(word in _text(row) for word in words)][:OWN]


def _text(row: Reentrustment) -> str:
    return search_text(row.name_ja, row.name_en, row.number, row.legal_id, row.work)


@dataclass(frozen=True, slots=True)
class Shown:
    """One body with what it is under, which data of which lines, its files, letter and the bodies below."""

    row: Reentrustment
    parent: Reentrustment | None
    lines: list[tuple[ReentrustmentLine, ScopeLine]]
    files: list[Evidence]
    letter: ConsentLetter | None
    below: list[Reentrustment]
    names: Mapping[int, str]

    def name(self, person_id: int | None) -> str:
        """Give the name of a person who acted, or nothing."""
        return self.names.get(person_id or 0, "")


def shown(rows: Session, actor: Actor, public_id: str) -> Shown:
    """Give one; NotFound for foreign and unknown alike, and for JMDP before the party has sent it."""
    found = received(rows, actor, public_id)
    lines = rows.execute(
        sa.select(ReentrustmentLine, ScopeLine).join(ScopeLine, ScopeLine.id == ReentrustmentLine.scope_id)
        .where(ReentrustmentLine.reentrustment_id == found.id).order_by(ScopeLine.id))
    files = rows.scalars(
        sa.select(Evidence).join(ReentrustmentFile, ReentrustmentFile.evidence_id == Evidence.id)
        .where(ReentrustmentFile.reentrustment_id == found.id).order_by(ReentrustmentFile.id))
    below = rows.scalars(sa.select(Reentrustment).where(
        Reentrustment.parent_id == found.id, SENT).order_by(Reentrustment.id))
    who = {found.submitted_by_id, found.decided_by_id, found.made_by_id} - {None}
    names = {row.id: row.name for row in rows.scalars(sa.select(Person).where(Person.id.in_(who)))}
    return Shown(
        found, rows.get(Reentrustment, found.parent_id) if found.parent_id else None,
        [(row[0], row[1]) for row in lines], list(files), letter(rows, found),
        list(below), names)


def received(rows: Session, actor: Actor, public_id: str) -> Reentrustment:
    """Give one with its party and contract; what a party has not sent is nobody else's."""
    found = one(rows, actor, Reentrustment, public_id, joinedload(Reentrustment.party),
                joinedload(Reentrustment.contract))
    if found.submitted_at is None and not actor.is_party_member:
        raise NotFound(GONE)
    return found


def letter(rows: Session, of: Reentrustment) -> ConsentLetter | None:
    """Give the printed letter of a consent, or nothing while there is none."""
    return rows.scalar(sa.select(ConsentLetter).where(ConsentLetter.reentrustment_id == of.id))


@dataclass(frozen=True, slots=True)
class Offer:
    """A contract of the party under which it handles data, with the lines whose data it may name and its last day.

    It has no last day while no term of it is signed.
    """

    contract: Contract
    lines: list[ScopeLine]
    ends_on: date | None

    def runs(self, today: date) -> bool:
        """Whether a signed term of it has not ended on a day (Japan)."""
        return self.ends_on is not None and self.ends_on >= today


def offers(rows: Session, actor: Actor, today: date) -> list[Offer]:
    """Give the party's running contracts of entrustment with their lines, in two queries."""
    runs = sa.or_(Engagement.ended_on.is_(None), Engagement.ended_on >= today)
    return [offer for offer in _offers(rows, actor, runs) if offer.runs(today)]


def offer(rows: Session, actor: Actor, contract: str) -> Offer:
    """Give one by the contract's public id, when it is over too, lest what was typed be lost; NotFound else."""
    found = _offers(rows, actor, Contract.public_id == contract)
    if not found:
        raise NotFound(GONE)
    return found[0]


def _offers(rows: Session, actor: Actor, condition: sa.ColumnElement[bool]) -> list[Offer]:
    last = sa.func.max(ContractTerm.ends_on)
    found = rows.execute(
        sa.select(Contract, last).join(Engagement, Engagement.id == Contract.engagement_id)
        .outerjoin(ContractTerm, sa.and_(ContractTerm.contract_id == Contract.id, ContractTerm.signed_on.is_not(None)))
        .where(visible_to(actor, Contract.party_id), Engagement.relation.in_(ENTRUSTED), condition)
        .group_by(Contract.id).order_by(Contract.number)).all()
    lines: defaultdict[int, list[ScopeLine]] = defaultdict(list)
    under = ScopeLine.contract_id.in_([row[0].id for row in found])
    for line in rows.scalars(sa.select(ScopeLine).where(under, ScopeLine.state != "ended").order_by(ScopeLine.id)):
        lines[line.contract_id or 0].append(line)
    return [Offer(contract, lines[contract.id], ends_on) for contract, ends_on in found]


def last_day(rows: Session, contract_id: int) -> date | None:
    """Give the last day of a contract's signed terms, or nothing while none is signed."""
    return rows.scalar(sa.select(sa.func.max(ContractTerm.ends_on)).where(
        ContractTerm.contract_id == contract_id, ContractTerm.signed_on.is_not(None)))


def items_of(rows: Session, of: Reentrustment) -> dict[int, frozenset[str]]:
    """Give the data items that a body is given, by scope line."""
    return {row.scope_id: frozenset(row.items) for row in rows.scalars(
        sa.select(ReentrustmentLine).where(ReentrustmentLine.reentrustment_id == of.id))}


def at(rows: Session, day: date, days: int) -> list[Reentrustment]:
    """Give what JMDP consented to or was told of and whose last day is so many days after a day (Japan)."""
    return list(rows.scalars(
        sa.select(Reentrustment).where(Reentrustment.state.in_((*HELD, "expired")),
                                       Reentrustment.ends_on == day + timedelta(days=days))
        .options(joinedload(Reentrustment.party)).order_by(Reentrustment.party_id, Reentrustment.id)))


def past_their_day(rows: Session, today: date) -> list[int]:
    """Give the row ids of what still stands although its last day is over."""
    return list(rows.scalars(sa.select(Reentrustment.id).where(
        Reentrustment.state.in_(HELD), Reentrustment.ends_on < today).order_by(Reentrustment.id)))


def held_below(rows: Session, of: Reentrustment) -> bool:
    """Say whether a body directly below still stands, or has lapsed without its end being reported."""
    return rows.scalar(sa.select(Reentrustment.id).where(
        Reentrustment.parent_id == of.id, Reentrustment.state.in_((*HELD, *LAPSED))).limit(1)) is not None
