"""In whose hands the fictional parties of the demo are, and the searches that its people keep."""

from collections.abc import Mapping

import sqlalchemy as sa

from portal.actions import handing, saved
from portal.core.actor import Actor
from portal.models import Party, Person
from portal.store.cellar import Cellar

VIEWS = (
    ("lead", "主管する相手先", "parties", {"lead": "me"}, False),
    ("lead", "最重要の相手先", "parties", {"tier": "critical"}, True),
    ("lead", "30日以内に終了する契約", "contracts_ending", {"step": "30"}, False),
    ("reviewer", "期限を過ぎた指摘事項", "findings", {"view": "overdue"}, True),
    ("approver", "検査関係の点検票", "home", {"tab": "all", "q": "検査"}, False),
)
"""Who keeps which search under which name, and whether it is shared."""


def make(cellar: Cellar, staff: Mapping[str, Actor], parties: Mapping[str, Party]) -> None:
    """Hand two of three fictional parties to the lead, the third to the administrator who leads too; keep the views."""
    for key, turns in (("lead", (0, 1)), ("administrator", (2,))):
        ids = [party.id for turn, party in enumerate(parties.values()) if turn % 3 in turns]
        with cellar.work() as work:
            to = work.rows.get_one(Person, staff[key].person_id).public_id
            chosen = work.rows.execute(sa.select(Party.public_id, Party.version).where(Party.id.in_(ids)))
            handing.over(work, staff["lead"], dict(chosen.all()), to)
    with cellar.work() as work:
        for key, title, page, query, is_shared in VIEWS:
            view = saved.keep(work, staff[key], page, title, query)
            if is_shared:
                saved.share(work, staff[key], view)
