"""The records of the demo: JMDP's joint-use notice; what the policy leaves open is marked so."""

from collections.abc import Mapping
from datetime import date

from portal.actions import jointuse
from portal.core.actor import Actor
from portal.queries import jointuse as notices
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
