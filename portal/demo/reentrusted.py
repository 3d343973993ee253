"""The demo's re-entrustments: a tree of three tiers, and requests in the hands of each side, of fictional parties."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from portal.actions import consent, intake, reentrustment
from portal.actions.reentrustment import Said
from portal.core.readable import day_in
from portal.demo import papers
from portal.demo.story import At, World
from portal.demo.uploads import settle
from portal.models import Contract, Party, Reentrustment, ScopeLine
from portal.store.work import Work

WATCH = Said(
    "【架空】例示夜間監視株式会社", "Reiji Night Watch Co. (demo)", "JP", work="夜間・休日の稼働監視と一次対応",
    reason="24時間の監視要員を確保するため。",
    safeguards="専用端末からのみ接続し、操作を録画する。契約で同等の義務を課し、年1回の実地点検を行う。")
CLOUD = Said(
    "【架空】仮想バックアップ保管株式会社", "Kaso Backup Storage Co. (demo)", "JP",
    work="暗号化したバックアップ媒体の保管", reason="遠隔地での保管が必要なため。",
    safeguards="鍵は当社のみが保有する。入退室を記録し、半期ごとに在庫を照合する。")
ABROAD = Said(
    "【架空】見本配列解析センター", "Sample Sequencing Center (demo)", "US", work="確認検査の一部の配列解析",
    reason="国内に対応できる機器がないため。",
    safeguards="検体番号のみを渡し、解析後30日以内に消去する。現地の制度と措置を年1回確認する。")
SORTING = Said(
    "【架空】例示封入発送株式会社", "Reiji Mailing Co. (demo)", "JP", work="印刷物の封入と発送",
    reason="繁忙期の処理能力を補うため。", safeguards="宛名データは当日のみ保持し、消去の証明を受け取る。")
PAPERS = Said(
    "【架空】仮想書類保管株式会社", "Kaso Records Co. (demo)", "JP", work="年末調整の書類の保管",
    reason="耐火書庫を備えていないため。", safeguards="施錠した専用区画に保管し、出し入れを記録する。")
CONDITION = "年1回の点検結果を当法人へ報告すること。当法人の承諾なく取扱場所を変更しないこと。"


def early(world: World, at: At) -> None:
    """A body of the second tier and one below it, both consented to; the outer one ends before long."""
    at(49.5)
    watch = _asked(world, "SYS-A", WATCH, (15, 300))
    at(49)
    _consented(world, watch)
    cloud = _asked(world, "SYS-A", replace(CLOUD, under=watch), (20, 100))
    at(48.5)
    _consented(world, cloud)


def late(world: World, at: At) -> None:
    """Requests where they are now: two to be examined, one to be decided, one asked back, one still a draft."""
    at(1.5)
    _asked(world, "LAB-A", ABROAD, (30, 200), with_file=True)
    _asked(world, "PAYROLL", PAPERS, (30, 300))
    decided, back = (_asked(world, code, SORTING, (20, 200)) for code in ("PRINT", "CALL"))
    _drafted(world, "SYS-A", Said("【架空】見本機器保守株式会社", country="JP"), (40, 200))
    with world.cellar.work() as work:
        consent.pass_on(work, world.staff["reviewer"], _row(work, decided), "安全管理措置と契約書の写しを確認した。")
        consent.hand_back(work, world.staff["reviewer2"], _row(work, back), "取扱場所の所在地をご追記ください。")


def _row(work: Work, public_id: str) -> Reentrustment:
    return work.rows.scalars(sa.select(Reentrustment).where(Reentrustment.public_id == public_id)).one()


def _drafted(world: World, code: str, said: Said, days: tuple[int, int]) -> str:
    """A draft under the party's contract, given all data of its first line, between two days from now."""
    with world.cellar.work() as work:
        contract = work.rows.scalars(sa.select(Contract).where(
            Contract.party_id == world.parties[code].id).order_by(Contract.id).limit(1)).one()
        line = work.rows.scalars(sa.select(ScopeLine).where(
            ScopeLine.contract_id == contract.id).order_by(ScopeLine.id).limit(1)).one()
        first, last = (day_in(work.now()) + timedelta(days=number) for number in days)
        return reentrustment.begin(work, world.places[code].clerk, contract, replace(
            said, starts_on=first, ends_on=last, items={line.public_id: tuple(line.items)})).public_id


def _asked(world: World, code: str, said: Said, days: tuple[int, int], *, with_file: bool = False) -> str:
    """A request that the party's officer has sent."""
    made = _drafted(world, code, said, days)
    if with_file:
        _show(world, code, made)
    with world.cellar.work() as work:
        reentrustment.send(work, world.places[code].officer, _row(work, made))
    return made


def _consented(world: World, public_id: str) -> None:
    """Let a reviewer examine a request and another person consent to it."""
    with world.cellar.work() as work:
        consent.pass_on(work, world.staff["reviewer"], _row(work, public_id), "安全管理措置と契約書の写しを確認した。")
    with world.cellar.work() as work:
        row = _row(work, public_id)
        consent.consent(work, world.staff["approver"], row, row.ends_on, CONDITION)


def _show(world: World, code: str, public_id: str) -> None:
    """Let a clerk attach a copy of the contract with the body; it is examined."""
    party, clerk = world.parties[code], world.places[code].clerk
    paper = papers.document("再委託契約書（写し）", party.name_ja, f"{world.cellar.clock():%Y-%m-%d}", pages=1)
    blob = world.cellar.blobs.keep(party.public_id, [paper])
    with world.cellar.work() as work:
        file = intake.receive(work, clerk, work.rows.get_one(Party, party.id), intake.Arrived(
            "再委託契約書（写し）.pdf", blob.digest, blob.size))
        work.rows.flush()
        reentrustment.link(work, clerk, _row(work, public_id), file)
    settle(world.cellar)
