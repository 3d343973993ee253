"""People as they are named on paper: read once, with the role they acted in."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.models import Membership, Party, Person
from portal.packet import value
from portal.packet.gather.wording import ISSUER, state
from portal.packet.value import Words

PORTAL = value.Person(name="portal", role=Words("システム", "System"), body=ISSUER)


class People:
    """Names by person id; a party's people are named with their place there, all others with JMDP."""

    def __init__(self, rows: Session, party: Party) -> None:
        self._rows = rows
        self._names: dict[int, str] = {}
        self.body = Words(party.name_ja, party.name_en or party.name_ja)
        self._places = dict(rows.execute(
            sa.select(Membership.person_id, Membership.role).where(Membership.party_id == party.id)).all())

    def named(self, person_id: int | None, role: str = "") -> value.Person:
        """Give a person as named on paper; the portal itself where nobody acted."""
        if not person_id:
            return PORTAL
        if person_id not in self._names:
            found = self._rows.get(Person, person_id)
            self._names[person_id] = found.name if found else "–"
        if person_id in self._places:
            return value.Person(name=self._names[person_id], role=state("role", self._places[person_id]),
                                body=self.body)
        return value.Person(name=self._names[person_id], role=state("role", role or "lead"), body=ISSUER)
