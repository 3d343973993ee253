"""The register: one page of parties in a fixed number of queries, whatever its size; and one party's record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core.actor import Actor
from portal.core.folding import fold
from portal.core.workflow import SETTLED, THEIRS
from portal.models import (
    Attestation,
    Contact,
    Contract,
    ContractClause,
    ContractFile,
    ContractTerm,
    Engagement,
    Evidence,
    Finding,
    Membership,
    Party,
    PartyAlias,
    Person,
    ScopeLine,
)
from portal.queries.visible import visible_to

PAGE = 50
MOST = 20_000
"""Parties that a file holds."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the register is asked for; empty means any.

    `lead` is "me", "none" or the public id of the person a party is with; `chosen` are public ids of parties.
    """

    words: str = ""
    kind: str = ""
    country: str = ""
    tier: str = ""
    status: str = ""
    page: int = 1
    lead: str = ""
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One party as the list shows it."""

    party: Party
    ends_on: date | None
    active_lines: int
    open_findings: int
    next_due: date | None


def listing(rows: Session, actor: Actor, wanted: Wanted) -> list[Row]:
    """Give one page (and one more, which tells of a next), figures by aggregate over the page's parties only."""
    asked = (
        sa.select(Party).where(*conditions(actor, wanted))
        .order_by(Party.name_ja, Party.id).limit(PAGE + 1).offset((wanted.page - 1) * PAGE)
    )
    found = list(rows.scalars(asked))
    ids = [party.id for party in found]
    ends = dict(rows.execute(
        sa.select(ContractTerm.party_id, sa.func.max(ContractTerm.ends_on))
        .where(ContractTerm.party_id.in_(ids)).group_by(ContractTerm.party_id)).all())
    active = dict(rows.execute(
        sa.select(ScopeLine.party_id, sa.func.count())
        .where(ScopeLine.party_id.in_(ids), ScopeLine.state == "active").group_by(ScopeLine.party_id)).all())
    found_open = dict(rows.execute(
        sa.select(Finding.party_id, sa.func.count())
        .where(Finding.party_id.in_(ids), Finding.state.not_in(SETTLED))
        .group_by(Finding.party_id)).all())
    dues = dict(rows.execute(
        sa.select(Attestation.party_id, sa.func.min(Attestation.due_on))
        .where(Attestation.party_id.in_(ids), Attestation.state.in_(THEIRS))
        .group_by(Attestation.party_id)).all())
    return [Row(party, ends.get(party.id), active.get(party.id, 0), found_open.get(party.id, 0), dues.get(party.id))
            for party in found]


def conditions(actor: Actor, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """Give the conditions of a filter of the register, within what the actor may see."""
    found: list[sa.ColumnElement[bool]] = [visible_to(actor, Party.id)]
    found += [Party.search_text.contains(word, autoescape=True) for word in fold(wanted.words).split()]
    for column, value in ((Party.kind, wanted.kind), (Party.country, wanted.country), (Party.tier, wanted.tier),
                          (Party.status, wanted.status)):
        if value:
            found.append(column == value)
    if wanted.lead in ("me", "none"):
        found.append(Party.lead_id == actor.person_id if wanted.lead == "me" else Party.lead_id.is_(None))
    elif wanted.lead:
        found.append(Party.lead_id == sa.select(Person.id).where(Person.public_id == wanted.lead).scalar_subquery())
    if wanted.chosen:
        found.append(Party.public_id.in_(wanted.chosen))
    return found


def every(rows: Session, actor: Actor, wanted: Wanted) -> list[Party]:
    """Give the parties asked for as a file holds them, at most MOST (and one more, which tells of others)."""
    asked = sa.select(Party).where(*conditions(actor, wanted))
    return list(rows.scalars(asked.order_by(Party.name_ja, Party.id).limit(MOST + 1)))


def countries(rows: Session, actor: Actor) -> list[str]:
    """Give the countries that occur in the register, each found by one step in the index after the one before."""
    seen = visible_to(actor, Party.id)
    first = sa.select(sa.func.min(Party.country).label("country")).where(seen).cte("step", recursive=True)
    after = sa.select(sa.func.min(Party.country)).where(seen, Party.country > first.c.country).scalar_subquery()
    step = first.union_all(sa.select(after).where(first.c.country.is_not(None)))
    return list(rows.scalars(sa.select(step.c.country).where(step.c.country.is_not(None))))


def alike(rows: Session, name: str, corporate_number: str) -> list[Party]:
    """Give parties that may be the same one: equal name when folded, or equal legal number; at most five."""
    same: list[sa.ColumnElement[bool]] = []
    if name.strip():
        same.append(Party.search_text.startswith(fold(name), autoescape=True))
    if corporate_number:
        same.append(Party.corporate_number == corporate_number)
    return list(rows.scalars(sa.select(Party).where(sa.or_(*same)).limit(5))) if same else []


@dataclass(frozen=True, slots=True)
class Agreement:
    """One contract with its chain of terms, clause standings and files."""

    contract: Contract
    terms: list[ContractTerm]
    clauses: Mapping[str, ContractClause]
    files: list[Evidence]


def aliases(rows: Session, party: Party) -> list[PartyAlias]:
    """Give a party's other names."""
    return list(rows.scalars(sa.select(PartyAlias).where(PartyAlias.party_id == party.id)))


def contacts(rows: Session, party: Party) -> list[Contact]:
    """Give the people to write to."""
    return list(rows.scalars(sa.select(Contact).where(Contact.party_id == party.id).order_by(Contact.id)))


def members(rows: Session, party: Party) -> list[str]:
    """Give the names of a party's people who sign in, in the order in which they came."""
    return list(rows.scalars(
        sa.select(Person.name).join(Membership, Membership.person_id == Person.id)
        .where(Membership.party_id == party.id, Membership.is_active, Person.is_active).order_by(Person.id)))


def engagements(rows: Session, party: Party) -> list[Engagement]:
    """Give a party's relations."""
    return list(rows.scalars(sa.select(Engagement).where(Engagement.party_id == party.id).order_by(Engagement.id)))


def agreements(rows: Session, party: Party) -> list[Agreement]:
    """Give a party's contracts, newest first, in four queries."""
    found = list(rows.scalars(
        sa.select(Contract).where(Contract.party_id == party.id).options(joinedload(Contract.engagement))
        .order_by(Contract.id.desc())))
    terms = list(rows.scalars(sa.select(ContractTerm).where(ContractTerm.party_id == party.id)
                              .order_by(ContractTerm.number)))
    clauses = list(rows.scalars(sa.select(ContractClause).where(ContractClause.party_id == party.id)))
    files = rows.execute(sa.select(ContractFile.contract_id, Evidence).join(
        Evidence, Evidence.id == ContractFile.evidence_id).where(ContractFile.party_id == party.id)).all()
    return [Agreement(
        contract, [term for term in terms if term.contract_id == contract.id],
        {row.clause: row for row in clauses if row.contract_id == contract.id},
        [file for contract_id, file in files if contract_id == contract.id]) for contract in found]


def lines(rows: Session, party: Party) -> list[ScopeLine]:
    """Give a party's scope lines."""
    return list(rows.scalars(
        sa.select(ScopeLine).where(ScopeLine.party_id == party.id)
        .options(joinedload(ScopeLine.engagement), joinedload(ScopeLine.contract)).order_by(ScopeLine.id)))


def attestations(rows: Session, party: Party) -> list[Attestation]:
    """Give a party's attestations, newest first."""
    return list(rows.scalars(
        sa.select(Attestation).where(Attestation.party_id == party.id).options(joinedload(Attestation.template))
        .order_by(Attestation.id.desc()).limit(200)))


def findings(rows: Session, party: Party) -> list[Finding]:
    """Give a party's findings, newest first."""
    return list(rows.scalars(
        sa.select(Finding).where(Finding.party_id == party.id).order_by(Finding.id.desc()).limit(200)))
