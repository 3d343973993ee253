"""Leaving: a place at a party ends, an account is closed or opened again; what was said stays said."""

import sqlalchemy as sa

from portal.actions import credentials, letters, record, sessions
from portal.actions.roles import LAST, STEP_UP, is_last_administrator
from portal.core.actor import Actor
from portal.core.errors import Incomplete
from portal.core.policy import Permission
from portal.models import Membership, Party, Person
from portal.store.work import Work


def party(work: Work, actor: Actor, membership: Membership) -> None:
    """End a person's place at a party; its last officer stays until there is another one."""
    place = work.rows.get_one(Party, membership.party_id)
    record.require(actor, Permission.INVITE, place)
    if membership.role == "officer" and _officers(work, place.id) == {membership.person_id}:
        raise Incomplete("This is the party's only officer. Invite another officer first.")
    membership.is_active = False
    person = work.rows.get_one(Person, membership.person_id)
    record.note(work, actor, place, "left", person=person.public_id)


def _officers(work: Work, party_id: int) -> set[int]:
    return set(work.rows.scalars(
        sa.select(Membership.person_id).join(Person, Person.id == Membership.person_id)
        .where(Membership.party_id == party_id, Membership.role == "officer", Membership.is_active, Person.is_active)))


def close(work: Work, actor: Actor, person: Person) -> None:
    """Close an account: its sessions end, nobody can sign in with it; the last administrator's stays open."""
    _require(actor)
    if is_last_administrator(work, person):
        raise Incomplete(LAST)
    person.is_active = False
    record.note(work, actor, person, "closed")
    sessions.revoke_all(work, actor, person.id)
    letters.notice(work, person, "closed")


def reopen(work: Work, actor: Actor, person: Person) -> None:
    """Open a closed account again; roles and places are as they were."""
    _require(actor)
    person.is_active = True
    record.note(work, actor, person, "reopened")
    letters.notice(work, person, "reopened")


def sign_out_everywhere(work: Work, actor: Actor, person: Person) -> int:
    """End all sessions of a person; gives how many."""
    _require(actor)
    return sessions.revoke_all(work, actor, person.id)


def lost_factor(work: Work, actor: Actor, person: Person) -> None:
    """Take away a second factor that was lost with its codes; the person sets up another one at the next sign-in."""
    _require(actor)
    credentials.take_second_factor(work, actor, person)
    sessions.revoke_all(work, actor, person.id)


def _require(actor: Actor) -> None:
    record.require(actor, Permission.MANAGE_PEOPLE)
    record.require_proof(actor, STEP_UP)
