"""The people of a party as JMDP's staff see them; the lead invites and ends."""

from portal.models import Party
from portal.queries.visible import one
from portal.web import colleagues, current
from portal.web.colleagues import Reply, Where
from portal.web.desk.room import room


def there(public_id: str) -> Where:
    """The party of the page; NotFound when there is none."""
    return Where(one(current.reading(), current.actor(), Party, public_id), "desk")


@room.get("/parties/<public_id>/people")
def people(public_id: str) -> Reply:
    """Show the people of a party and who was invited."""
    return colleagues.page(there(public_id))


@room.post("/parties/<public_id>/people")
def invite_colleague(public_id: str) -> Reply:
    """Invite somebody to the party."""
    return colleagues.send(there(public_id))


@room.post("/parties/<public_id>/people/invitations/<invitation_id>/<any(resend, withdraw):act>")
def colleague_invitation(public_id: str, invitation_id: str, act: str) -> Reply:
    """Send an invitation again, or take it back."""
    return colleagues.again(there(public_id), invitation_id, act)


@room.post("/parties/<public_id>/people/<person_id>/end")
def end_colleague(public_id: str, person_id: str) -> Reply:
    """End a person's place at the party."""
    return colleagues.end(there(public_id), person_id)
