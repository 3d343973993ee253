"""Tier from the facts, another one by two people; ratings, and acceptances that become stale when the rating moves."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from portal.actions import contracts, provision, register, risks, sharing
from portal.actions.risks import Rated
from portal.core.errors import Incomplete, NeedsStepUp, NotAllowed, NotNow
from portal.core.readable import day_in
from portal.core.risk import Rating
from portal.models import Party, RiskRating, TierProposal
from portal.queries import risks as found
from portal.store.cellar import Cellar
from tests.cast import Cast
from tests.filed import RECORD

SAID = Rated(Rating(4, 5), Rating(2, 4), "点検の結果による")


def shared(cellar: Cellar, cast: Cast, persons: int = 40, items: tuple[str, ...] = ("donor_code", "hla")) -> None:
    """Let the cast's party have a line with a record of so many individuals."""
    with cellar.work() as work:
        engaged = contracts.engage(work, cast.lead.actor, work.rows.get_one(Party, cast.party.id), "third_party")
        work.rows.flush()
        line = sharing.add_line(work, cast.lead.actor, engaged, sharing.LineFacts(items, "P01"))
        made = provision.Made(RECORD.record, RECORD.manner, RECORD.first_on, RECORD.last_on, persons, items,
                              RECORD.reference, RECORD.said)
        provision.make(work, cast.lead.actor, line, made)


def computed(cellar: Cellar, cast: Cast) -> tuple[str, list[str]]:
    """The tier the facts give, and the sentences of its reasons."""
    with cellar.read() as rows:
        told = found.computed(rows, cellar.catalogue, rows.get_one(Party, cast.party.id), day_in(cellar.clock()))
    return told.tier, [reason.message for reason in told.reasons]


@pytest.mark.parametrize(("persons", "items", "tier"), [
    (1_000, ("donor_code", "hla"), "high"), (1_001, ("donor_code", "hla"), "critical"),
    (1_000, ("name",), "low"), (1_001, ("name",), "medium"), (1, ("card",), "medium"),
])
def test_the_facts_give_the_tier(cellar: Cellar, people: Cast, persons: int, items: tuple[str, ...], tier: str) -> None:
    assert computed(cellar, people) == ("low", [found.NOTHING, found.PERSONS, found.PLACE])
    shared(cellar, people, persons, items)
    assert computed(cellar, people)[0] == tier


def test_a_party_abroad_is_critical_and_one_that_handles_nothing_is_low(cellar: Cellar, people: Cast) -> None:
    shared(cellar, people)
    with cellar.work() as work:
        party = work.rows.get_one(Party, people.party.id)
        register.amend_party(work, people.lead.actor, party, register.PartyFacts(
            party.kind, party.name_ja, party.name_en, country="US", location="OTHER", tier="low"))
        assert party.tier == "none", "amending leaves the tier alone"
    assert computed(cellar, people)[0] == "critical"
    with cellar.work() as work:
        contracts.engage(work, people.lead.actor, work.rows.get_one(Party, people.other.id), "cloud_no_handling")
    with cellar.read() as rows:
        told = found.computed(rows, cellar.catalogue, rows.get_one(Party, people.other.id), day_in(cellar.clock()))
    assert told.tier == "low" and told.reasons[0].message == found.CLOUD


def test_another_tier_needs_a_reason_and_a_second_person(cellar: Cellar, people: Cast) -> None:
    shared(cellar, people)

    def choose(tier: str, reason: str = "") -> str:
        with cellar.work() as work:
            risks.choose_tier(work, people.lead.actor, work.rows.get_one(Party, people.party.id), tier, reason)
        with cellar.read() as rows:
            return rows.get_one(Party, people.party.id).tier

    assert choose("high") == "high", "the tier of the facts is taken at once"
    for tier, reason, field in (("medium", " ", "reason"), ("none", "x", "tier")):
        with pytest.raises(Incomplete) as refusal:
            choose(tier, reason)
        assert list(refusal.value.fields) == [field]
    assert choose("medium", "符号化した項目のみ") == "high"
    with pytest.raises(Incomplete):
        choose("low", "二つ目の案")
    for actor, refused in ((people.lead.actor, NotAllowed), (people.reviewer.actor, NotAllowed)):
        with pytest.raises(refused), cellar.work() as work:
            risks.settle_tier(work, actor, work.rows.scalars(sa.select(TierProposal)).one(), confirm=True)
    with cellar.work() as work:
        risks.settle_tier(work, people.approver.actor, work.rows.scalars(sa.select(TierProposal)).one(), confirm=True)
    with pytest.raises(NotNow), cellar.work() as work:
        risks.settle_tier(work, people.approver.actor, work.rows.scalars(sa.select(TierProposal)).one(), confirm=False)
    with cellar.read() as rows:
        party = rows.get_one(Party, people.party.id)
        assert (party.tier, party.tier_reason) == ("medium", "符号化した項目のみ")


def test_an_acceptance_stands_until_its_day_or_until_the_rating_moves(cellar: Cellar, people: Cast) -> None:
    def party(work: sa.orm.Session) -> Party:
        return work.get_one(Party, people.party.id)

    def stale(day: date) -> list[str]:
        with cellar.read() as rows:
            return [one.stale if one.acceptance else "none" for one in found.ratings(
                rows, people.lead.actor, party(rows), day)]

    with pytest.raises(NotNow), cellar.work() as work:
        risks.accept(work, people.approver.proven, party(work.rows), date(2027, 1, 1), "x")
    for said, field in ((Rated(Rating(1, 1), Rating(2, 2), "x"), "residual_likelihood"),
                        (Rated(Rating(2, 2), Rating(1, 1), " "), "note")):
        with pytest.raises(Incomplete) as refusal, cellar.work() as work:
            risks.rate(work, people.lead.actor, party(work.rows), said)
        assert list(refusal.value.fields) == [field]
    with cellar.work() as work:
        risks.rate(work, people.reviewer.actor, party(work.rows), SAID)
    for until, reason in ((date(2026, 11, 25), "x"), (date(2027, 11, 26), "x"), (date(2027, 1, 1), " ")):
        with pytest.raises(Incomplete), cellar.work() as work:
            risks.accept(work, people.approver.proven, party(work.rows), until, reason)
    with pytest.raises(NotAllowed), cellar.work() as work:
        risks.accept(work, people.lead.actor, party(work.rows), date(2027, 1, 1), "x")
    with pytest.raises(NeedsStepUp), cellar.work() as work:
        risks.accept(work, people.approver.actor, party(work.rows), date(2027, 1, 1), "対策済み")
    with cellar.work() as work:
        risks.accept(work, people.approver.proven, party(work.rows), date(2027, 1, 1), "対策済み")
    assert stale(date(2027, 1, 1)) == [""] and stale(date(2027, 1, 2)) == ["expired"]
    with cellar.work() as work:
        risks.rate(work, people.reviewer.actor, party(work.rows), Rated(SAID.inherent, Rating(3, 4), "新しい指摘"))
    assert stale(date(2027, 1, 1)) == ["none", "rating_changed"]
    with pytest.raises(DatabaseError), cellar.engine.begin() as connection:
        connection.execute(sa.update(RiskRating).values(residual_impact=1))
