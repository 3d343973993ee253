"""Parties handed over to another lead (担当の変更): many at once, all of them or none, each with its ledger entry."""

from collections.abc import Mapping

import sqlalchemy as sa

from portal.actions import letters, record
from portal.core.actor import Actor
from portal.core.errors import N_, Incomplete, Stale
from portal.core.handing import MOST
from portal.core.policy import Permission
from portal.models import Party
from portal.queries import handing
from portal.store.work import Work

CHANGED = N_("Nothing was handed over: some of these parties were changed meanwhile. Look at the list again.")
NO_LEAD = N_("Choose who takes the parties over")
NAMED = 20
"""How many parties the letter to the new lead names; the register shows them all."""


def over(work: Work, actor: Actor, seen: Mapping[str, int], to: str) -> int:
    """Hand parties over to a lead (public ids), each in the version that was seen; gives how many. The lead is told.

    Incomplete where none is chosen, too many are, or nobody who leads is named. Stale where one was changed since or
    can no longer be handed over; its `theirs` are the public ids of those.
    """
    record.require(actor, Permission.EDIT_PARTY)
    lead = next((person for person in handing.leads(work.rows) if person.public_id == to), None)
    if lead is None:
        raise Incomplete(NO_LEAD, {"to": NO_LEAD})
    if not seen:
        raise Incomplete("Choose at least one party")
    if len(seen) > MOST:
        raise Incomplete("At most %(most)s parties are handed over at once.", most=MOST)
    found = list(work.rows.scalars(sa.select(Party).where(Party.public_id.in_(sorted(seen))).order_by(Party.id)))
    touched = handing.plan(work.rows, actor, found, lead).touched
    fresh = {party.public_id for party in touched if party.version == seen[party.public_id]}
    if stale := sorted(set(seen) - fresh):
        raise Stale(CHANGED, theirs=stale)
    for party in touched:
        party.lead_id = lead.id
        record.note(work, actor, party, "handed_over", lead=lead.public_id)
    if lead.id != actor.person_id:
        reader = letters.of_person(lead)
        letters.write(work, reader, "handed_over", thing=lead.public_id, giver=actor.name, count=len(touched),
                      names=[party.name(reader.language) for party in touched[:NAMED]])
    return len(touched)
