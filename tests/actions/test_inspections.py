"""A visit is planned in silence, announced, recorded, and its findings and files stay with it."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.actions import findings, inspections, intake
from portal.actions.inspections import Held, Planned
from portal.core.errors import Incomplete, NotAllowed, NotFound, NotNow
from portal.core.readable import day_in
from portal.models import Finding, Inspection, LedgerEntry, Mail, Party
from portal.queries import inspections as asked
from portal.store.cellar import Cellar
from tests.cast import Cast
from tests.conftest import Clock
from tests.world import pdf

DAY = date(2026, 12, 10)
PLAN = Planned(DAY, "本社 会議室", "鍵の管理\n廃棄の記録", "審査 一子", "情報管理課")


def planned(cellar: Cellar, cast: Cast) -> int:
    """A visit that is planned; gives its key."""
    with cellar.work() as work:
        return inspections.plan(work, cast.reviewer.actor, work.rows.get_one(Party, cast.party.id), PLAN).id


def test_a_visit_from_its_plan_to_its_findings(cellar: Cellar, people: Cast, clock: Clock) -> None:
    key = planned(cellar, people)
    with cellar.read() as rows:
        public_id = rows.get_one(Inspection, key).public_id
        assert asked.told(rows, people.clerk.actor) == [] and rows.scalars(sa.select(Mail)).all() == []
        with pytest.raises(NotFound):
            asked.shown(rows, people.clerk.actor, public_id)
    with cellar.work() as work:
        inspections.announce(work, people.lead.actor, work.rows.get_one(Inspection, key))
    with pytest.raises(Incomplete) as early, cellar.work() as work:
        inspections.hold(work, people.reviewer.actor, work.rows.get_one(Inspection, key), Held(DAY, "全員", "x"))
    assert set(early.value.fields) == {"on"}
    clock.forward(days=(DAY - day_in(clock())).days + 1)
    with cellar.work() as work:
        inspections.hold(work, people.reviewer.actor, work.rows.get_one(Inspection, key),
                         Held(DAY, "審査 一子、情報管理課", "台帳を確認した。"))
    with cellar.work() as work:
        findings.raise_finding(work, people.reviewer.actor, work.rows.get_one(Party, people.party.id), findings.Found(
            "鍵の台帳がない。", "high", day_in(work.now()) + timedelta(days=30), key))
    with cellar.read() as rows:
        shown = asked.shown(rows, people.clerk.actor, public_id)
        assert (shown.visit.state, shown.visit.held_on) == ("held", DAY)
        assert [row.inspection_id for row in shown.findings] == [key]
        assert [row.id for row in asked.told(rows, people.officer.actor)] == [key]
        assert asked.told(rows, people.stranger.actor) == []
        events = rows.scalars(sa.select(LedgerEntry.event).where(LedgerEntry.noun == "inspection")
                              .order_by(LedgerEntry.id)).all()
        assert events == ["inspection.added", "inspection.announce", "inspection.visit"]
        assert rows.scalars(sa.select(Mail.recipient).where(Mail.kind == "inspection").order_by(Mail.id)).all() == [
            "officer@example.jp", "clerk@example.jp"] * 2
        assert rows.scalars(sa.select(Finding)).one().inspection_id == key


def test_the_party_hears_of_a_cancelled_visit_only_if_it_was_told(cellar: Cellar, people: Cast) -> None:
    silent, told = planned(cellar, people), planned(cellar, people)
    with cellar.work() as work:
        inspections.announce(work, people.lead.actor, work.rows.get_one(Inspection, told))
    for key in (silent, told):
        with pytest.raises(Incomplete), cellar.work() as work:
            inspections.cancel(work, people.lead.actor, work.rows.get_one(Inspection, key), " ")
        with cellar.work() as work:
            inspections.cancel(work, people.lead.actor, work.rows.get_one(Inspection, key), "大雪のため")
    blob = cellar.blobs.keep(people.party.public_id, io.BytesIO(pdf("写真")))
    with cellar.work() as work:
        photo = intake.receive(work, people.lead.actor, work.rows.get_one(Party, people.party.id),
                               intake.Arrived("写真.pdf", blob.digest, blob.size))
    with pytest.raises(NotNow), cellar.work() as work:
        inspections.attach(work, people.lead.actor, work.rows.get_one(Inspection, told), photo)
    with pytest.raises(NotNow), cellar.work() as work:
        inspections.announce(work, people.lead.actor, work.rows.get_one(Inspection, silent))
    with cellar.read() as rows:
        assert [row.id for row in asked.told(rows, people.clerk.actor)] == [told]
        assert len(rows.scalars(sa.select(Mail).where(Mail.kind == "inspection")).all()) == 4
        assert asked.listing(rows, people.lead.actor, "coming", 1) == []


@pytest.mark.parametrize("field", ["on", "place", "points", "ours"])
def test_a_plan_is_whole(cellar: Cellar, people: Cast, field: str) -> None:
    wrong = replace(PLAN, **{field: date(2026, 1, 1) if field == "on" else " "})
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        inspections.plan(work, people.lead.actor, work.rows.get_one(Party, people.party.id), wrong)
    assert set(refused.value.fields) == {field}
    with pytest.raises(NotAllowed), cellar.work() as work:
        inspections.plan(work, people.approver.actor, work.rows.get_one(Party, people.party.id), PLAN)
