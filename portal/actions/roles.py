"""Roles at JMDP: most are given by one administrator, approver's and administrator's by two; each change is mailed."""

import sqlalchemy as sa

from portal.actions import letters, people, record
from portal.core.actor import Actor, Role
from portal.core.errors import N_, Incomplete
from portal.core.policy import Permission
from portal.core.words import word
from portal.core.workflow import Move
from portal.models import Person, RoleGrant, StaffRole
from portal.store.work import Work

BY_TWO = frozenset({Role.APPROVER, Role.ADMINISTRATOR})
STEP_UP = N_("Prove once more who you are before you change what a person may do.")
LAST = N_("This is the last administrator. Give the role to somebody else first.")


def give(work: Work, actor: Actor, person: Person, role: Role) -> RoleGrant | None:
    """Give a role at once, or propose one that a second administrator must confirm; gives the proposal, if any."""
    _require(actor)
    if role in BY_TWO:
        return _proposed(work, actor, person, role)
    people.grant(work, actor, person, role)
    _tell(work, person, "role_granted", role)
    return None


def _proposed(work: Work, actor: Actor, person: Person, role: Role) -> RoleGrant:
    open_one = work.rows.scalar(sa.select(RoleGrant).where(
        RoleGrant.person_id == person.id, RoleGrant.role == role.value, RoleGrant.state == "proposed"))
    if open_one is not None:
        return open_one
    row = RoleGrant(person_id=person.id, role=role.value, made_by_id=actor.person_id, made_at=work.now())
    work.rows.add(row)
    record.note(work, actor, row, "proposed", person=person.public_id, role=role.value)
    for reader in letters.of_role(work, Role.ADMINISTRATOR):
        if reader.person_id not in (actor.person_id, person.id):
            letters.write(work, reader, "role_proposed", person=person.name, proposer=actor.name,
                          role=word("role", role.value).get(reader.language))
    return row


def decide(work: Work, actor: Actor, proposal: RoleGrant, move: Move) -> None:
    """Confirm, refuse or withdraw a proposal; who proposed it, and whom it is for, cannot confirm it."""
    _require(actor)
    record.move(work, actor, proposal, move, role=proposal.role)
    proposal.decided_by_id, proposal.decided_at = actor.person_id, work.now()
    if move is Move.CONFIRM:
        person = work.rows.get_one(Person, proposal.person_id)
        people.grant(work, actor, person, Role(proposal.role))
        _tell(work, person, "role_granted", Role(proposal.role))


def take(work: Work, actor: Actor, person: Person, role: Role) -> None:
    """Take a role from a person; the last administrator keeps theirs."""
    _require(actor)
    if role is Role.ADMINISTRATOR and is_last_administrator(work, person):
        raise Incomplete(LAST)
    gone = work.rows.execute(
        sa.delete(StaffRole).where(StaffRole.person_id == person.id, StaffRole.role == role.value))
    if getattr(gone, "rowcount", 0):
        record.note(work, actor, person, "revoked", role=role.value)
        _tell(work, person, "role_revoked", role)


def is_last_administrator(work: Work, person: Person) -> bool:
    """Whether nobody else could administer the portal without this person."""
    holders = set(work.rows.scalars(
        sa.select(StaffRole.person_id).join(Person, Person.id == StaffRole.person_id)
        .where(StaffRole.role == Role.ADMINISTRATOR.value, Person.is_active)))
    return holders == {person.id}


def _require(actor: Actor) -> None:
    record.require(actor, Permission.MANAGE_PEOPLE)
    record.require_proof(actor, STEP_UP)


def _tell(work: Work, person: Person, what: str, role: Role) -> None:
    letters.notice(work, person, what, role=word("role", role.value).get(person.language))
