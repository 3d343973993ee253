"""Engagements as plain values for core/supervision, as known at the end of a day; a fixed number of queries."""

from collections.abc import Iterator, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import clauses, risk
from portal.core.catalogue import Catalogue
from portal.core.jointuse import gaps
from portal.core.readable import day_in
from portal.core.recordkeeping import ASKED
from portal.core.supervision import Check, Late, Line, Period, Supervised
from portal.core.workflow import THEIRS, is_settled
from portal.models import Contract, ContractTerm, Engagement, Party, ScopeLine
from portal.queries import jointuse
from portal.queries.known import Known


def load(rows: Session, catalogue: Catalogue, parties: Sequence[Party], as_of: date
         ) -> Iterator[tuple[Engagement, Supervised]]:
    """Give each engagement that was open by then with all its duties are computed from."""
    known = Known(rows, catalogue, {party.id: party for party in parties}, as_of)
    found = rows.scalars(sa.select(Engagement).where(Engagement.party_id.in_(known.parties)).order_by(Engagement.id))
    for engagement in found:
        ended = engagement.ended_on is not None and engagement.ended_on < as_of
        if engagement.public_id not in known.past.later and not ended:
            yield engagement, _plain(known, engagement)


def _plain(known: Known, engagement: Engagement) -> Supervised:
    party = known.parties[engagement.party_id]
    cadence = risk.cadence(risk.known(known.past.tiers.get(party.public_id, party.tier)))
    lines = known.lines.get(engagement.id, [])
    active = [line for line in lines if known.past.state(line.public_id, "draft", line.state) == "active"]
    return Supervised(
        relation=engagement.relation, began=engagement.started_on or known.as_of,
        selections=_periods(known, engagement, "selection"), contracts=_terms(known, engagement),
        clauses_missing=_missing(known, engagement, active),
        uncleared_tiers=known.uncleared.get(engagement.id, ()), notices=_notices(known, party, engagement, active),
        rounds=(*_signed(known, party), *_checks(known, engagement, "paper_check")),
        round_months=cadence.round_months, grace_months=cadence.grace_months,
        equivalence_checks=_checks(known, engagement, "equivalence"),
        assurance_lost=any(line.id in known.lost for line in active), late=_late(known, party),
        lines=tuple(_line(known, line) for line in active),
        own_measures=_checks(known, engagement, "own_measures"))


def _periods(known: Known, engagement: Engagement, kind: str) -> tuple[Period, ...]:
    return tuple(Period(row.made_on, row.until, f"assessment:{row.public_id}")
                 for row in known.assessments.get((engagement.id, kind), ()) if row.passed)


def _checks(known: Known, engagement: Engagement, kind: str) -> tuple[Check, ...]:
    return tuple(Check(row.made_on, row.passed, f"assessment:{row.public_id}")
                 for row in known.assessments.get((engagement.id, kind), ()))


def _signed(known: Known, party: Party) -> tuple[Check, ...]:
    return tuple(Check(day_in(row.signed_off_at), True, f"attestation:{row.public_id}")
                 for row in known.attestations.get(party.id, ())
                 if row.signed_off_at and row.signed_off_at < known.end and row.template_id not in known.gaps)


def _known_terms(known: Known, contract: Contract) -> list[ContractTerm]:
    """The signed terms that had been registered by then: all but the last ones."""
    found = known.terms.get(contract.id, [])
    return [term for term in found[:len(found) - known.past.terms[contract.public_id]]
            if term.signed_on is not None and term.signed_on <= known.as_of]


def _terms(known: Known, engagement: Engagement) -> tuple[Period, ...]:
    return tuple(Period(term.starts_on, term.ends_on, f"contract:{contract.public_id}")
                 for contract in known.contracts.get(engagement.id, ()) for term in _known_terms(known, contract))


def _missing(known: Known, engagement: Engagement, active: Sequence[ScopeLine]) -> tuple[str, ...]:
    """The clauses that no contract in force holds; none where no contract is in force, which is told by itself."""
    party = known.parties[engagement.party_id]
    data = frozenset[str]().union(*(known.catalogue.classes(line.items) for line in active))
    of = clauses.Engaged(party.location, private=party.kind != "public_authority", data=data)
    lacking = [set(clauses.missing(known.catalogue.clauses.values(), _standings(known, contract), of, known.as_of))
               for contract in known.contracts.get(engagement.id, ())
               if any(term.starts_on <= known.as_of <= term.ends_on for term in _known_terms(known, contract))]
    return tuple(sorted(set.intersection(*lacking))) if lacking else ()


def _standings(known: Known, contract: Contract) -> dict[str, clauses.Standing]:
    """How the clauses stood by the ledger; where an early entry does not say it, as they stand now."""
    if contract.public_id in known.past.seen | known.past.later and contract.public_id not in known.past.unsaid:
        told = known.past.clauses.get(contract.public_id, {})
        return {code: clauses.written(text) for code, text in told.items()}
    return {row.clause: clauses.Standing(clauses.state_of(row.standing), row.note, row.note, row.waived_by,
                                         row.waived_until) for row in known.clauses.get(contract.id, ())}


def _notices(known: Known, party: Party, engagement: Engagement, active: Sequence[ScopeLine]) -> tuple[Period, ...]:
    if engagement.relation != "joint_use":
        return ()
    found = []
    for row, period in known.notices:
        held, as_said = [jointuse.use_of(line, party) for line in active], jointuse.as_notice(row)
        covered = party.code in row.parties or party.kind in row.party_kinds
        if covered and not any(gaps(as_said, use, max(known.as_of, row.effective_on)) for use in held):
            found.append(period)
    return tuple(found)


def _late(known: Known, party: Party) -> tuple[Late, ...]:
    state = known.past.state
    dues = known.past.dues
    untils = known.past.untils
    findings = [Late(dues.get(row.public_id, row.due_on), "finding", row.severity, f"finding:{row.public_id}")
                for row in known.findings.get(party.id, ())
                if not is_settled(state(row.public_id, "open", row.state),
                                  untils.get(row.public_id, row.accepted_until), known.as_of)]
    rounds = [Late(dues.get(row.public_id, row.due_on), "round", "", f"attestation:{row.public_id}")
              for row in known.attestations.get(party.id, ())
              if state(row.public_id, "requested", row.state) in THEIRS]
    return (*findings, *rounds)


def _line(known: Known, line: ScopeLine) -> Line:
    code = known.past.routes.get(line.public_id, line.route)
    route = next((row for row in known.catalogue.rules.route if row.id == code), None)
    wants = route is not None and any(kind in ASKED for kind in route.records)
    first = "INCOMPLETE" if line.public_id in known.past.seen else line.verdict
    verdict = known.past.verdicts.get(line.public_id, first)
    return Line(f"scope:{line.public_id}", verdict,
                equivalent=code.endswith("EQSYS"), needs_record=wants, last_record=known.recorded.get(line.id))
