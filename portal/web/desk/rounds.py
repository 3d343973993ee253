"""Supervision rounds on the desk: chosen, begun, watched, put off, paused and withdrawn."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug import Response

from portal.actions import rounds as acts
from portal.core.errors import Incomplete
from portal.core.policy import Permission, require
from portal.core.readable import day_in
from portal.core.workflow import THEIRS
from portal.models import Round
from portal.queries import choosing
from portal.queries import rounds as found
from portal.store.work import Work
from portal.web import current
from portal.web.desk.register_forms import coded
from portal.web.desk.requests import Reply
from portal.web.desk.room import room
from portal.web.desk.round_forms import ExtendForm, ReasonForm, RoundForm, choosing_form
from portal.web.errors import said


@room.get("/rounds")
def rounds() -> str:
    """Show one page of rounds with how far each has come."""
    page = current.page()
    listed = found.listing(current.reading(), current.actor(), day_in(current.now()), page)
    return render_template("desk/rounds/list.html", found=listed[:found.PAGE], more=len(listed) > found.PAGE, page=page)


@room.route("/rounds/new", methods=["GET", "POST"])
def new_round() -> Reply:
    """Choose whom to ask and begin a round."""
    require(current.actor(), Permission.REQUEST)
    today = day_in(current.now())
    choice, form = choosing_form(today), RoundForm()
    wanted = choice.wanted(today)
    listed = choosing.candidates(current.reading(), current.actor(), wanted, today)
    picked = request.form.getlist("pick")
    problems: dict[str, str] = {}
    if form.validate_on_submit():
        try:
            return begun(form, wanted, [row for row in listed if row.key in picked and not row.asked_as])
        except Incomplete as refusal:
            problems = {name: gettext(sentence) for name, sentence in refusal.fields.items()}
    status = 422 if form.errors or problems else 200
    return render_template("desk/rounds/new.html", choice=choice, wanted=wanted, form=form,
                           found=listed[:choosing.MOST], more=len(listed) > choosing.MOST, picked=picked,
                           problems=problems, kinds=dict(coded("party_kind"))), status


def begun(form: RoundForm, wanted: choosing.Wanted, chosen: list[choosing.Candidate]) -> Response:
    """Begin the round of the chosen parties and lead to its page."""
    template = {row.template.code: row.template.id for row in chosen}.get(wanted.template)
    kept = {name: getattr(wanted, name) for name in ("words", "kind", "country", "tier", "template", "lead", "chosen")}
    plan = acts.Plan(form.title.data or "", wanted.due_on, template, wanted.business_days, form.note.data or "",
                     form.repeat_months.data, kept)
    with current.work() as work:
        made = acts.begin(work, current.actor(), plan, [
            acts.Target(row.party.id, row.template.id, row.due_on) for row in chosen])
        place = url_for("desk.round", public_id=made.public_id)
    flash(ngettext("Begun. %(num)s request is being sent.", "Begun. %(num)s requests are being sent.", len(chosen)))
    return redirect(place, 303)


@room.get("/rounds/<public_id>")
def round(public_id: str) -> str:
    """Show how far a round has come, and its parties by where they stand."""
    return shown(public_id, ExtendForm())


def shown(public_id: str, form: ExtendForm) -> str:
    """The page of a round."""
    rows, actor, today = current.reading(), current.actor(), day_in(current.now())
    going = found.one(rows, actor, public_id)
    view = request.args.get("view", "all")
    view = view if view in found.VIEWS else "all"
    page = current.page()
    listed = found.members(rows, actor, going, (view, today, page))
    return render_template("desk/rounds/one.html", round=going, counts=found.progress(rows, going, today), view=view,
                           page=page, found=listed[:found.PAGE], more=len(listed) > found.PAGE, today=today,
                           form=form, starter=found.starter(rows, going), theirs=THEIRS)


@room.post("/rounds/<public_id>/extend")
def extend_round(public_id: str) -> Reply:
    """Put off the due day of some or all parties of a round."""
    form = ExtendForm()
    if form.validate_on_submit() and form.due_on.data:
        try:
            with current.work() as work:
                count = acts.extend(work, current.actor(), of(work, public_id), form.due_on.data,
                                    request.form.getlist("pick"))
            flash(ngettext("The due day of %(num)s party was put off. It is told by mail.",
                           "The due day of %(num)s parties was put off. They are told by mail.", count))
            return redirect(url_for("desk.round", public_id=public_id), 303)
        except Incomplete as refusal:
            form.due_on.errors = [said(refusal)]
    return shown(public_id, form), 422


def of(work: Work, public_id: str) -> Round:
    """The round of an act."""
    return found.one(work.rows, current.actor(), public_id)


@room.route("/rounds/<public_id>/pause", methods=["GET", "POST"])
def pause_round(public_id: str) -> Reply:
    """Ask for the reason and pause a round."""
    form, going = ReasonForm(), found.one(current.reading(), current.actor(), public_id)
    require(current.actor(), Permission.REQUEST, going)
    if form.validate_on_submit():
        with current.work() as work:
            acts.pause(work, current.actor(), of(work, public_id), form.reason.data or "")
        return redirect(url_for("desk.round", public_id=public_id), 303)
    return render_template("desk/rounds/pause.html", form=form, round=going), 422 if form.errors else 200


@room.route("/rounds/<public_id>/withdraw", methods=["GET", "POST"])
def withdraw_round(public_id: str) -> Reply:
    """Ask for the reason and withdraw a round."""
    form, going = ReasonForm(), found.one(current.reading(), current.actor(), public_id)
    require(current.actor(), Permission.REQUEST, going)
    if form.validate_on_submit():
        with current.work() as work:
            acts.withdraw(work, current.actor(), of(work, public_id), form.reason.data or "")
        flash(gettext("Withdrawn. The parties that had not submitted are told by mail."))
        return redirect(url_for("desk.round", public_id=public_id), 303)
    return render_template("desk/rounds/withdraw.html", form=form, round=going), 422 if form.errors else 200


@room.post("/rounds/<public_id>/resume")
def resume_round(public_id: str) -> Response:
    """Resume a paused round."""
    with current.work() as work:
        acts.resume(work, current.actor(), of(work, public_id))
    return redirect(url_for("desk.round", public_id=public_id), 303)


@room.post("/rounds/<public_id>/rest")
def rest_round(public_id: str) -> Response:
    """End the recurrence of a round."""
    with current.work() as work:
        acts.rest(work, current.actor(), of(work, public_id))
    flash(gettext("This round will not come again."))
    return redirect(url_for("desk.round", public_id=public_id), 303)
