"""Worlds of any size, clearly marked fictional: rows in bulk, for measuring; the ledger has one entry for them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from portal.actions import record
from portal.core.actor import SYSTEM
from portal.core.folding import search_text
from portal.core.readable import day_in
from portal.models import (
    Answer,
    Attestation,
    Contract,
    ContractTerm,
    Engagement,
    Finding,
    Party,
    Person,
    ScopeLine,
    Template,
)
from portal.models.base import new_public_id
from portal.store.cellar import Cellar
from portal.store.work import Work

BATCH, LINES, ITEMS = 500, 20, 3
STATES = ("requested", "in_progress", "submitted", "under_review", "returned", "awaiting_approval", "withdrawn")
KINDS = ("testing_lab", "it_outsourcer", "transplant_centre", "overseas_registry", "bpo_outsourcer")


@dataclass(frozen=True, slots=True)
class Size:
    """How large: parties, answers to a party and year, years."""

    parties: int
    questions: int
    years: int


def grow(cellar: Cellar, size: Size, tell: Callable[[str], None]) -> None:
    """Add so many fictional parties with attestations and answers."""
    with cellar.read() as rows:
        start = rows.scalar(sa.select(sa.func.max(Party.id))) or 0
        template = rows.scalar(sa.select(Template.id).order_by(Template.id).limit(1))
        person = rows.scalar(sa.select(Person.id).order_by(Person.id).limit(1))
    for first in range(0, size.parties, BATCH):
        count = min(BATCH, size.parties - first)
        with cellar.work() as work:
            work.rows.execute(sa.insert(Party), list(_parties(work, start + first, count)))
            ids = list(work.rows.scalars(sa.select(Party.id).where(Party.id > start + first).order_by(Party.id)))
            _attestations(work, ids, size, (template or 0, person or 0))
            _records(work, ids, person or 0)
            party = work.rows.get_one(Party, ids[0])
            record.note(work, SYSTEM, party, "grown", parties=count)
        tell(f"Demo: {first + count} of {size.parties} parties in bulk")


def _parties(work: Work, start: int, count: int) -> Iterator[dict[str, object]]:
    for number in range(start + 1, start + count + 1):
        name, kana = f"【架空】量産見本{number:06d}", f"リョウサンミホン{number:06d}"
        english = f"Bulk Sample {number:06d} (demo)"
        yield {
            "public_id": new_public_id(), "code": f"BULK-{number:06d}", "kind": KINDS[number % len(KINDS)],
            "name_ja": name, "name_en": english, "name_kana": kana, "is_fictional": True,
            "tier": ("high", "medium", "low")[number % 3], "search_text": search_text(name, kana, english),
            "created_at": work.now(),
        }


def _attestations(work: Work, parties: list[int], size: Size, known: tuple[int, int]) -> None:
    template, person = known
    rows = [
        {"public_id": new_public_id(), "number": f"B-{2026 - year}-{party:07d}", "party_id": party,
         "template_id": template, "fiscal_year": 2026 - year,
         "due_on": day_in(work.now()) + timedelta(days=party % 180),
         "state": STATES[party % len(STATES)], "requested_by_id": person, "requested_at": work.now(),
         "questions": size.questions, "answered": size.questions}
        for party in parties for year in range(size.years)
    ]
    work.rows.execute(sa.insert(Attestation), rows)
    made = work.rows.execute(sa.select(Attestation.id, Attestation.party_id).where(
        Attestation.party_id.in_(parties))).all()
    for attestation, party in made:
        work.rows.execute(sa.insert(Answer), [
            {"attestation_id": attestation, "party_id": party, "question": f"Q-{number:04d}",
             "value": {"text": f"架空の回答 {number}"}, "answered_at": work.now()}
            for number in range(size.questions)
        ])


def _records(work: Work, parties: list[int], person: int) -> None:
    """Give each party a relation, a contract with its term and twenty scope lines; each second one a finding."""
    today, now = day_in(work.now()), work.now()
    work.rows.execute(sa.insert(Engagement), [
        {"public_id": new_public_id(), "party_id": party, "relation": "entrustment"} for party in parties])
    relations = dict(work.rows.execute(
        sa.select(Engagement.party_id, Engagement.id).where(Engagement.party_id.in_(parties))).all())
    work.rows.execute(sa.insert(Contract), [
        {"public_id": new_public_id(), "party_id": party, "engagement_id": relations[party],
         "number": f"BULK-{party:06d}", "title": "架空の委託契約", "created_at": now} for party in parties])
    contracts = dict(work.rows.execute(
        sa.select(Contract.party_id, Contract.id).where(Contract.party_id.in_(parties))).all())
    work.rows.execute(sa.insert(ContractTerm), [
        {"party_id": party, "contract_id": contracts[party], "number": 1, "starts_on": today - timedelta(days=200),
         "ends_on": today + timedelta(days=party % 400),
         "signed_on": today - timedelta(days=210) if party % 5 else None} for party in parties])
    items = sorted(work.catalogue.data_items)
    work.rows.execute(sa.insert(ScopeLine), [
        {"public_id": new_public_id(), "party_id": party, "engagement_id": relations[party],
         "contract_id": contracts[party], "purpose": f"P{number % 9 + 1:02d}", "made_by_id": person, "created_at": now,
         "items": [items[(3 * number + more) % len(items)] for more in range(ITEMS)],
         "state": "active" if number % 4 else "draft"} for party in parties for number in range(LINES)])
    work.rows.execute(sa.insert(Finding), [
        {"public_id": new_public_id(), "number": f"BULK-{party:06d}", "party_id": party, "severity": "low",
         "fact": "架空の指摘事項", "due_on": today + timedelta(days=party % 90), "opened_by_id": person,
         "opened_at": now}
        for party in parties[::2]])
