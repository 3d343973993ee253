"""The facts a scope line is judged on: from rows where the portal has them, else from the newest dated statement."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.core import clauses, provenance
from portal.core.catalogue import Catalogue
from portal.core.lawfulness import Case
from portal.core.provenance import Ask
from portal.models import Engagement, Party, ScopeLine
from portal.queries import filed
from portal.queries.ground import Ground

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
    """Give a line as the law table judges it on a day, as `case_on` does for one of many."""
    return case_on(Ground(rows, catalogue, today, [line]), line, activating=activating)


def case_on(on: Ground, line: ScopeLine, *, activating: bool = False) -> Case:
    """Give a line as the law table judges it, at the farther place of line and party; what nobody stated is unanswered.
    """
    known, catalogue = known_of(on, line), on.catalogue
    stated = on.stated.get(line.id, {})
    needs = _needs(catalogue)
    found = filed.of_line(on, line)
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


def _needs(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(row.id for row in catalogue.rules.precondition)


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


def known_of(on: Ground, line: ScopeLine) -> Known:
    """Give what the rows say of the line's party, engagement, contract, findings and last check."""
    party, engagement = on.parties[line.party_id], on.engagements[line.engagement_id]
    begun = engagement.started_on or on.today
    since = max(filter(None, (on.checked.get(party.id), on.on_paper.get(engagement.id))), default=begun)
    return Known(
        party, engagement, line.contract_id in on.in_force, clauses_met(on, line), party.id in on.overdue,
        (on.today - since).days <= MONTHS.get(party.tier, 14) * 31,
    )


def clauses_met(on: Ground, line: ScopeLine) -> bool:
    """Say whether the contract holds every clause that the line's party and data need."""
    if line.contract_id is None:
        return False
    party = on.parties[line.party_id]
    of = clauses.Engaged(
        party.location, private=party.kind != "public_authority", data=on.catalogue.classes(line.items))
    return not clauses.missing(on.catalogue.clauses.values(), on.standings.get(line.contract_id, {}), of, on.today)


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
