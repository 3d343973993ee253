"""The gap questionnaire by kind of engagement: exactly those it concerns who never answered, and nobody else."""

from collections.abc import Iterable

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from portal.actions import checklists, contracts, rounds
from portal.actions.editions import Marks
from portal.core import gap
from portal.core.actor import SYSTEM
from portal.core.errors import NotAllowed, NotNow
from portal.models import Edition, Engagement, GapChecklist, Party, RoundParty, Template
from portal.queries import forms, reached
from portal.queries import gap as found
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.actions.test_editions import NOTE
from tests.actions.test_gap import SAFETY, amended, asked, counts, of
from tests.cast import Cast
from tests.conftest import Clock

MORE = Marks(["II.3.(10)", "II.9", "II.10"], NOTE.note_ja, NOTE.note_en)


@pytest.fixture(autouse=True)
def published(cellar: Cellar) -> None:
    """Every checklist of the library, in use."""
    with cellar.work() as work:
        for template in work.catalogue.templates.values():
            checklists.publish(work, SYSTEM, template)


def engage(cellar: Cellar, cast: Cast, relation: str, kind: str = "", alone: bool = False) -> None:
    """Let the cast's party stand in a relation, as a party of some kind."""
    with cellar.work() as work:
        party = work.rows.get_one(Party, cast.party.id)
        party.kind, party.is_individual = kind or party.kind, alone
        contracts.engage(work, cast.lead.actor, party, relation)


def by_kind(cellar: Cellar, cast: Cast, edition: int) -> dict[str, tuple[str, ...]]:
    """The checklists by which the cast's party is reached, each with its questions; the count must agree."""
    with cellar.read() as rows:
        row = rows.get_one(Edition, edition)
        reach = found.reach(rows, row)
        listed = reached.parties(rows, cast.lead.actor, row, (reach, found.MOST, 0))
        assert reached.count(rows, cast.lead.actor, row, reach) == len(listed)
        assert {one.party.id for one in listed} <= {cast.party.id}
        with pytest.raises(NotAllowed):
            reached.parties(rows, cast.clerk.actor, row, (reach, found.MOST, 0))
        return {one.source.row.code: one.questions for one in listed}


def resting(cellar: Cellar, code: str, kind: str = "", marks: Marks = SAFETY) -> set[str]:
    """The questions of a checklist to a kind of party that rest on what was changed, and those that show them."""
    whole = cellar.catalogue.templates[code]
    ids = gap.touched(whole, gap.as_cited("policy", marks.changed))
    return {id for id in ids if not kind or kind in (whole.question(id).party_kinds or (kind,))}


def test_a_party_that_never_answered_is_asked_by_its_kind(cellar: Cellar, people: Cast, clock: Clock) -> None:
    engage(cellar, people, "entrustment")
    edition = amended(cellar, people, clock)
    assert counts(cellar, people, edition) == {}, "no accepted answer rests on it"
    assert {code: set(ids) for code, ids in by_kind(cellar, people, edition).items()} == {
        "LAB": resting(cellar, "LAB", "testing_lab")}
    made = asked(cellar, people, edition)
    with cellar.read() as rows:
        sent = rows.execute(sa.select(RoundParty.party_id, GapChecklist.code, Template.id)
                            .join(Template, Template.id == RoundParty.template_id)
                            .join(GapChecklist, GapChecklist.template_id == Template.id)
                            .where(RoundParty.round_id == made.id)).all()
        assert [tuple(row)[:2] for row in sent] == [(people.party.id, "LAB")]
        assert {row.id for row in forms.template(rows, sent[0].id).questions} == resting(cellar, "LAB")
    assert by_kind(cellar, people, edition) == {}
    with pytest.raises(NotNow, match="Nobody"):
        asked(cellar, people, edition)


def test_what_was_withdrawn_may_be_asked_again(cellar: Cellar, people: Cast, clock: Clock) -> None:
    engage(cellar, people, "entrustment")
    edition = amended(cellar, people, clock)
    made = asked(cellar, people, edition)
    with cellar.work() as work:
        rounds.withdraw(work, people.lead.actor, work.rows.get_one(type(made), made.id), "文言を改めます")
    assert set(by_kind(cellar, people, edition)) == {"LAB"}


@pytest.mark.parametrize(("relation", "kind", "expected"), [
    ("entrustment", "it_outsourcer", {"ITO"}),
    ("joint_use", "testing_lab", set()),
    ("joint_use", "support_agency", {"JNT"}),
    ("entrustment", "support_agency", set()),
    ("joint_use", "data_center", {"JNT"}),
    ("academic", "data_center", {"RES"}),
    ("entrustment", "professional_service", {"ITO"}),
    ("entrustment", "other", set()),
])
def test_kind_and_relation_say_which_checklist(cellar: Cellar, people: Cast, clock: Clock, relation: str, kind: str,
                                               expected: set[str]) -> None:
    engage(cellar, people, relation, kind)
    touched = by_kind(cellar, people, amended(cellar, people, clock, MORE))
    assert set(touched) == expected
    assert all(set(ids) == resting(cellar, code, kind, MORE) for code, ids in touched.items())


def test_one_person_is_reached_by_the_short_form_alone(cellar: Cellar, people: Cast, clock: Clock) -> None:
    engage(cellar, people, "joint_use", "coordinator")
    edition = amended(cellar, people, clock, Marks(["II.4", "II.9"], NOTE.note_ja, NOTE.note_en))
    whole = by_kind(cellar, people, edition)
    engage(cellar, people, "joint_use", "coordinator", alone=True)
    short = by_kind(cellar, people, edition)
    assert short.keys() == whole.keys() == {"JNT"} and set(short["JNT"]) < set(whole["JNT"])
    assert all(cellar.catalogue.templates["JNT"].question(id).individual for id in short["JNT"])


def untouched(cellar: Cellar, cast: Cast, what: str) -> None:
    """Make the cast's party one that its kind does not bring in."""
    if what == "whole checklist asked":
        flow.ask(cellar, cast, "LAB")
    with cellar.work() as work:
        party = work.rows.get_one(Party, cast.party.id)
        if what == "not active":
            party.status = "suspended"
        elif what == "relation ended":
            work.rows.scalars(sa.select(Engagement)).one().ended_on = work.now().date()


@pytest.mark.parametrize("what", ["whole checklist asked", "not active", "relation ended"])
def test_who_is_not_reached(cellar: Cellar, people: Cast, clock: Clock, what: str) -> None:
    engage(cellar, people, "entrustment")
    untouched(cellar, people, what)
    edition = amended(cellar, people, clock)
    assert by_kind(cellar, people, edition) == {}
    with pytest.raises(NotNow, match="Nobody"):
        asked(cellar, people, edition)


def test_without_a_relation_nobody_is_reached(cellar: Cellar, people: Cast, clock: Clock) -> None:
    assert by_kind(cellar, people, amended(cellar, people, clock)) == {}


def test_accepted_answers_and_kind_are_asked_in_one_round(cellar: Cellar, people: Cast, clock: Clock) -> None:
    flow.signed_off(cellar, people, "LAB")
    engage(cellar, people, "entrustment")
    engage(cellar, of(people), "entrustment")
    made = asked(cellar, people, amended(cellar, people, clock, MORE))
    with cellar.read() as rows:
        assert set(rows.execute(sa.select(RoundParty.party_id, GapChecklist.code).join(
            GapChecklist, GapChecklist.template_id == RoundParty.template_id)
            .where(RoundParty.round_id == made.id)).all()) == {(people.party.id, "LAB"), (people.other.id, "ITO")}


def test_one_person_is_asked_the_short_form(cellar: Cellar) -> None:
    whole = cellar.catalogue.templates["JNT"]
    ids = [row.id for row in whole.questions if row.answered_by == "party"]
    told = gap.addressed(whole, ids)
    short = {row.id for row in whole.questions if row.individual}
    assert set(told["coordinator", True]) <= short and set(told["support_agency", False]) - short
    assert not set(told["support_agency", False]) & only_for(whole.questions, "coordinator")
    without = replace(whole, questions=tuple(replace(row, individual=False) for row in whole.questions))
    assert gap.addressed(without, ids)["coordinator", True] == told["coordinator", False]
    assert gap.addressed(whole, []) == {}


def only_for(questions: Iterable, kind: str) -> set[str]:
    """The questions that are asked of a kind of party and not of every one."""
    return {row.id for row in questions if kind in row.party_kinds}
