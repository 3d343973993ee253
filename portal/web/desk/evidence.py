"""Evidence on the staff's side: pages as pictures in the workspace's pane, the original as a download."""

from flask import Response

from portal.web import viewing
from portal.web.desk.room import room


@room.get("/evidence/<public_id>", endpoint="evidence")
def shown(public_id: str) -> str:
    """Show the pages of one file as pictures."""
    return viewing.page(public_id, "desk")


@room.get("/evidence/<public_id>/pages/<int:number>", endpoint="evidence_page")
def picture(public_id: str, number: int) -> Response:
    """Give the picture of one page."""
    return viewing.picture(public_id, number)


@room.get("/evidence/<public_id>/original", endpoint="evidence_original")
def original(public_id: str) -> Response:
    """Give the file as it was sent, as a download in a sandbox."""
    return viewing.original(public_id)
