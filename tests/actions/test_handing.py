"""Parties handed over to another lead: all or none, each with its entry, and a round of the chosen ones."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.actions import checklists, handing, people, recurring, register, rounds
from portal.core import handing as rules
from portal.core.actor import SYSTEM, Role
from portal.core.errors import Incomplete, NotAllowed, Stale
from portal.core.partyfacts import PartyFacts
from portal.models import ConflictStatement, LedgerEntry, Mail, Party, Person, Round
from portal.queries import choosing, parties
from portal.queries import handing as found
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast


def second_lead(cellar: Cellar) -> Person:
    """Another lead."""
    with cellar.work() as work:
        person = people.add(work, SYSTEM, people.NewPerson("lead2@example.jp", "主管 次郎"))
        people.grant(work, SYSTEM, person, Role.LEAD)
        return person


def seen(cellar: Cellar) -> dict[str, int]:
    """Every party in its present version."""
    with cellar.read() as rows:
        return {party.public_id: party.version for party in rows.scalars(sa.select(Party))}


def handed(cellar: Cellar) -> list[str]:
    """The parties whose hand-over stands in the ledger."""
    with cellar.read() as rows:
        return list(rows.scalars(sa.select(LedgerEntry.thing).where(LedgerEntry.event == "party.handed_over")
                                 .order_by(LedgerEntry.thing)))


def test_all_are_handed_over_in_one_act(cellar: Cellar, people: Cast) -> None:
    to, every = second_lead(cellar), seen(cellar)
    with cellar.work() as work:
        assert handing.over(work, people.lead.actor, every, to.public_id) == 2
    assert handed(cellar) == sorted(every)
    with cellar.read() as rows:
        letter = rows.scalars(sa.select(Mail).where(Mail.kind == "handed_over")).one()
        assert letter.recipient == "lead2@example.jp" and "見本検査センター" in letter.body
        asked = {lead: parties.listing(rows, people.lead.actor, parties.Wanted(lead=lead))
                 for lead in ("me", "none", to.public_id)}
        assert {lead: len(listed) for lead, listed in asked.items()} == {"me": 0, "none": 0, to.public_id: 2}
        assert found.lead_of(rows, asked[to.public_id][0].party) == "主管 次郎"
        assert len(parties.listing(rows, people.officer.actor, parties.Wanted())) == 1


def test_one_that_changed_meanwhile_stops_all(cellar: Cellar, people: Cast) -> None:
    to, every = second_lead(cellar), seen(cellar)
    with cellar.work() as work:
        party = work.rows.get_one(Party, people.other.id)
        register.amend_party(work, people.lead.actor, party, PartyFacts(
            party.kind, party.name_ja, "Another name", country="JP", location="JP"))
    with pytest.raises(Stale) as refusal, cellar.work() as work:
        handing.over(work, people.lead.actor, every, to.public_id)
    assert refusal.value.theirs == [people.other.public_id]
    with pytest.raises(Stale) as refusal, cellar.work() as work:
        handing.over(work, people.lead.actor, seen(cellar) | {"0" * 26: 1}, to.public_id)
    assert refusal.value.theirs == ["0" * 26] and handed(cellar) == []
    with cellar.read() as rows:
        assert set(rows.scalars(sa.select(Party.lead_id))) == {None}


def test_what_is_left_out_cannot_be_slipped_in(cellar: Cellar, people: Cast) -> None:
    to = second_lead(cellar)
    with cellar.work() as work:
        work.rows.add(ConflictStatement(person_id=to.id, party_id=people.party.id, fiscal_year=2026, has_conflict=True,
                                        stated_at=work.now()))
        work.rows.get_one(Party, people.other.id).status = "ended"
    with cellar.read() as rows:
        plan = found.plan(rows, people.lead.actor, found.chosen(rows, people.lead.actor, parties.Wanted()), to)
    assert plan.touched == [] and {party.id: why for party, why in plan.left_out} == {
        people.party.id: rules.CONFLICT, people.other.id: rules.ENDED}
    with pytest.raises(Stale), cellar.work() as work:
        handing.over(work, people.lead.actor, seen(cellar), to.public_id)
    assert handed(cellar) == []


def test_who_hands_over_to_whom(cellar: Cellar, people: Cast) -> None:
    to, every = second_lead(cellar), seen(cellar)
    for who in (people.reviewer, people.approver, people.administrator, people.officer, people.clerk):
        with pytest.raises(NotAllowed), cellar.work() as work:
            handing.over(work, who.actor, every, to.public_id)
    with cellar.read() as rows:
        reviewer = rows.get_one(Person, people.reviewer.person_id).public_id
    for whom in (reviewer, "", "0" * 26):
        with pytest.raises(Incomplete) as refusal, cellar.work() as work:
            handing.over(work, people.lead.actor, every, whom)
        assert list(refusal.value.fields) == ["to"]
    many = {str(number): 1 for number in range(rules.MOST + 1)}
    for none_or_many in ({}, many):
        with pytest.raises(Incomplete), cellar.work() as work:
            handing.over(work, people.lead.actor, none_or_many, to.public_id)
    assert handed(cellar) == []


def test_a_round_of_chosen_parties_comes_again_for_those_only(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        checklists.publish_library(work, SYSTEM)
    today = cellar.clock().date()
    wanted = choosing.Wanted(flow.DUE, chosen=(people.party.public_id,))
    with cellar.read() as rows:
        listed = choosing.candidates(rows, people.lead.actor, wanted, today)
        assert {row.party.id for row in listed} == {people.party.id}
        assert choosing.candidates(rows, people.lead.actor, replace(wanted, chosen=(), lead="me"), today) == []
    with cellar.work() as work:
        rounds.begin(work, people.lead.actor, rounds.Plan("点検", flow.DUE, wanted={"chosen": list(wanted.chosen)}), [
            rounds.Target(row.party.id, row.template.id, row.due_on) for row in listed])
    with cellar.read() as rows:
        assert recurring.wanted_of(rows.scalars(sa.select(Round)).one()).chosen == wanted.chosen
