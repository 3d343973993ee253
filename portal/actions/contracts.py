"""Contracts (契約・覚書): registered, renewed as a new term that never overwrites, clauses held against the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from portal.actions import record, touching
from portal.core import clauses
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.models import Contract, ContractClause, ContractFile, ContractTerm, Engagement, Evidence, Party
from portal.models.contract import MODES, STANDINGS
from portal.store.work import Work


@dataclass(frozen=True, slots=True)
class Term:
    """One term: from when to when, signed when."""

    starts_on: date
    ends_on: date
    signed_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """What a lead says of an agreement."""

    number: str
    title: str
    kind: str = "contract"
    reentrustment_mode: str = "prior_consent"
    notice_days_party: int = 90
    notice_days_jmdp: int = 90
    governing_law: str = "JP"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one clause stands: where it is, by which terms it is equal, or who waived it until when."""

    standing: str
    place: str = ""
    note: str = ""
    waived_by: str = ""
    waived_until: date | None = None


def engage(work: Work, actor: Actor, party: Party, relation: str, started_on: date | None = None) -> Engagement:
    """Open a relation with a party (委託, 共同利用, 第三者提供 …); the one that is there already is given again."""
    record.require(actor, Permission.EDIT_CONTRACT, party)
    found = work.rows.scalar(sa.select(Engagement).where(
        Engagement.party_id == party.id, Engagement.relation == relation, Engagement.ended_on.is_(None)))
    if found is None:
        found = Engagement(party_id=party.id, relation=relation, started_on=started_on or day_in(work.now()))
        work.rows.add(found)
        record.note(work, actor, found, "opened", relation=relation)
    return found


def add(work: Work, actor: Actor, engagement: Engagement, facts: ContractFacts, term: Term) -> Contract:
    """Register an agreement with its first term; Incomplete names what is missing or wrong."""
    record.require(actor, Permission.EDIT_CONTRACT, engagement)
    problems = _problems(work, facts, term)
    if problems:
        raise Incomplete("The contract is not complete yet.", problems)
    made = Contract(
        party_id=engagement.party_id, engagement_id=engagement.id, number=facts.number.strip(),
        title=facts.title.strip(), kind=facts.kind, reentrustment_mode=facts.reentrustment_mode,
        notice_days_party=facts.notice_days_party, notice_days_jmdp=facts.notice_days_jmdp,
        governing_law=facts.governing_law, created_at=work.now(),
    )
    work.rows.add(made)
    work.rows.flush()
    _term(work, made, "first", term)
    record.note(work, actor, made, "registered", number=Personal(made.number), mode=made.reentrustment_mode,
                starts=term.starts_on.isoformat(), ends=term.ends_on.isoformat())
    _touch(work, made)
    return made


def renew(work: Work, actor: Actor, contract: Contract, kind: str, term: Term) -> ContractTerm:
    """Add a renewal or an amendment to the chain; Incomplete when a renewal leaves a gap or turns back."""
    record.require(actor, Permission.EDIT_CONTRACT, contract)
    last = work.rows.scalars(sa.select(ContractTerm).where(ContractTerm.contract_id == contract.id)
                             .order_by(ContractTerm.number.desc()).limit(1)).one()
    if term.ends_on < term.starts_on:
        raise Incomplete("The term ends before it begins.", {"ends_on": N_("Choose a later day")})
    if kind == "renewal" and term.starts_on <= last.starts_on:
        raise Incomplete("A renewal begins after the term before it.", {"starts_on": N_("Choose a later day")})
    row = _term(work, contract, kind, term)
    record.note(work, actor, contract, "renewed" if kind == "renewal" else "amended",
                starts=term.starts_on.isoformat(), ends=term.ends_on.isoformat())
    _touch(work, contract)
    return row


def name_items(work: Work, actor: Actor, contract: Contract, items: Sequence[str]) -> None:
    """Say which data items the contract names (none: it names none); lines are held against them."""
    record.require(actor, Permission.EDIT_CONTRACT, contract)
    if any(item not in work.catalogue.data_items for item in items):
        raise Incomplete("Choose data items from the list.", {"items": N_("Choose from the list")})
    contract.items = sorted(set(items))
    record.note(work, actor, contract, "items_named", items=contract.items)
    _touch(work, contract)


def hold(work: Work, actor: Actor, contract: Contract, standings: Mapping[str, Standing]) -> int:
    """Hold the contract against the list of clauses; gives how many changed, Incomplete for a waiver without form."""
    record.require(actor, Permission.EDIT_CONTRACT, contract)
    bare = {code: N_("A waiver says why, who decided it and until when; equal terms are named") for code, said in
            standings.items() if (said.standing == "waived" and not (
                said.note.strip() and said.waived_by.strip() and said.waived_until))
            or (said.standing == "equivalent" and not said.note.strip()) or said.standing not in STANDINGS}
    if bare:
        raise Incomplete("Some clauses are not complete.", bare)
    stand = {row.clause: row for row in work.rows.scalars(
        sa.select(ContractClause).where(ContractClause.contract_id == contract.id))}
    changed = 0
    for code, said in standings.items():
        row = stand.get(code)
        if row is None:
            row = ContractClause(contract_id=contract.id, party_id=contract.party_id, clause=code)
            work.rows.add(row)
        elif Standing(row.standing, row.place, row.note, row.waived_by, row.waived_until) == said:
            continue
        row.standing, row.place, row.note = said.standing, said.place.strip(), said.note.strip()
        row.waived_by, row.waived_until = said.waived_by, said.waived_until
        changed += 1
    if changed:
        work.rows.flush()
        now = work.rows.scalars(sa.select(ContractClause).where(ContractClause.contract_id == contract.id)
                                .order_by(ContractClause.clause))
        record.note(work, actor, contract, "clauses_held", changed=changed, standings=[
            f"{row.clause}:{clauses.code(row.standing, row.waived_until)}" for row in now])
        _touch(work, contract)
    return changed


def attach(work: Work, actor: Actor, contract: Contract, evidence: Evidence) -> ContractFile:
    """Keep a file with the contract."""
    record.require(actor, Permission.EDIT_CONTRACT, contract)
    row = ContractFile(contract_id=contract.id, party_id=contract.party_id, evidence_id=evidence.id)
    work.rows.add(row)
    record.note(work, actor, contract, "file_attached", evidence=evidence.public_id, digest=evidence.digest)
    return row


def _touch(work: Work, contract: Contract) -> None:
    touching.party(work, work.rows.get_one(Party, contract.party_id))


def _term(work: Work, contract: Contract, kind: str, term: Term) -> ContractTerm:
    count = work.rows.scalar(sa.select(sa.func.count()).where(ContractTerm.contract_id == contract.id)) or 0
    row = ContractTerm(
        contract_id=contract.id, party_id=contract.party_id, number=count + 1, kind=kind, signed_on=term.signed_on,
        starts_on=term.starts_on, ends_on=term.ends_on, note=term.note,
    )
    work.rows.add(row)
    return row


def _problems(work: Work, facts: ContractFacts, term: Term) -> dict[str, str]:
    problems = {}
    if not facts.number.strip():
        problems["number"] = N_("Enter the contract number")
    elif work.rows.scalar(sa.select(Contract.id).where(Contract.number == facts.number.strip())):
        problems["number"] = N_("This number is taken")
    if not facts.title.strip():
        problems["title"] = N_("Enter the title")
    if facts.reentrustment_mode not in MODES:
        problems["reentrustment_mode"] = N_("Choose one of the modes")
    if term.ends_on < term.starts_on:
        problems["ends_on"] = N_("Choose a later day")
    return problems
