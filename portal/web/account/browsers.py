"""Where the person is signed in, each session with a button that ends it; and for whom they act."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug import Response

from portal.actions import sessions as acts
from portal.core.errors import NotFound
from portal.queries import accounts, places
from portal.queries.visible import GONE
from portal.web import current, gate
from portal.web.account.room import room


@room.get("/sessions")
def sessions() -> str:
    """Show the living sessions, the present one marked."""
    found = accounts.sessions(current.reading(), current.actor(), current.now())
    return render_template("account/sessions.html", sessions=found, present=current.session_id())


@room.post("/sessions/<public_id>/end")
def end_session(public_id: str) -> Response:
    """End one of the person's sessions."""
    with current.work() as work:
        acts.revoke(work, current.actor(), public_id)
    flash(gettext("That session has ended."))
    return redirect(url_for("account.sessions"), 303)


@room.post("/sessions/end-others")
def end_others() -> Response:
    """End every session but the present one."""
    with current.work() as work:
        count = acts.revoke_all(work, current.actor(), current.actor().person_id, but=current.session_id())
    flash(ngettext("%(num)s session has ended.", "%(num)s sessions have ended.", count))
    return redirect(url_for("account.sessions"), 303)


@room.get("/place")
def place() -> str:
    """Ask for whom a person of several places acts from now on."""
    found = places.of(current.reading(), current.actor().person_id)
    return render_template("account/place.html", places=found, present=current.actor().party_id)


@room.post("/place")
def move() -> Response:
    """Go on at another of the person's places."""
    found = places.of(current.reading(), current.actor().person_id)
    chosen = next((one for one in found if one.public_id == request.form.get("place", "")), None)
    if chosen is None:
        raise NotFound(GONE)
    with current.work() as work:
        secret = acts.move_to(work, current.actor(), current.session_id(), chosen.party_id)
    gate.enter(secret)
    roles = places.roles(current.reading(), current.actor().person_id)
    return redirect(gate.home(chosen.party_id, roles), 303)
