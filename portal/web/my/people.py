"""The party's own people: everybody sees them, the officer invites and ends."""

from portal.models import Party
from portal.queries.visible import one
from portal.web import colleagues, current
from portal.web.colleagues import Reply, Where
from portal.web.my.room import room


def here() -> Where:
    """The actor's own party."""
    rows, actor = current.reading(), current.actor()
    party = rows.get_one(Party, actor.party_id)
    return Where(one(rows, actor, Party, party.public_id), "my")


@room.get("/people")
def people() -> Reply:
    """Show the people of the party and who was invited."""
    return colleagues.page(here())


@room.post("/people")
def invite_colleague() -> Reply:
    """Invite a colleague."""
    return colleagues.send(here())


@room.post("/people/invitations/<invitation_id>/<any(resend, withdraw):act>")
def colleague_invitation(invitation_id: str, act: str) -> Reply:
    """Send an invitation again, or take it back."""
    return colleagues.again(here(), invitation_id, act)


@room.post("/people/<person_id>/end")
def end_colleague(person_id: str) -> Reply:
    """End a colleague's place at the party."""
    return colleagues.end(here(), person_id)
