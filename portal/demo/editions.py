"""The demo's editions: a fictional policy of a few clauses, amended once, and the law table of the installation."""

from collections.abc import Mapping
from datetime import date

from portal.actions import editions
from portal.actions.editions import Loaded, Marks, Settled
from portal.core.actor import Actor
from portal.store.cellar import Cellar

FIRST = """【架空】見本の方針
I. 基本方針
1. リスクの確認
年に一度、リスクを見直す。
II. 個人データの取扱い
9. 安全管理
個人データを施錠して保管する。
10. 教育
職員に研修を行う。
11. 委託先の監督
委託先の取扱状況を点検する。
"""
SECOND = FIRST.replace("施錠して保管する。", "施錠して保管し、持ち出すときは暗号化する。")
MARKS = Marks(["II.9"], "【架空】持ち出すデータの暗号化を加えました。",
              "[Fictional] Data taken off the premises are encrypted.")


def first(cellar: Cellar, staff: Mapping[str, Actor], day: date) -> None:
    """Load and confirm the first edition, in force from that day (Japan)."""
    with cellar.work() as work:
        row = editions.load(work, staff["administrator"], Loaded("【架空】第1版", day, FIRST.encode()))
        editions.settle(work, staff["approver"], row, Settled(confirm=True))


def amended(cellar: Cellar, staff: Mapping[str, Actor], day: date) -> None:
    """Load, mark and confirm the second edition, in force from that day, and the law table of the installation."""
    with cellar.work() as work:
        row = editions.load(work, staff["administrator"], Loaded("【架空】第2版", day, SECOND.encode()))
        editions.mark(work, staff["administrator"], row, MARKS)
        editions.settle(work, staff["approver"], row, Settled(confirm=True))
        editions.settle(work, staff["approver"], editions.load_table(work, staff["administrator"]),
                        Settled(confirm=True))
