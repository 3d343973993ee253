"""A decision in an absent approver's stead (代決) is kept as such, and the approver is told of it at once."""

from typing import Any

import sqlalchemy as sa

from portal.actions import letters
from portal.core.actor import Actor, Principal
from portal.core.acts import act
from portal.core.workflow import Move
from portal.models import Absence, Party, Person, ProxyDecision
from portal.store.work import Work


def keep(work: Work, actor: Actor, thing: Any, kind: Move, stead: tuple[Principal, str]) -> ProxyDecision:
    """Keep that a move was made in somebody's stead; `stead` is the absent approver and the digest decided on."""
    principal, digest = stead
    noun, number = str(thing.__tablename__), str(getattr(thing, "number", ""))
    absence = work.rows.scalars(sa.select(Absence).where(Absence.public_id == principal.absence)).one()
    row = ProxyDecision(
        absence_id=absence.id, person_id=principal.person_id, party_id=thing.party_id, noun=noun,
        thing=thing.public_id, number=number, move=kind.value, digest=digest,
        decided_by_id=actor.person_id, decided_at=work.now())
    work.rows.add(row)
    reader = letters.of_person(work.rows.get_one(Person, principal.person_id))
    party = work.rows.get_one(Party, row.party_id)
    letters.write(work, reader, "by_proxy", thing=row.thing, number=number, by=actor.name,
                  what=act(f"{noun}.{kind.value}").get(reader.language),
                  party=party.name(reader.language), decided_at=row.decided_at)
    return row
