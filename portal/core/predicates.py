"""Small yes/no questions about who is acting on what; the words of core/policy."""

from typing import Any

from portal.core.actor import Actor, Role


def is_anyone(actor: Actor, thing: Any) -> bool:
    """Everybody, signed in or not."""
    return True


def is_signed_in(actor: Actor, thing: Any) -> bool:
    """A person with a session."""
    return actor.person_id > 0


def is_system(actor: Actor, thing: Any) -> bool:
    """The portal itself, in a job."""
    return Role.SYSTEM in actor.roles


def is_staff(actor: Actor, thing: Any) -> bool:
    """A person of JMDP in any role."""
    return actor.is_staff


def is_lead(actor: Actor, thing: Any) -> bool:
    """JMDP's supervision lead."""
    return Role.LEAD in actor.roles


def is_reviewer(actor: Actor, thing: Any) -> bool:
    """A reviewer of JMDP."""
    return Role.REVIEWER in actor.roles


def is_approver(actor: Actor, thing: Any) -> bool:
    """An approver of JMDP."""
    return Role.APPROVER in actor.roles


def stands_in(actor: Actor, thing: Any) -> bool:
    """A person of JMDP who was named to decide for an approver that is absent today (代決)."""
    return bool(actor.stands_in)


def is_for_a_free_approver(actor: Actor, thing: Any) -> bool:
    """Somebody for whom the actor decides could decide this too: an interest or a review is not passed on."""
    return any(principal.is_free(thing) for principal in actor.stands_in)


def is_administrator(actor: Actor, thing: Any) -> bool:
    """An administrator of the portal."""
    return Role.ADMINISTRATOR in actor.roles


def is_auditor(actor: Actor, thing: Any) -> bool:
    """An outside auditor."""
    return Role.AUDITOR in actor.roles


def is_granted(actor: Actor, thing: Any) -> bool:
    """The thing's party is in the set that the auditor was given."""
    return thing is not None and thing.party_id in actor.granted


def is_party_member(actor: Actor, thing: Any) -> bool:
    """A person of a party."""
    return actor.is_party_member


def is_party_officer(actor: Actor, thing: Any) -> bool:
    """The responsible person of a party."""
    return actor.is_party_member and Role.OFFICER in actor.roles


def belongs_to(actor: Actor, thing: Any) -> bool:
    """The thing is of the actor's own party."""
    return thing is not None and actor.party_id is not None and thing.party_id == actor.party_id


def is_for_party(actor: Actor, thing: Any) -> bool:
    """The thing was made for the party, without JMDP's internal notes."""
    return bool(thing.audience == "party")


def is_sole_member(actor: Actor, thing: Any) -> bool:
    """The party has no second person (individuals, small bodies)."""
    return actor.is_sole_member


def did_not_prepare_alone(actor: Actor, thing: Any) -> bool:
    """Somebody else of the party also prepared what is certified."""
    return any(person != actor.person_id for person in thing.preparer_ids)


def did_not_review(actor: Actor, thing: Any) -> bool:
    """The actor took no part in the review (policy II.11, four eyes)."""
    return actor.person_id not in thing.reviewer_ids


def did_not_register(actor: Actor, thing: Any) -> bool:
    """The thing was made by another person."""
    return bool(thing.made_by_id != actor.person_id)


def did_not_load(actor: Actor, thing: Any) -> bool:
    """The thing was loaded by another person."""
    return bool(thing.loaded_by_id != actor.person_id)


def is_for_another(actor: Actor, thing: Any) -> bool:
    """The thing concerns another person than the actor."""
    return bool(thing.person_id != actor.person_id)


def is_own(actor: Actor, thing: Any) -> bool:
    """The thing is the actor's own."""
    return bool(thing.person_id == actor.person_id)


def is_not_deputy(actor: Actor, thing: Any) -> bool:
    """The thing does not make the actor somebody's deputy."""
    return bool(thing.deputy_id != actor.person_id)


def has_no_conflict(actor: Actor, thing: Any) -> bool:
    """The actor has declared no conflict of interest with the thing's party."""
    return thing is None or thing.party_id not in actor.conflicts
