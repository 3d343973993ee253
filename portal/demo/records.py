"""The records of the demo: the joint-use notice and records of provision; what the policy leaves open is so marked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.actions import jointuse, provision
from portal.core.actor import Actor
from portal.core.dates import add_months
from portal.core.recordkeeping import ASKED
from portal.models import Party, ScopeLine
from portal.queries import jointuse as notices
from portal.queries import provision as kept
from portal.store.cellar import Cellar

OFFICE = "東京都千代田区神田錦町三丁目19番地　廣瀬第2ビル7階"
JA = {
    "fact": "当法人は、コーディネートの実施のため、次のとおり個人データを共同利用します（デモの文案）。",
    "items": "氏名、住所、検査データその他コーディネートに必要な項目（下の一覧のとおり）",
    "scope": "当法人と提携又は協力の関係にある国内外の機関（下の一覧のとおり）",
    "purpose": "ポリシーに掲げる利用目的のうち、コーディネートの実施及びこれに伴う事務",
    "responsible": "公益財団法人日本骨髄バンク", "address": OFFICE,
    "representative": "代表者の氏名（デモのため記載なし）",
}
EN = {
    "fact": "JMDP uses personal data jointly with the organisations below to carry out coordination (demo wording).",
    "items": "Names, addresses, examination data and other items needed for coordination, as listed below",
    "scope": "Organisations in Japan and abroad with which JMDP has a partnership, as listed below",
    "purpose": "Among the purposes of the policy, coordination and the administration that goes with it",
    "responsible": "Japan Marrow Donor Program",
    "address": "Hirose 2nd Building 7F, 3-19 Kanda Nishiki-cho, Chiyoda-ku, Tokyo 101-0054",
    "representative": "Name of the representative (not stated in the demo)",
}


def notice(cellar: Cellar, staff: Mapping[str, Actor], today: date) -> None:
    """Let the lead write a joint-use notice that covers the demo's joint users, and the approver publish it."""
    users = [party for party in cellar.catalogue.parties.values() if party.relation == "joint_use"]
    said = jointuse.Said(
        JA, EN, tuple({party.party_kind for party in users}),
        items=tuple({item for party in users for item in party.data_items}),
        purposes=tuple({purpose for party in users for purpose in party.purposes}))
    with cellar.work() as work:
        draft = jointuse.begin(work, staff["lead"])
        work.rows.flush()
        jointuse.save(work, staff["lead"], draft, said)
    with cellar.work() as work:
        draft = jointuse.begin(work, staff["lead"])
        jointuse.publish(work, staff["approver"], draft, today)


def look(cellar: Cellar, staff: Mapping[str, Actor]) -> None:
    """Let the lead look at the notice again, as once a year."""
    with cellar.work() as work:
        row = notices.newest(work.rows)
        if row is not None:
            jointuse.review(work, staff["lead"], row, "名称・住所・代表者・項目・範囲に変更のないことを確認（デモ）")


def provisions(cellar: Cellar, lead: Actor, today: date) -> None:
    """Make a record of the last month for each running line whose route wants one, and correct the first of them."""
    last, count = today.replace(day=1), 0
    with cellar.read() as rows:
        running = list(rows.scalars(sa.select(ScopeLine.id).where(ScopeLine.state == "active").order_by(ScopeLine.id)))
    for row_id in running:
        with cellar.work() as work:
            line = work.rows.get_one(ScopeLine, row_id, options=[joinedload(ScopeLine.engagement)])
            for record in kept.kinds(work.catalogue, line, line.engagement.relation):
                count += 1
                made = provision.Made(
                    record, "batch", add_months(last, -1), add_months(last, -1).replace(day=28), 12 + count,
                    tuple(line.items), f"DEMO/{last:%Y-%m}/{count:03d}", _said(work.rows.get_one(Party, line.party_id)))
                row = provision.make(work, lead, line, made)
                work.rows.flush()
                if count == 1:
                    provision.correct(work, lead, row, replace(made, persons=14), "件数の数え誤り（デモ）")


def _said(party: Party) -> dict[str, str]:
    """What every kind of record asks, filled in as a demo."""
    known = {"name": party.name_ja, "address": party.address or "所在地（架空）", "representative": "代表者名（架空）",
             "consent": "同意文言 第3版（架空）"}
    return {asked.name: known.get(asked.name, f"{asked.label.ja}（架空）") for kind in ASKED.values() for asked in kind}
