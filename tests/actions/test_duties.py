"""Duties as of a day: a past day is computed as it stood; assessments are made by those who may."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from portal.actions import assess, contracts
from portal.actions.assess import Assessed
from portal.core.errors import Incomplete, NotAllowed, NotFound
from portal.core.policy import Permission, may
from portal.core.readable import day_in
from portal.models import Assessment, Engagement, Party
from portal.packet.gather import registered
from portal.queries import duties
from portal.store.cellar import Cellar
from portal.store.work import Work
from tests.cast import Cast

Told = dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]]
SEEN = Assessed("selection", date(2026, 11, 20), passed=True, reference="決裁2026-114", until=date(2027, 12, 31))


def stands(cellar: Cellar, cast: Cast, day: date) -> Told:
    """Each relation of the cast's party with its duties, as of a day."""
    with cellar.read() as rows:
        party = rows.get_one(Party, cast.party.id)
        found = duties.standing(rows, cast.lead.actor, cellar.catalogue, [party], day)[party.id]
        return {one.engagement.relation: tuple(
            (duty.code, duty.status, tuple(reason.message for reason in duty.reasons)) for duty in one.duties)
            for one in found}


def engaged(work: Work, cast: Cast, relation: str) -> Engagement:
    """The relation of the cast's party, opened if need be."""
    row = contracts.engage(work, cast.lead.actor, work.rows.get_one(Party, cast.party.id), relation)
    work.rows.flush()
    return row


def test_the_queries_do_not_grow_with_the_parties(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        for party in (people.party, people.other):
            for relation in ("entrustment", "joint_use", "third_party"):
                contracts.engage(work, people.lead.actor, work.rows.get_one(Party, party.id), relation)
    counts = []
    counted: list[str] = []
    sa.event.listen(cellar.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
    for ids in ([people.party.id], [people.party.id, people.other.id]):
        counted.clear()
        with cellar.read() as rows:
            parties = list(rows.scalars(sa.select(Party).where(Party.id.in_(ids))))
            found = duties.standing(rows, people.lead.actor, cellar.catalogue, parties, day_in(cellar.clock()))
        assert sum(map(len, found.values())) == 3 * len(ids)
        counts.append(sum(text.startswith("SELECT") for text in counted))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize(("field", "said"), [
    ("kind", Assessed("own_measures", SEEN.on, passed=True, reference="x")),
    ("on", Assessed("paper_check", date(2026, 11, 26), passed=True, reference="x")),
    ("until", Assessed("paper_check", SEEN.on, passed=True, reference="x", until=date(2026, 11, 19))),
    ("reference", Assessed("paper_check", SEEN.on, passed=True, reference=" ")),
    ("note", Assessed("paper_check", SEEN.on, passed=False, reference="x")),
])
def test_an_assessment_is_whole(cellar: Cellar, people: Cast, field: str, said: Assessed) -> None:
    with pytest.raises(Incomplete) as refusal, cellar.work() as work:
        assess.assess(work, people.lead.actor, engaged(work, people, "entrustment"), said)
    assert list(refusal.value.fields) == [field]


def test_an_approver_selects_and_others_check(cellar: Cellar, people: Cast) -> None:
    who = {"lead": people.lead, "reviewer": people.reviewer, "approver": people.approver, "officer": people.officer}
    with cellar.work() as work:
        thing = engaged(work, people, "entrustment")
        found = {name: (may(member.actor, Permission.APPROVE_PARTY, thing),
                        may(member.actor, Permission.RECORD_CHECK, thing)) for name, member in who.items()}
    assert found == {"lead": (False, True), "reviewer": (False, True), "approver": (True, False),
                     "officer": (False, False)}
    for member, refusal in ((people.lead, NotAllowed), (people.stranger, NotFound)):
        with pytest.raises(refusal), cellar.work() as work:
            assess.assess(work, member.actor, engaged(work, people, "entrustment"), SEEN)
    with cellar.work() as work:
        assess.assess(work, people.approver.actor, engaged(work, people, "entrustment"), SEEN)
    with pytest.raises(DatabaseError), cellar.engine.begin() as connection:
        connection.execute(sa.update(Assessment).values(passed=False))


def test_a_packet_prints_the_duties_in_both_languages(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        assess.assess(work, people.approver.actor, engaged(work, people, "entrustment"), SEEN)
    with cellar.read() as rows:
        party = rows.get_one(Party, people.party.id)
        told = registered.party(rows, party, cellar.catalogue, cellar.clock()).duties
    assert [(duty.name.en, duty.state) for duty in told] == [
        ("Entrustment (outsourcing): Selection", "met"), ("Entrustment (outsourcing): Contract", "failing"),
        ("Entrustment (outsourcing): Knowledge of the handling", "due")]
    assert told[0].reasons[0].ja != told[0].reasons[0].en
    assert "2026" in told[0].reasons[0].ja
