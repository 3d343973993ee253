"""What a finding may not become: closed without proof, agreed without a plan, or followed by a stranger."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.actions import approve, findings, inspections, intake, review
from portal.core.errors import Incomplete, NotNow
from portal.core.readable import day_in
from portal.core.supervision import FINDING_LATE
from portal.models import Attestation, Evidence, Finding, Inspection, Mail, Party
from portal.queries import evidence as files
from portal.queries import unsettled
from portal.queries.ground import Ground
from portal.store.cellar import Cellar
from tests import reentrusted
from tests.actions import flow
from tests.actions.test_duties import engaged, stands
from tests.actions.test_findings import corrected, opened, row
from tests.actions.test_inspections import planned
from tests.cast import Cast, Member
from tests.conftest import Clock
from tests.world import pdf


def kept(cellar: Cellar, cast: Cast, who: Member, name: str) -> int:
    """A file of the cast's party, sent by this person; gives its key."""
    blob = cellar.blobs.keep(cast.party.public_id, io.BytesIO(pdf(name)))
    with cellar.work() as work:
        file = intake.receive(work, who.actor, work.rows.get_one(Party, cast.party.id),
                              intake.Arrived(f"{name}.pdf", blob.digest, blob.size))
        work.rows.flush()
        return file.id


def test_nothing_is_done_or_closed_without_a_file_that_shows_it(cellar: Cellar, people: Cast) -> None:
    key = opened(cellar, people)
    for act in ("plan", "agree"):
        with cellar.work() as work:
            if act == "plan":
                findings.plan(work, people.clerk.actor, row(work, key), "台帳を作ります。")
            else:
                findings.agree(work, people.reviewer2.actor, row(work, key))
    with pytest.raises(Incomplete) as bare, cellar.work() as work:
        findings.deliver(work, people.clerk.actor, row(work, key), "作りました。")
    assert set(bare.value.fields) == {"result"}
    file = kept(cellar, people, people.clerk, "台帳")
    with cellar.work() as work:
        findings.link(work, people.clerk.actor, row(work, key), work.rows.get_one(Evidence, file))
        findings.deliver(work, people.clerk.actor, row(work, key), "作りました。")
    with cellar.work() as work:
        work.rows.execute(sa.update(Evidence).where(Evidence.id == file).values(state="refused"))
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        findings.verify(work, people.approver.actor, row(work, key), "見ました。")
    assert set(refused.value.fields) == {"reason"}
    with cellar.read() as rows:
        assert rows.get_one(Finding, key).state == "done"


def test_an_acceptance_taken_back_asks_for_a_plan(cellar: Cellar, people: Cast, clock: Clock) -> None:
    key = opened(cellar, people)
    with cellar.work() as work:
        findings.accept_risk(work, people.approver.proven, row(work, key), "影響が限られる",
                             day_in(clock()) + timedelta(days=9))
    with pytest.raises(NotNow), cellar.work() as work:
        findings.reopen(work, people.reviewer.actor, row(work, key), "状況が変わった。")
    with cellar.work() as work:
        findings.take_back(work, people.reviewer.actor, row(work, key), "状況が変わった。")
    with cellar.read() as rows:
        found = rows.get_one(Finding, key)
        assert (found.state, found.closed_at, found.accepted_until) == ("open", None, None)
        letter = rows.scalars(sa.select(Mail).where(Mail.kind == "finding").order_by(Mail.id.desc()).limit(1)).one()
        assert "是正計画をご提出" in letter.body and "状況が変わった。" in letter.body
    corrected(cellar, people, key)


@pytest.mark.parametrize("whom", ["clerk", "approver"])
def test_only_who_may_follow_it_is_given_it(cellar: Cellar, people: Cast, whom: str) -> None:
    key = opened(cellar, people)
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        findings.give(work, people.reviewer.actor, row(work, key), getattr(people, whom).person_id)
    assert set(refused.value.fields) == {"owner"}
    with cellar.work() as work:
        findings.give(work, people.reviewer.actor, row(work, key), people.reviewer2.person_id)


def test_files_of_a_visit_are_not_offered_to_the_party_as_its_own(cellar: Cellar, people: Cast) -> None:
    visit = planned(cellar, people)
    photo, own = kept(cellar, people, people.reviewer, "予告なし"), kept(cellar, people, people.clerk, "台帳")
    with cellar.work() as work:
        for file in (photo, own):
            inspections.attach(work, people.reviewer.actor, work.rows.get_one(Inspection, visit),
                               work.rows.get_one(Evidence, file))
    with cellar.read() as rows:
        assert [file.id for file in files.usable(rows, people.clerk.actor, people.party.id)] == [own]
        assert {file.id for file in files.usable(rows, people.lead.actor, people.party.id)} == {photo, own}


def test_a_number_carries_the_year_of_japan(cellar: Cellar, people: Cast, clock: Clock) -> None:
    asked = flow.passed(cellar, people, LAB_03=review.Judgement(
        "LAB-03", "finding", "鍵がない", severity="high", due_on=date(2027, 1, 31)))
    clock.forward(days=36, hours=19)
    assert (clock().year, day_in(clock()).year) == (2026, 2027)
    with cellar.work() as work:
        approve.sign_off(work, replace(people.approver.actor, has_stepped_up=True),
                         work.rows.get_one(Attestation, flow.find(cellar, asked).id),
                         approve.Decision(flow.digest_of(cellar, asked)))
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Finding.number)).one() == "F-2027-0001"


def test_an_accepted_risk_counts_again_from_the_day_after_its_last(
        cellar: Cellar, people: Cast, clock: Clock) -> None:
    """Until then it waits for nobody; afterwards duties, law table and samples see the finding as they saw it before.

    A past day is told as it stood, whatever became of the acceptance since.
    """
    key = opened(cellar, people)
    with cellar.work() as work:
        engaged(work, people, "entrustment")
    until = row_due(cellar, key) + timedelta(days=20)
    clock.forward(days=1)
    with cellar.work() as work:
        findings.accept_risk(work, people.approver.proven, row(work, key), "影響が限られる", until)
    seen = [until, until + timedelta(days=1)]
    assert [late(cellar, people, day) for day in seen] == [False, True]
    with cellar.read() as rows:
        assert [list(rows.scalars(sa.select(Finding.id).where(unsettled.on(day)))) for day in seen] == [[], [key]]
    clock.forward(days=60)
    with cellar.work() as work:
        findings.take_back(work, people.reviewer.actor, row(work, key), "状況が変わった。")
    assert [late(cellar, people, day) for day in seen] == [False, True]


def test_the_law_table_sees_an_accepted_risk_past_its_day(cellar: Cellar, people: Cast, clock: Clock) -> None:
    under = reentrusted.contract(cellar, people)
    with cellar.work() as work:
        key = findings.raise_finding(work, people.reviewer.actor, work.rows.get_one(Party, people.party.id),
                                     findings.Found("鍵の管理台帳がない。", "critical", flow.DUE)).id
    until = flow.DUE + timedelta(days=20)
    clock.forward(days=1)
    with cellar.work() as work:
        findings.accept_risk(work, people.approver.proven, row(work, key), "影響が限られる", until)
        line = reentrusted.line_of(work, under)
        seen = [Ground(work.rows, work.catalogue, until + timedelta(days=days), [line]).overdue for days in (0, 1)]
    assert seen == [frozenset(), frozenset({people.party.id})]


def row_due(cellar: Cellar, key: int) -> date:
    """The finding's due day."""
    with cellar.read() as rows:
        return rows.get_one(Finding, key).due_on


def late(cellar: Cellar, cast: Cast, day: date) -> bool:
    """Whether the duties of a day hold the party's finding against it."""
    told = stands(cellar, cast, day)["entrustment"]
    return any(FINDING_LATE in reasons for _, _, reasons in told)
