"""Many parties of the register at once: the ticked ones, or all that fit the filter, led to the act that was chosen."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug import Response

from portal.actions import handing as acts
from portal.core.errors import Incomplete, Stale
from portal.core.handing import MOST
from portal.core.policy import Permission, require
from portal.core.saved import PAGES
from portal.queries import handing, parties
from portal.web import current
from portal.web.desk.parties import wanted
from portal.web.desk.room import room
from portal.web.errors import said

Reply = str | Response | tuple[str, int]


def filtered() -> dict[str, Any]:
    """The filters of the register that the address holds, as another address takes them."""
    return {name: value for name in PAGES["parties"] if (value := request.args.get(name, ""))}


@room.get("/parties/chosen")
def chosen_parties() -> Response:
    """Lead the chosen parties to what is to be done with them: handed over, asked by a round, or a file."""
    picked = request.args.getlist("pick")[:parties.PAGE]
    if not picked and not request.args.get("all"):
        flash(gettext("Tick the parties first, or “All that fit the filter”."))
        return redirect(url_for("desk.parties", **filtered()), 303)
    of: dict[str, Any] = filtered() if request.args.get("all") else {"party": picked}
    act = request.args.get("act", "")
    if act == "round" and of.get("status", "active") != "active":
        flash(gettext("A round asks active parties only. Take the filter of the status off first."))
        return redirect(url_for("desk.parties", **filtered()), 303)
    if act == "round":
        return redirect(url_for("desk.new_round", **of), 303)
    if act in ("csv", "xlsx"):
        return redirect(url_for("desk.parties_file", ending=act, **of), 303)
    return redirect(url_for("desk.hand_over", **of), 303)


@room.route("/parties/hand-over", methods=["GET", "POST"])
def hand_over() -> Reply:
    """Say whose the chosen parties become, look at what that does party by party, and do it."""
    require(current.actor(), Permission.EDIT_PARTY)
    if request.method == "GET":
        to = request.args.get("to", "")
        return shown(to, gettext(acts.NO_LEAD) if "to" in request.args and not to else "")
    seen, to = versions(request.form.getlist("pick")), request.form.get("to", "")
    try:
        with current.work() as work:
            count = acts.over(work, current.actor(), seen, to)
    except Stale as refusal:
        return shown(to, said(refusal), changed_of(refusal)), 409
    except Incomplete as refusal:
        return shown(to, said(refusal)), 422
    flash(ngettext("%(num)s party was handed over.", "%(num)s parties were handed over.", count))
    return redirect(url_for("desk.parties", **filtered()), 303)


def versions(picked: Sequence[str]) -> dict[str, int]:
    """The ticked parties with the versions in which they were seen; what is neither is left out."""
    pairs = (text.partition(".") for text in picked)
    return {public_id: int(version) for public_id, _, version in pairs if version.isdecimal() and len(version) < 10}


def changed_of(refusal: Stale) -> list[str]:
    """The parties that a refusal names."""
    return list(refusal.theirs) if isinstance(refusal.theirs, list) else []


def shown(to: str, problem: str = "", changed: Sequence[str] = ()) -> str:
    """The page: who takes them over, and once that is chosen, exactly which parties and which not."""
    rows, actor, asked = current.reading(), current.actor(), wanted()
    found, people = handing.chosen(rows, actor, asked), handing.leads(rows)
    whom = next((person for person in people if person.public_id == to), None)
    whole = len(found) <= MOST
    plan = handing.plan(rows, actor, found, whom) if whom and whole else None
    return render_template(
        "desk/parties_hand_over.html", people=people, whom=whom, found=found[:MOST], whole=whole, most=MOST, plan=plan,
        left_out=[(party, gettext(why)) for party, why in plan.left_out] if plan else [],
        names=handing.names(rows, found), filters=filtered(), chosen=asked.chosen, problem=problem, changed=changed)
