"""The three duties of each engagement of some parties as of a day, from rows and ledger; see core/supervision."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core import policy, supervision
from portal.core.actor import Actor
from portal.core.catalogue import Catalogue
from portal.core.policy import Permission
from portal.core.supervision import Duty, Status
from portal.models import Assessment, Engagement, Party, Person
from portal.queries import supervised
from portal.queries.visible import visible_to


@dataclass(frozen=True, slots=True)
class Standing:
    """One engagement with its duties, and the worst of them."""

    engagement: Engagement
    duties: tuple[Duty, ...]
    status: Status


def standing(rows: Session, actor: Actor, catalogue: Catalogue, parties: Sequence[Party], as_of: date
             ) -> Mapping[int, list[Standing]]:
    """Give the engagements of each party (row id) as they stood at the end of a day in Japan, the oldest first.

    What the actor may not read is left out; the number of queries does not grow with them.
    """
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    shown = [party for party in parties if policy.may(actor, Permission.READ_PARTY, party)]
    for engagement, plain in supervised.load(rows, catalogue, shown, as_of):
        duties = supervision.duties(plain, as_of)
        found[engagement.party_id].append(Standing(engagement, duties, supervision.status(duties)))
    return found


def worst(standings: Sequence[Standing]) -> Status | None:
    """Give the worst status of a party's engagements; none where it has none."""
    return max((one.status for one in standings), key=supervision.WORST.index, default=None)


def assessments(rows: Session, actor: Actor, party: Party) -> list[tuple[Assessment, str]]:
    """Give a party's assessments with who made each, the latest first."""
    return [(row, name) for row, name in rows.execute(
        sa.select(Assessment, Person.name).join(Person, Person.id == Assessment.made_by_id)
        .where(Assessment.party_id == party.id, visible_to(actor, Assessment.party_id))
        .options(joinedload(Assessment.engagement)).order_by(Assessment.made_on.desc(), Assessment.id.desc()))]
