"""What JMDP keeps on file in the built world: a joint-use notice in force and the next one in draft."""

from datetime import date

from portal.actions import jointuse, provision
from portal.core.jointuse import MATTERS
from portal.models import JointUseDraft
from portal.store.cellar import Cellar
from tests.cast import Cast

SAID = jointuse.Said({matter: f"{text.ja}の記載" for matter, text in MATTERS.items()},
                     {matter: f"text of {matter}" for matter in MATTERS}, party_kinds=("testing_lab",),
                     items=("donor_code", "hla", "name"), purposes=("P01", "P04"))
SETTING = provision.Setting("batch", "コーディネート基幹システム提供簿")
RECORD = provision.Made(
    "provision_record", "batch", date(2026, 9, 1), date(2026, 9, 30), 40, ("donor_code", "hla"), "CORE/2026-09",
    {"name": "見本検査センター", "address": "東京都千代田区見本1-1", "representative": "見本 一郎", "consent": "第3版"})



def build(cellar: Cellar, cast: Cast, today: date) -> dict[str, str]:
    """Make it through the verbs of the pages; gives what stands for parameters of addresses."""
    for _ in range(2):
        with cellar.work() as work:
            draft = jointuse.begin(work, cast.lead.actor)
            work.rows.flush()
            jointuse.save(work, cast.lead.actor, draft, SAID)
        with cellar.work() as work:
            if jointuse.notices.newest(work.rows) is None:
                jointuse.publish(work, cast.approver.actor, work.rows.get_one(JointUseDraft, 1), today)
    return {"notice": "1"}
