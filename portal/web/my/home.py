"""Home, the letter of a return, and the kept packets."""

from flask import redirect, render_template, url_for
from werkzeug import Response

from portal.core import policy
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.models import Attestation, Packet
from portal.queries import dividing, packets, tasks
from portal.queries.visible import one
from portal.web import current
from portal.web.downloads import packet_file
from portal.web.my.room import room


def sheet_of(public_id: str) -> tasks.Sheet:
    """An attestation of the actor's own party; NotFound for any other."""
    rows, actor = current.reading(), current.actor()
    found = one(rows, actor, Attestation, public_id, *tasks.WITH_ALL)
    return tasks.sheet(rows, actor, found, day_in(current.now()))


@room.get("/")
def home() -> str:
    """Show what there is to do, due first, and what is done."""
    todo, past = tasks.listing(current.reading(), current.actor())
    mine = dividing.mine(current.reading(), current.actor(), todo)
    return render_template("my/home.html", todo=todo, past=past, mine=mine, today=day_in(current.now()))


@room.get("/attestations/<public_id>/return")
def returned(public_id: str) -> str | Response:
    """Show the letter of a return, each question a link; without one, the task list."""
    sheet = sheet_of(public_id)
    if sheet.review is None:
        return redirect(url_for("my.attestation", public_id=public_id), 303)
    return render_template("my/returned.html", sheet=sheet)


@room.get("/packets/<public_id>/file")
def packet_download(public_id: str) -> Response:
    """Give the party its own copy of a packet; the internal one does not exist for it."""
    found = one(current.reading(), current.actor(), Packet, public_id, *packets.WITH_ALL)
    policy.require(current.actor(), Permission.READ_PACKET, found)
    return packet_file(found)
