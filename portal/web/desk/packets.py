"""Packets: what is made, how far it is, and the kept bytes."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import packets as acts
from portal.models import Attestation, Packet
from portal.queries import packets as kept
from portal.queries.visible import one
from portal.web import current
from portal.web.desk.room import room
from portal.web.downloads import packet_file


@room.get("/packets")
def packets() -> str:
    """List the packets, newest first; `?of=` narrows to one attestation."""
    of, page = request.args.get("of", ""), current.page()
    found = kept.listing(current.reading(), current.actor(), of, page)
    return render_template("desk/packets.html", found=found[:kept.PAGE], more=len(found) > kept.PAGE, of=of, page=page)


@room.get("/packets/<public_id>")
def packet(public_id: str) -> str:
    """Show one packet: state, progress, digests; the page asks again by itself while it is being built."""
    found = one(current.reading(), current.actor(), Packet, public_id, *kept.WITH_ALL)
    return render_template("desk/packet.html", packet=found)


@room.get("/packets/<public_id>/file")
def packet_download(public_id: str) -> Response:
    """Give the kept bytes."""
    return packet_file(one(current.reading(), current.actor(), Packet, public_id, *kept.WITH_ALL))


@room.post("/packets")
def ask_packet() -> Response:
    """Ask for the packet of a signed-off attestation."""
    with current.work() as work:
        found = one(work.rows, current.actor(), Attestation, request.form.get("of", ""))
        audience = "party" if request.form.get("audience") == "party" else "internal"
        made = acts.ask(work, current.actor(), found, audience)
    return redirect(url_for("desk.packet", public_id=made.public_id), 303)


@room.post("/packets/<public_id>/again")
def packet_again(public_id: str) -> Response:
    """Try a failed packet again."""
    with current.work() as work:
        acts.again(work, current.actor(), one(work.rows, current.actor(), Packet, public_id))
    flash(gettext("It will be built again."))
    return redirect(url_for("desk.packet", public_id=public_id), 303)


@room.post("/packets/<public_id>/withdraw")
def packet_withdraw(public_id: str) -> Response:
    """Withdraw a kept packet with a reason."""
    with current.work() as work:
        acts.withdraw(work, current.actor(), one(work.rows, current.actor(), Packet, public_id),
                      request.form.get("reason", ""))
    flash(gettext("Withdrawn. The verification page says so from now on."))
    return redirect(url_for("desk.packet", public_id=public_id), 303)
