"""The gap questionnaire: the touched questions, to the touched parties, nothing twice for one edition."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from msgspec.structs import replace as changed

from portal.actions import attest, checklists, gap, rounds
from portal.actions.editions import Marks
from portal.actions.rounds import Plan
from portal.core.actor import SYSTEM
from portal.core.errors import NotAllowed, NotNow
from portal.core.readable import day_in
from portal.core.templates import Shown
from portal.core.templates import Template as Whole
from portal.models import Attestation, Edition, GapChecklist, LedgerEntry, Party, Round, RoundParty, Template
from portal.queries import forms
from portal.queries import gap as found
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.actions.test_editions import NOTE, SECOND, kept, loaded
from tests.cast import Cast
from tests.conftest import Clock

TODAY = date(2026, 11, 26)
OPENING = Plan("差分点検", date(2026, 12, 18), note="安全管理措置が加わりました。")
SAFETY = Marks(["II.9"], NOTE.note_ja, NOTE.note_en)


def amended(cellar: Cellar, cast: Cast, clock: Clock, marks: Marks = SAFETY) -> int:
    """A second edition, in force from the next day, on which it is now; gives its row id."""
    clock.forward(days=1)
    kept(cellar, cast, loaded())
    return kept(cellar, cast, loaded(SECOND, TODAY, "第2版"), marks)


def asked(cellar: Cellar, cast: Cast, edition: int) -> Round:
    """Send the questionnaire out and let the job ask everybody."""
    with cellar.work() as work:
        made = gap.send_out(work, cast.lead.actor, work.rows.get_one(Edition, edition), OPENING)
    with cellar.work() as work:
        going = work.rows.get_one(Round, made.id)
        while rounds.ask_next(work, going):
            pass
    return made


def counts(cellar: Cellar, cast: Cast, edition: int) -> dict[str, int]:
    """How many stand where, those with none left out."""
    with cellar.read() as rows:
        row = rows.get_one(Edition, edition)
        told = found.counts(rows, cast.lead.actor, row, found.reach(rows, row))
    return {name: number for name, number in told.items() if number}


def of(cast: Cast) -> Cast:
    """The cast with the other party in the place of its own."""
    return replace(cast, party=cast.other, other=cast.party, officer=cast.stranger, clerk=cast.stranger)


def test_only_touched_questions_go_to_whom_they_touch(cellar: Cellar, people: Cast, clock: Clock) -> None:
    before = flow.signed_off(cellar, people, "LAB")
    flow.signed_off(cellar, people, "ITO")
    flow.ask(cellar, of(people), "LAB")
    edition = amended(cellar, people, clock)
    whole = cellar.catalogue.templates
    wanted = {code: {row.id for row in whole[code].questions
                     if row.answered_by == "party" and "POL-II-9" in row.clauses} for code in ("LAB", "ITO")}
    assert counts(cellar, people, edition) == {"ask": sum(bool(ids) for ids in wanted.values())}
    made = asked(cellar, people, edition)
    with cellar.read() as rows:
        sent = list(rows.execute(sa.select(RoundParty, Template, GapChecklist, Attestation)
                                 .join(Template, Template.id == RoundParty.template_id)
                                 .join(GapChecklist, GapChecklist.template_id == Template.id)
                                 .join(Attestation, Attestation.id == RoundParty.attestation_id)
                                 .where(RoundParty.round_id == made.id)))
        told = {held.code: {row.id for row in forms.template(rows, template.id).questions}
                for _, template, held, _ in sent}
        previous = {held.code: attestation.previous_id for _, _, held, attestation in sent}
        entry = rows.scalars(sa.select(LedgerEntry.leaf).where(LedgerEntry.event == "edition.gap_opened")).one()
        offered = [row.code for row in forms.current(rows)]
    assert {row.party_id for row, *_ in sent} == {people.party.id}
    assert all(wanted[code] <= ids and not ids - wanted[code] - shows(whole[code], ids) for code, ids in told.items())
    assert set(told) == {code for code, ids in wanted.items() if ids} and "LAB" in told
    assert previous["LAB"] == flow.find(cellar, before).id, "what was accepted can be confirmed unchanged"
    assert all(id in str(entry) for id in told["LAB"]) and set(offered) == set(whole)


def shows(template: Whole, ids: set[str]) -> set[str]:
    """The questions that show one of these."""
    return {row.visible_when.question for row in template.questions if row.id in ids and row.visible_when}


def test_nobody_is_asked_twice_for_one_edition(cellar: Cellar, people: Cast, clock: Clock) -> None:
    flow.signed_off(cellar, people, "LAB")
    edition = amended(cellar, people, clock)
    made = asked(cellar, people, edition)
    assert counts(cellar, people, edition) == {"asked": 1}
    with pytest.raises(NotNow, match="Nobody"):
        asked(cellar, people, edition)
    with cellar.work() as work:
        rounds.withdraw(work, people.lead.actor, work.rows.get_one(Round, made.id), "文言を改めます")
    assert counts(cellar, people, edition) == {"ask": 1}, "what was withdrawn may be asked again"
    again = asked(cellar, people, edition)
    with cellar.read() as rows:
        checklists_made = list(rows.scalars(sa.select(GapChecklist.template_id)))
        asked_with = list(rows.scalars(sa.select(RoundParty.template_id).where(RoundParty.round_id == again.id)))
        progress = found.progress(rows, people.lead.actor, rows.get_one(Edition, edition), TODAY)
    assert checklists_made == asked_with, "the same questions are one checklist"
    assert [row.round.id for row in progress] == [again.id, made.id]
    assert [row.counts["untouched"] for row in progress] == [1, 0]


def test_who_is_left_out_and_why(cellar: Cellar, people: Cast, clock: Clock) -> None:
    flow.signed_off(cellar, people, "LAB")
    edition = amended(cellar, people, clock)
    with cellar.work() as work:
        work.rows.get_one(Party, people.party.id).status = "suspended"
    assert counts(cellar, people, edition) == {"inactive": 1}
    with cellar.work() as work:
        work.rows.get_one(Party, people.party.id).status = "active"
        row = checklists.publish(work, SYSTEM, replace_title(cellar))
        work.rows.flush()
        attest.request(work, people.lead.actor, work.rows.get_one(Party, people.party.id),
                       attest.Asked(row, 2026, flow.DUE))
    assert counts(cellar, people, edition) == {"going": 1}


def replace_title(cellar: Cellar) -> Whole:
    """The checklist of firms as it will be asked next year."""
    whole = cellar.catalogue.templates["LAB"]
    return changed(whole, header=changed(whole.header, edition="2.0"))


def test_answers_given_since_the_edition_applies_are_left_alone(cellar: Cellar, people: Cast, clock: Clock) -> None:
    edition = amended(cellar, people, clock)
    flow.signed_off(cellar, people, "LAB")
    assert counts(cellar, people, edition) == {"answered": 1}
    assert flow.find(cellar, flow.ask(cellar, of(people), "LAB")).state == "requested"
    assert counts(cellar, people, edition) == {"answered": 1}


def test_only_the_edition_in_force_and_only_a_lead(cellar: Cellar, people: Cast, clock: Clock) -> None:
    flow.signed_off(cellar, people, "LAB")
    edition = amended(cellar, people, clock)
    later = kept(cellar, people, loaded(SECOND + "We tell them.\n", TODAY + timedelta(days=1), "第3版"), SAFETY)
    with cellar.work() as work:
        for who in (people.administrator, people.reviewer, people.officer):
            with pytest.raises(NotAllowed):
                gap.send_out(work, who.actor, work.rows.get_one(Edition, edition), OPENING)
        with pytest.raises(NotNow, match="in force"):
            gap.send_out(work, people.lead.actor, work.rows.get_one(Edition, later), OPENING)
    assert day_in(cellar.clock()) == TODAY
    asked(cellar, people, edition)


def test_a_gap_is_no_check_of_the_whole(cellar: Cellar, people: Cast, clock: Clock) -> None:
    flow.signed_off(cellar, people, "LAB")
    made = asked(cellar, people, amended(cellar, people, clock))
    with cellar.read() as rows:
        template = rows.scalars(sa.select(RoundParty.template_id).where(RoundParty.round_id == made.id)).one()
        assert forms.gaps(rows) == {template}
        assert rows.scalar(sa.select(sa.func.count(Template.id)).where(forms.is_gap(Template.id))) == 1


def test_a_question_comes_with_what_shows_it_in_the_checklist_in_use(cellar: Cellar, people: Cast, clock: Clock
                                                                     ) -> None:
    flow.signed_off(cellar, people, "LAB")
    whole = cellar.catalogue.templates["LAB"]
    rests = next(row for row in whole.questions if row.answered_by == "party" and "POL-II-9" in row.clauses)
    choice = next(row for row in whole.questions if row.answered_by == "party" and row.answer_type == rests.answer_type)
    new = changed(choice, id="LAB-99", clauses=(), visible_when=None, finding_when=())
    shown = changed(rests, visible_when=Shown("LAB-99", any_of=("yes",)))
    questions = tuple(shown if row.id == rests.id else row for row in whole.questions)
    with cellar.work() as work:
        checklists.publish(work, SYSTEM, changed(
            whole, header=changed(whole.header, edition="2.0"), questions=(new, *questions)))
    edition = amended(cellar, people, clock)
    made = asked(cellar, people, edition)
    with cellar.read() as rows:
        template = rows.scalars(sa.select(RoundParty.template_id).where(RoundParty.round_id == made.id)).one()
        ids = {row.id for row in forms.template(rows, template).questions}
    assert {rests.id, "LAB-99"} <= ids, "it would never be shown without"
