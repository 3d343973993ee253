"""What JMDP keeps on file in the built world: a joint-use notice in force and the next one in draft."""

from datetime import date

from portal.actions import jointuse
from portal.core.jointuse import MATTERS
from portal.models import JointUseDraft
from portal.store.cellar import Cellar
from tests.cast import Cast

SAID = jointuse.Said({matter: f"{text.ja}の記載" for matter, text in MATTERS.items()},
                     {matter: f"text of {matter}" for matter in MATTERS}, party_kinds=("testing_lab",),
                     items=("donor_code", "hla", "name"), purposes=("P01", "P04"))


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
