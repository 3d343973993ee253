"""The facts a scope line is judged on: from rows where the portal has them, else from the newest dated statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import clauses, provenance
from portal.core.catalogue import Catalogue
from portal.core.lawfulness import Case
from portal.core.provenance import Ask
from portal.core.readable import day_in
from portal.core.workflow import SETTLED
from portal.models import (
    Assessment,
    Attestation,
    Contract,
    ContractClause,
    ContractTerm,
    Engagement,
    Evidence,
    Finding,
    Party,
    ScopeLine,
    ScopeStatement,
)
from portal.queries import filed, forms

MONTHS = {"critical": 14, "high": 14, "medium": 26, "low": 39}  # cadence and grace, corrections.md law 13

PLACES = ("JP", "EQ", "OTHER")
COMPUTED = frozenset({
    "activating", "line_running", "purpose_set", "na_affair_set", "contract_valid", "critical_finding_overdue",
    "eq_route_in_use", "recipient_public_body", "older_than_12_months", "PC-PURPOSE", "PC-CONTRACT", "PC-CLAUSES",
    "PC-CHECKED", "PC-NASCOPE",
}) | filed.COMPUTED


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows say of a party and contract on a day."""

    party: Party
    engagement: Engagement
    contract_in_force: bool
    clauses_met: bool
    finding_overdue: bool
    checked: bool


def case(rows: Session, catalogue: Catalogue, line: ScopeLine, today: date, *, activating: bool = False) -> Case:
    """Give a line as the law table judges it, at the farther place of line and party; what nobody stated is unanswered.
    """
    known = known_of(rows, catalogue, line, today)
    stated = statements(rows, line.id, today)
    needs = {row.id for row in catalogue.rules.precondition}
    found = filed.of_line(rows, line, filed.On(known.party, known.engagement, catalogue, today))
    ours = filed.COMPUTED | found.silent
    flags = {name: value for name, value in stated.items() if name not in needs and name not in ours}
    flags |= computed(line, known, activating) | found.flags
    done = {name for name, value in stated.items() if name in needs and value} - ours
    done |= computed_needs(line, known) | found.done
    return Case(
        relation=known.engagement.relation, data=catalogue.classes(line.items),
        location=max(line.location, known.party.location, key=PLACES.index),
        party_kind=known.party.kind, purpose=line.purpose if line.purpose in catalogue.purposes else "",
        flags=flags, done=frozenset(done),
    )


def computed(line: ScopeLine, known: Known, activating: bool) -> dict[str, bool]:
    """Give the flags that the portal reads from its own rows."""
    flags = {
        "activating": activating, "line_running": line.state == "active", "purpose_set": line.purpose.startswith("P"),
        "na_affair_set": line.purpose.startswith("NA-"), "contract_valid": known.contract_in_force,
        "critical_finding_overdue": known.finding_overdue, "eq_route_in_use": line.route.endswith("EQSYS"),
        "recipient_public_body": known.party.kind == "public_authority",
        "older_than_12_months": not known.checked,
    }
    return flags


def computed_needs(line: ScopeLine, known: Known) -> set[str]:
    """Give the needs that the rows show to be met."""
    found = {
        "PC-PURPOSE": line.purpose.startswith("P"), "PC-CONTRACT": known.contract_in_force,
        "PC-CLAUSES": known.clauses_met, "PC-CHECKED": known.checked,
        "PC-NASCOPE": line.purpose.startswith("NA-"),
    }
    return {name for name, holds in found.items() if holds}


def statements(rows: Session, scope_id: int, today: date) -> dict[str, bool]:
    """Give the newest statement of each fact that, with its proof, is still valid; an 'unknown' takes one back."""
    newest = sa.select(sa.func.max(ScopeStatement.id)).where(ScopeStatement.scope_id == scope_id).group_by(
        ScopeStatement.fact)
    found = rows.execute(sa.select(ScopeStatement, Evidence.valid_to).where(ScopeStatement.id.in_(newest)).outerjoin(
        Evidence, Evidence.id == ScopeStatement.evidence_id))
    return {row.fact: row.value == "yes" for row, proof_ends in found if row.value != "unknown"
            and all(last is None or last >= today for last in (row.valid_to, proof_ends))}


def known_of(rows: Session, catalogue: Catalogue, line: ScopeLine, today: date) -> Known:
    """Read what the rows say of the line's party, engagement, contract, findings and last check."""
    party = rows.get_one(Party, line.party_id)
    engagement = rows.get_one(Engagement, line.engagement_id)
    contract = rows.get(Contract, line.contract_id) if line.contract_id else None
    checked = rows.scalar(
        sa.select(sa.func.max(Attestation.signed_off_at)).where(Attestation.party_id == party.id,
                                                                ~forms.is_gap(Attestation.template_id),
                                                                Attestation.state != "withdrawn"))
    on_paper = rows.scalar(sa.select(sa.func.max(Assessment.made_on)).where(
        Assessment.engagement_id == engagement.id, Assessment.kind == "paper_check", Assessment.passed))
    begun = engagement.started_on or today
    since = max(filter(None, (checked and day_in(checked), on_paper)), default=begun)
    overdue = rows.scalar(sa.select(Finding.id).where(
        Finding.party_id == party.id, Finding.severity == "critical", Finding.due_on < today,
        Finding.state.not_in(SETTLED)).limit(1))
    return Known(
        party, engagement, in_force(rows, contract, today), clauses_met(rows, catalogue, line, contract, today),
        overdue is not None, (today - since).days <= MONTHS.get(party.tier, 14) * 31,
    )


def in_force(rows: Session, contract: Contract | None, today: date) -> bool:
    """Say whether a term of the contract is in force on a day."""
    if contract is None:
        return False
    return rows.scalar(sa.select(ContractTerm.id).where(
        ContractTerm.contract_id == contract.id, ContractTerm.starts_on <= today, ContractTerm.ends_on >= today,
        ContractTerm.signed_on.is_not(None)).limit(1)) is not None


def standings(rows: Session, contract_id: int) -> Mapping[str, clauses.Standing]:
    """Give how the clauses of a contract stand."""
    found = rows.scalars(sa.select(ContractClause).where(ContractClause.contract_id == contract_id))
    return {row.clause: clauses.Standing(clauses.state_of(row.standing), row.note, row.note, row.waived_by,
                                         row.waived_until) for row in found}


def clauses_met(rows: Session, catalogue: Catalogue, line: ScopeLine, contract: Contract | None, today: date) -> bool:
    """Say whether the contract holds every clause that the line's party and data need."""
    if contract is None:
        return False
    party = rows.get_one(Party, line.party_id)
    of = clauses.Engaged(
        party.location, private=party.kind != "public_authority", data=catalogue.classes(line.items))
    return not clauses.missing(catalogue.clauses.values(), standings(rows, contract.id), of, today)


def asks(case: Case, catalogue: Catalogue, answered: frozenset[str] = frozenset()) -> list[Ask]:
    """Give what a named person states of a line: the statements of the table, and what no row of ours says yet.

    `answered` are facts that the rows answer for this line, as the tree of re-entrusted bodies does once there is one.
    """
    stated = list(provenance.asks(case, catalogue.rules, catalogue.facts))
    wanted = provenance.to_compute(case, catalogue.rules, catalogue.facts) - COMPUTED - answered
    needs = {row.id for row in catalogue.rules.precondition}
    stated += [
        Ask(fact.id, fact.question, fact.evidence, (True if fact.id in case.done else None)
            if fact.id in needs else case.flags.get(fact.id), fact.id in needs)
        for fact in catalogue.facts.fact if fact.id in wanted
    ]
    return stated
