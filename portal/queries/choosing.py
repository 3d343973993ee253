"""Whom a round would ask: parties by filter, the checklist of their kind, their own due day, what stands against it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import offices
from portal.core.actor import Actor
from portal.core.dates import add_months, fiscal_year
from portal.core.readable import day_in
from portal.core.risk import TIERS, Tier, cadence
from portal.models import Attestation, Contact, Membership, Party, Template
from portal.queries import forms, parties

MOST = 1_000
"""So many parties at most are shown and begun at once; more want a narrower filter."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a round is to ask: a filter of the register, a checklist's code ("" for that of its kind), the due day.

    With `business_days` the day is counted from today in each party's own country; with `by_cadence` only parties
    are taken whose next check falls due by then. `lead` and `chosen` are those of the register's own filter.
    """

    due_on: date
    words: str = ""
    kind: str = ""
    country: str = ""
    tier: str = ""
    template: str = ""
    business_days: int = 0
    by_cadence: bool = False
    lead: str = ""
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One party with one checklist: due when, last asked when, next by cadence, and whether it can be asked."""

    party: Party
    template: Template
    due_on: date
    moved: bool
    last_asked: date | None
    next_by: date | None
    has_reader: bool
    asked_as: str = ""

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.party.public_id}.{self.template.code}"


def candidates(rows: Session, actor: Actor, wanted: Wanted, today: date) -> list[Candidate]:
    """Give whom the round would ask in a fixed number of queries, by name; at most MOST parties (and one more)."""
    narrowed = parties.Wanted(wanted.words, wanted.kind, wanted.country, wanted.tier, "active",
                              lead=wanted.lead, chosen=wanted.chosen)
    found = list(rows.scalars(
        sa.select(Party).where(*parties.conditions(actor, narrowed))
        .order_by(Party.name_ja, Party.id).limit(MOST + 1)))
    ids = [party.id for party in found]
    fitting = _fitting(rows, wanted)
    asked = _asked(rows, ids)
    readers = _readers(rows, ids)
    listed = [
        _candidate((party, template), (wanted, today), asked[party.id, template.code], party.id in readers)
        for party in found for template in fitting.get(party.kind, fitting.get("", []))
    ]
    if wanted.by_cadence:
        return [row for row in listed if row.next_by is None or row.next_by <= wanted.due_on]
    return listed


def _candidate(of: tuple[Party, Template], when: tuple[Wanted, date], before: list[Attestation],
               has_reader: bool) -> Candidate:
    (party, template), (wanted, today) = of, when
    asked_on = (offices.after(today, wanted.business_days, party.country) if wanted.business_days
                else wanted.due_on)
    due_on = offices.next_open_day(asked_on, party.country)
    year = fiscal_year(today)
    last = max((day_in(row.requested_at) for row in before), default=None)
    here = next((row.number for row in before if row.fiscal_year == year and row.template_id == template.id), "")
    months = cadence(_tier(party)).round_months
    return Candidate(party, template, due_on, due_on != asked_on, last, add_months(last, months) if last else None,
                     has_reader, here)


def _tier(party: Party) -> Tier:
    """The tier of a party; one that was not rated yet is looked at as a high one."""
    return next((tier for tier in TIERS if tier == party.tier), "high")


def _fitting(rows: Session, wanted: Wanted) -> Mapping[str, list[Template]]:
    """The checklists by kind of party; under "" the one that was chosen for all."""
    current = forms.current(rows)
    if wanted.template:
        return {"": [row for row in current if row.code == wanted.template]}
    found: defaultdict[str, list[Template]] = defaultdict(list)
    for row in current:
        for kind in forms.template(rows, row.id).checklist.party_kinds:
            found[kind].append(row)
    return dict(found)


def _asked(rows: Session, ids: list[int]) -> defaultdict[tuple[int, str], list[Attestation]]:
    found: defaultdict[tuple[int, str], list[Attestation]] = defaultdict(list)
    for attestation, code in rows.execute(
        sa.select(Attestation, Template.code).join(Template, Template.id == Attestation.template_id)
        .where(Attestation.party_id.in_(ids), Attestation.state != "withdrawn")
    ):
        found[attestation.party_id, code].append(attestation)
    return found


def _readers(rows: Session, ids: list[int]) -> set[int]:
    """The parties at which there is somebody to write to."""
    return set(rows.scalars(sa.union(
        sa.select(Membership.party_id).where(Membership.party_id.in_(ids), Membership.is_active),
        sa.select(Contact.party_id).where(Contact.party_id.in_(ids), Contact.email != ""))))
