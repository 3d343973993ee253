"""Absences at the desk, a sign-off in somebody's stead as its people meet it, and how it stands in the packet."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core.workflow import Move
from portal.jobs import runner
from portal.jobs.kinds import KINDS
from portal.models import Absence, LoginSession, Packet, ProxyDecision
from portal.store.cellar import Cellar
from tests import away
from tests.actions import flow
from tests.cast import Cast, client
from tests.web.test_packet import inside
from tests.web.walk import Walk


def proven(cellar: Cellar) -> None:
    """Let everybody who is signed in have proven just now who they are."""
    with cellar.work() as work:
        work.rows.execute(sa.update(LoginSession).values(stepped_up_at=work.now()))


def test_an_absence_is_stated_confirmed_used_and_read_later(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id, first = flow.passed(cellar, people), away.today(cellar)
    boss, lead = Walk(client(app, cellar, people.approver)), Walk(client(app, cellar, people.lead))
    typed = {"person": people.approver.person_id, "from_on": first.isoformat(), "deputy_id": people.lead.person_id}
    page = boss.post("/desk/absences", 422, **typed, until_on=(first - timedelta(days=1)).isoformat())
    assert "不在の終了日は、開始日以後の日を選んでください" in page and f'value="{first}"' in page
    boss.post("/desk/absences", 303, **typed, until_on=(first + timedelta(days=3)).isoformat())
    with cellar.read() as rows:
        row = rows.scalars(sa.select(Absence)).one()
    assert "代決者の確認待ち" in lead.get("/desk/absences")
    assert "確認する" not in lead.get("/desk/absences")
    admin = Walk(client(app, cellar, people.administrator))
    assert "/account/step-up" in admin.post(f"/desk/absences/{row.public_id}/confirm")
    proven(cellar)
    admin.post(f"/desk/absences/{row.public_id}/confirm")
    assert "承認 三郎さんの不在中は、代決をお願いします" in lead.get("/desk/")
    page = lead.get(f"/desk/approvals/{public_id}")
    assert "不在の承認 三郎さんに代わる代決になります" in page
    lead.post(f"/desk/approvals/{public_id}/sign-off", digest=flow.digest_of(cellar, public_id))
    assert "後閲はまだ済んでいません" in lead.get(f"/desk/approvals/{public_id}")
    assert "不在の間に、1件の代決がありました" in boss.get("/desk/")
    with cellar.read() as rows:
        decision = rows.scalars(sa.select(ProxyDecision)).one()
    assert "主管 花子" in boss.get("/desk/later-readings")
    page = boss.post(f"/desk/later-readings/{decision.public_id}", 422, remark="長" * 1001)
    assert "長" * 1001 in page
    boss.post(f"/desk/later-readings/{decision.public_id}", 303, remark="異議ありません。")
    assert "異議ありません。" in lead.get(f"/desk/approvals/{public_id}")
    assert "代決がありました" not in boss.get("/desk/")


def test_a_packet_says_who_decided_in_whose_stead_and_the_later_reading(
        app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.passed(cellar, people)
    away.away(cellar, people, people.lead)
    lead, boss = Walk(client(app, cellar, people.lead)), Walk(client(app, cellar, people.approver))
    proven(cellar)
    lead.post(f"/desk/approvals/{public_id}/sign-off", digest=flow.digest_of(cellar, public_id))
    with cellar.read() as rows:
        decision = rows.scalars(sa.select(ProxyDecision)).one()
    boss.post(f"/desk/later-readings/{decision.public_id}", 303, remark="内々の所見")
    runner.drain(cellar, KINDS)
    with cellar.read() as rows:
        packets = {row.audience: row.public_id for row in rows.scalars(sa.select(Packet))}
    for audience, walk, door in (("internal", lead, "desk"), ("party", Walk(client(app, cellar, people.clerk)), "my")):
        found = inside(walk.client.get(f"/{door}/packets/{packets[audience]}/file").data)
        assert [(done.who.name, done.stead) for done in found.cover.approved] == [("主管 花子", "承認 三郎")]
        told = [act.what.ja for act in found.history]
        assert "承認（代決：承認 三郎不在のため）" in told and "後閲" in told
        assert "内々の所見" not in str(found)


def test_a_review_in_an_absent_reviewers_hand_says_until_when(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    flow.taken(cellar, people, public_id)
    other, mine = Walk(client(app, cellar, people.reviewer2)), Walk(client(app, cellar, people.reviewer))
    assert "まで不在です" not in other.get(f"/desk/reviews/{public_id}")
    first = away.today(cellar)
    mine.post("/desk/absences", person=people.reviewer.person_id, from_on=first.isoformat(),
              until_on=first.isoformat(), deputy_id=0)
    assert "まで不在です" in other.get(f"/desk/reviews/{public_id}")


@pytest.mark.parametrize("move", [Move.REFUSE, Move.END])
def test_a_deputy_who_is_refused_or_whose_time_was_ended_decides_nothing(
        app: Flask, cellar: Cellar, people: Cast, move: Move) -> None:
    public_id, row = flow.passed(cellar, people), away.stated(cellar, people, people.lead)
    admin, lead = Walk(client(app, cellar, people.administrator)), Walk(client(app, cellar, people.lead))
    proven(cellar)
    for act in ("refuse",) if move is Move.REFUSE else ("confirm", "end"):
        admin.post(f"/desk/absences/{row.public_id}/{act}")
    assert {Move.REFUSE: "不承認", Move.END: "終了"}[move] in lead.get("/desk/absences")
    lead.post(f"/desk/approvals/{public_id}/sign-off", 403, digest=flow.digest_of(cellar, public_id))
    admin.post(f"/desk/absences/{row.public_id}/confirm")
    assert away.standing(cellar, people.lead).stands_in == ()
