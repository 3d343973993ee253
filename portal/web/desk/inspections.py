"""Inspections at the desk: the list, planning one, its page, and every act on it by a form of its own."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug import Response

from portal.actions import inspections as acts
from portal.core.errors import BadFile, Incomplete, NotNow
from portal.core.policy import Permission, require
from portal.core.readable import day_in
from portal.models import Inspection, Party
from portal.queries import inspections, log
from portal.queries.visible import one
from portal.store.work import Work
from portal.web import current
from portal.web.acting import carried_out
from portal.web.desk.inspection_forms import CancelForm, PlanForm, VisitForm
from portal.web.desk.room import room
from portal.web.errors import blame, said
from portal.web.receiving import arrived, named

Reply = str | Response | tuple[str, int]


@room.get("/inspections", endpoint="inspections")
def listing() -> str:
    """Show one page of visits: what comes, what was held, or all."""
    rows, actor, args = current.reading(), current.actor(), request.args
    view, page = args.get("view", "coming")[:10], current.page()
    found = inspections.listing(rows, actor, view, page)
    return render_template("desk/inspections.html", view=view, page=page, found=found[:inspections.PAGE],
                           more=len(found) > inspections.PAGE, today=day_in(current.now()))


@room.route("/parties/<public_id>/inspections/new", methods=["GET", "POST"])
def inspection_new(public_id: str) -> Reply:
    """Plan a visit to a party."""
    party, form = one(current.reading(), current.actor(), Party, public_id), PlanForm()
    require(current.actor(), Permission.INSPECT, party)
    if form.validate_on_submit() and (made := planned(form, public_id)):
        flash(gettext("Planned. The party knows of it once you announce it."))
        return redirect(url_for("desk.inspection", public_id=made), 303)
    return render_template("desk/inspection_new.html", party=party, form=form), 422 if form.errors else 200


def planned(form: PlanForm, public_id: str) -> str:
    """Plan the visit of a form; gives its public id, or nothing with the sentences at their fields."""
    try:
        with current.work() as work:
            return acts.plan(work, current.actor(), one(work.rows, current.actor(), Party, public_id),
                             form.planned()).public_id
    except Incomplete as refusal:
        blame(form, refusal)
        return ""


@room.get("/inspections/<public_id>", endpoint="inspection")
def shown(public_id: str) -> str:
    """Show one visit with its files, findings, history and what may be done."""
    return page_of(public_id, {})


def page_of(public_id: str, typed: Mapping[str, FlaskForm]) -> str:
    """The page of a visit, with the form that holds what was typed in the place of an empty one."""
    rows = current.reading()
    found = inspections.shown(rows, current.actor(), public_id)
    visit = typed.get("visit") or VisitForm(formdata=None, prefix="visit", data={"on": found.visit.planned_on})
    cancel = typed.get("cancel") or CancelForm(formdata=None, prefix="cancel")
    return render_template("desk/inspection.html", shown=found, visit=found.visit, party=found.visit.party,
                           history=log.of_thing(rows, current.actor(), "inspection", public_id),
                           visit_form=visit, cancel_form=cancel)


@room.post("/inspections/<public_id>/announce")
def announce_inspection(public_id: str) -> Response:
    """Announce the visit to the party."""
    with current.work() as work:
        acts.announce(work, current.actor(), one(work.rows, current.actor(), Inspection, public_id))
    flash(gettext("Announced. The party was told in a letter."))
    return redirect(url_for("desk.inspection", public_id=public_id), 303)


@room.post("/inspections/<public_id>/visit")
def hold_inspection(public_id: str) -> Reply:
    """Record how the visit went."""
    form = VisitForm(prefix="visit")
    return sent(public_id, "visit", form, lambda work, row: acts.hold(work, current.actor(), row, form.held()))


@room.post("/inspections/<public_id>/cancel")
def cancel_inspection(public_id: str) -> Reply:
    """Cancel the visit."""
    form = CancelForm(prefix="cancel")
    return sent(public_id, "cancel", form, lambda work, row: acts.cancel(
        work, current.actor(), row, form.reason.data or ""))


def sent(public_id: str, name: str, form: FlaskForm, act: Callable[[Work, Inspection], object]) -> Reply:
    """Carry out an act by a form, and show the page again with it where it is refused."""
    if carried_out(form, Inspection, public_id, act, Permission.INSPECT):
        flash(gettext("Kept."))
        return redirect(url_for("desk.inspection", public_id=public_id), 303)
    return page_of(public_id, {name: form}), 422


@room.post("/inspections/<public_id>/files")
def inspection_files(public_id: str) -> Reply:
    """Keep photos and papers with the visit; they are examined like all evidence."""
    found = inspections.shown(current.reading(), current.actor(), public_id).visit
    require(current.actor(), Permission.INSPECT, found)
    try:
        files = arrived(found.party.public_id, request.files.getlist("file"))
        with current.work() as work:
            visit = one(work.rows, current.actor(), Inspection, public_id)
            for file in named(work, found.party_id, files):
                acts.attach(work, current.actor(), visit, file)
    except (BadFile, Incomplete, NotNow) as refusal:
        flash(said(refusal))
    return redirect(url_for("desk.inspection", public_id=public_id, _anchor="files"), 303)

