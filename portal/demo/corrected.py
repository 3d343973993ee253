"""The demo's findings: one in each state, each at a fictional party, carried on by both sides."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from portal.actions import findings, inspections, intake
from portal.actions.findings import Found
from portal.core import offices
from portal.core.readable import day_in
from portal.demo import papers
from portal.demo.story import At, World
from portal.demo.uploads import settle
from portal.models import Finding, Inspection, Party
from portal.store.work import Work

PLAN = "鍵の管理台帳を作成し、貸出しと返却を記録します。管理者が毎月確認します。"
DONE = "台帳の運用を開始し、先月分の点検を終えました。台帳の写しをご確認ください。"


def early(world: World, at: At) -> None:
    """Findings after a visit: one closed, one with its risk accepted, one that is overdue by now."""
    at(99)
    visit = _visit(world, "COURIER", 2)
    at(97)
    with world.cellar.work() as work:
        inspections.hold(work, world.staff["reviewer"], work.rows.get_one(Inspection, visit), inspections.Held(
            day_in(work.now()), "当法人：審査担当2名　相手先：運行管理課長ほか1名",
            "集荷から引渡しまでの記録は整っていました。保管庫の鍵の管理について、是正をお願いします。"))
    at(95)
    closed = _raise(world, "COURIER", Found("保管庫の鍵の貸出しが記録されていない。", "medium", None, visit), 40)
    accepted = _raise(world, "RES-A", Found("解析用端末の盗難防止ワイヤーが一部の机にない。", "low", None), 60)
    at(90)
    _do(world, closed, "COURIER", "plan", PLAN)
    at(88)
    with world.cellar.work() as work:
        findings.agree(work, world.staff["reviewer"], _row(work, closed))
        until = day_in(work.now()) + timedelta(days=300)
        findings.accept_risk(work, world.staff["approver"], _row(work, accepted),
                             "入退室が常時記録され、端末は暗号化済みであるため。", until)
    at(70)
    _prove(world, closed, "COURIER")
    _do(world, closed, "COURIER", "deliver", DONE)
    at(66)
    with world.cellar.work() as work:
        findings.verify(work, world.staff["approver"], _row(work, closed), "台帳の写しと運用状況を確認しました。")
    at(60)
    _raise(world, "CALL", Found("応対記録の画面に、業務に不要な項目が表示されている。", "high", None), 45)
    late = _raise(world, "PRINT", Found("刷り損じの廃棄証明が保管されていない。", "medium", None), 75)
    at(50)
    _do(world, late, "PRINT", "plan", "廃棄業者から証明書を受け取り、5年間保管します。")
    with world.cellar.work() as work:
        findings.agree(work, world.staff["reviewer"], _row(work, late))


def late(world: World, at: At) -> None:
    """The finding of this year's review: the party has sent its plan, which waits for an answer."""
    at(2)
    _visit(world, "HOSP-A", 25)
    with world.cellar.read() as rows:
        found = rows.scalars(sa.select(Finding.id).where(Finding.party_id == world.parties["LAB-C"].id)).all()
    for key in found:
        _do(world, key, "LAB-C", "plan", "復旧試験を来月実施し、記録を残します。担当は情報管理課です。")


def _visit(world: World, code: str, days: int) -> int:
    """A visit that the party was told of, so many days ahead."""
    with world.cellar.work() as work:
        party = work.rows.get_one(Party, world.parties[code].id)
        row = inspections.plan(work, world.staff["lead"], party, inspections.Planned(
            offices.next_open_day(day_in(work.now()) + timedelta(days=days), "JP"), "貴機関 本部",
            "入退室と保管庫の管理\n廃棄の記録\n教育の実施記録", "審査担当2名", "個人情報の管理を担当される方"))
        inspections.announce(work, world.staff["lead"], row)
        return row.id


def _raise(world: World, code: str, found: Found, days: int) -> int:
    with world.cellar.work() as work:
        due = day_in(work.now()) + timedelta(days=days)
        return findings.raise_finding(work, world.staff["reviewer"], work.rows.get_one(Party, world.parties[code].id),
                                      replace(found, due_on=due)).id


def _row(work: Work, key: int) -> Finding:
    return work.rows.get_one(Finding, key)


def _prove(world: World, key: int, code: str) -> None:
    """Let a clerk of the party attach a copy that shows the correction; it is examined."""
    party, clerk = world.parties[code], world.places[code].clerk
    paper = papers.document("鍵の管理台帳（写し）", party.name_ja, f"{world.cellar.clock():%Y-%m-%d}", pages=1)
    blob = world.cellar.blobs.keep(party.public_id, [paper])
    with world.cellar.work() as work:
        file = intake.receive(work, clerk, work.rows.get_one(Party, party.id), intake.Arrived(
            "鍵の管理台帳（写し）.pdf", blob.digest, blob.size))
        work.rows.flush()
        findings.link(work, clerk, _row(work, key), file)
    settle(world.cellar)


def _do(world: World, key: int, code: str, act: str, text: str) -> None:
    """Let a clerk of the party send its plan or report."""
    with world.cellar.work() as work:
        (findings.plan if act == "plan" else findings.deliver)(work, world.places[code].clerk, _row(work, key), text)
