"""Who is acting: a person in the roles and the party chosen at sign-in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What a person may be; the first four are JMDP's, the last two a party's."""

    LEAD = "lead"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    OFFICER = "officer"
    CLERK = "clerk"
    SYSTEM = "system"


STAFF = frozenset({Role.LEAD, Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR})
PARTY = frozenset({Role.OFFICER, Role.CLERK})


@dataclass(frozen=True, slots=True)
class Principal:
    """An approver who is absent today, for whom somebody decides: the absence (public id), and their conflicts."""

    person_id: int
    name: str
    absence: str
    conflicts: frozenset[int] = frozenset()

    def is_free(self, thing: Any) -> bool:
        """Whether they have no interest in the thing's party and did not review the thing; None is any thing."""
        return thing is None or (thing.party_id not in self.conflicts and self.person_id not in thing.reviewer_ids)


@dataclass(frozen=True, slots=True)
class Actor:
    """One person acting now; `party_id` is set for a party's people only, conflicts hold party ids.

    `stands_in` are the absent approvers in whose stead the person may decide today.
    """

    person_id: int
    name: str
    roles: frozenset[Role]
    party_id: int | None = None
    title: str = ""
    language: str = "ja"
    zone: str = "Asia/Tokyo"
    conflicts: frozenset[int] = frozenset()
    granted: frozenset[int] = frozenset()
    is_sole_member: bool = False
    has_stepped_up: bool = False
    stands_in: tuple[Principal, ...] = ()

    @property
    def is_staff(self) -> bool:
        """Whether the person acts for JMDP."""
        return bool(self.roles & STAFF)

    @property
    def is_party_member(self) -> bool:
        """Whether the person acts for a party."""
        return self.party_id is not None and bool(self.roles & PARTY)


ANYONE = Actor(0, "", frozenset())
SYSTEM = Actor(0, "system", frozenset({Role.SYSTEM}))
