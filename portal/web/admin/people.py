"""People: the list with its search, one person with roles, places and what they may do."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import leave, roles
from portal.actions.people import GRANTABLE
from portal.core import rights
from portal.core.actor import Role
from portal.core.errors import Incomplete, NotFound
from portal.core.workflow import Move
from portal.models import Person
from portal.queries import people as known
from portal.queries.visible import GONE
from portal.store.work import Work
from portal.web import current
from portal.web.admin.room import room
from portal.web.errors import said

ACTS = {"close": leave.close, "reopen": leave.reopen, "sign-out": leave.sign_out_everywhere,
        "lost-factor": leave.lost_factor}


@room.get("/people", endpoint="people")
def listing() -> str:
    """List people, by name or address, with proposals and open invitations to JMDP's side."""
    rows, actor = current.reading(), current.actor()
    words, page = request.args.get("q", "")[:100], current.page()
    found = known.listing(rows, actor, words, page)
    return render_template(
        "admin/people.html", found=found[:known.PAGE], more=len(found) > known.PAGE, words=words, page=page,
        proposals=known.proposals(rows, actor), invitations=known.invitations(rows, actor, None), now=current.now())


@room.get("/people/<public_id>", endpoint="person")
def person(public_id: str) -> str:
    """Show one person: roles, places, what they may do where, and what can be done."""
    somebody = known.one(current.reading(), current.actor(), public_id)
    may = [(party, rights.effective(actor)) for party, actor in known.actors(somebody)]
    open_roles = [role for role in Role if role in GRANTABLE and role not in somebody.roles]
    return render_template("admin/person.html", somebody=somebody, may_do=may, open_roles=open_roles,
                           by_two=roles.BY_TWO)


def of(work: Work, public_id: str) -> Person:
    """The person an act is about."""
    return known.one(work.rows, current.actor(), public_id).person


def role_of(text: str) -> Role:
    """The role that a form names; NotFound for none that can be granted."""
    if text not in GRANTABLE:
        raise NotFound(GONE)
    return Role(text)


def back(public_id: str) -> Response:
    """To the person's page."""
    return redirect(url_for("admin.person", public_id=public_id), 303)


@room.post("/people/<public_id>/roles", endpoint="give_role")
def give(public_id: str) -> Response:
    """Give a role, or propose one that a second administrator confirms."""
    role = role_of(request.form.get("role", ""))
    with current.work() as work:
        proposal = roles.give(work, current.actor(), of(work, public_id), role)
    flash(gettext("Proposed. It holds once a second administrator has confirmed it.") if proposal
          else gettext("The role is given. The person was told by mail."))
    return back(public_id)


@room.post("/people/<public_id>/roles/<role>/take", endpoint="take_role")
def take(public_id: str, role: str) -> Response:
    """Take a role from a person."""
    try:
        with current.work() as work:
            roles.take(work, current.actor(), of(work, public_id), role_of(role))
        flash(gettext("The role is taken. The person was told by mail."))
    except Incomplete as error:
        flash(said(error), "error")
    return back(public_id)


@room.post("/people/<public_id>/<any(close, reopen, 'sign-out', 'lost-factor'):act>", endpoint="person_act")
def person_act(public_id: str, act: str) -> Response:
    """Close or reopen the account, end its sessions, or take away a lost second factor."""
    try:
        with current.work() as work:
            ACTS[act](work, current.actor(), of(work, public_id))
        flash(gettext("Done. The person was told by mail."))
    except Incomplete as error:
        flash(said(error), "error")
    return back(public_id)


@room.post("/proposals/<public_id>/<any(confirm, refuse, withdraw):move>", endpoint="decide")
def decide(public_id: str, move: str) -> Response:
    """Confirm, refuse or withdraw a proposed role."""
    with current.work() as work:
        roles.decide(work, current.actor(), known.proposal(work.rows, current.actor(), public_id), Move(move))
    flash(gettext("The role is given. The person was told by mail.") if move == "confirm" else gettext("Done."))
    return redirect(url_for("admin.people"), 303)
