"""Findings at the desk: the list with its trend, one with its history, and every act on it by a form of its own."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug import Response

from portal.actions import findings as acts
from portal.core.errors import Incomplete
from portal.core.policy import Permission, require
from portal.core.readable import day_in
from portal.core.workflow import SETTLED, TABLES, Move
from portal.models import Finding, Inspection, Party
from portal.models.review import SEVERITIES
from portal.pictures import findings_trend
from portal.queries import absences, findings, log
from portal.queries.visible import one
from portal.store.work import Work
from portal.web import current
from portal.web.acting import carried_out
from portal.web.desk.finding_forms import (
    AcceptForm,
    AgreeForm,
    GiveForm,
    RaiseForm,
    RejectForm,
    ReopenForm,
    ResumeForm,
    VerifyForm,
)
from portal.web.desk.room import room
from portal.web.desk.saving import bar
from portal.web.errors import blame
from portal.web.languages import voice

Reply = str | Response | tuple[str, int]
FORMS: dict[Move, type[FlaskForm]] = {
    Move.AGREE: AgreeForm, Move.REJECT_PLAN: RejectForm, Move.VERIFY: VerifyForm, Move.REOPEN: ReopenForm,
    Move.RESUME: ResumeForm, Move.ACCEPT_RISK: AcceptForm}


@room.get("/findings", endpoint="findings")
def listing() -> str:
    """Show one page of findings, due first, and how they have moved over a year."""
    rows, actor, args, today = current.reading(), current.actor(), request.args, day_in(current.now())
    asked = findings.Wanted(
        today, args.get("view", "running")[:10], args.get("state", "")[:14], args.get("severity", "")[:8],
        args.get("q", "")[:100], current.page())
    found = findings.listing(rows, actor, asked)
    months = [findings_trend.Month(*month) for month in findings.by_month(rows, actor, today)]
    return render_template(
        "desk/findings.html", asked=asked, found=found[:findings.PAGE], more=len(found) > findings.PAGE, today=today,
        counts=findings.counts(rows, actor, today), severities=SEVERITIES, settled=SETTLED,
        picture=findings_trend.picture(months, voice()), saved=bar("findings", {"view": asked.view, **args.to_dict()}))


@room.get("/findings/<public_id>", endpoint="finding")
def shown(public_id: str) -> str:
    """Show one finding with its files, its history and what may be done."""
    return page(public_id, {})


def page(public_id: str, typed: Mapping[str, FlaskForm]) -> str:
    """The page of a finding, with the form that holds what was typed in the place of an empty one."""
    rows, today = current.reading(), day_in(current.now())
    found = findings.shown(rows, current.actor(), public_id, today)
    forms = {move.value: typed.get(move.value) or kind(formdata=None, prefix=move.value)
             for move, kind in FORMS.items() if found.finding.state in TABLES["finding"][move].origins}
    give = typed.get("give") or GiveForm(formdata=None, prefix="give")
    if isinstance(give, GiveForm):
        give.offer(findings.owners(rows), found.finding.owner_id or found.finding.opened_by_id)
    return render_template("desk/finding.html", shown=found, finding=found.finding, party=found.finding.party,
                           forms=forms, moves=TABLES["finding"], give=give,
                           proxies=absences.on(rows, current.actor(), "finding", public_id),
                           history=log.of_thing(rows, current.actor(), "finding", public_id))


def sent(public_id: str, name: str, form: FlaskForm, act: Callable[[Work, Finding], object]) -> Reply:
    """Carry out an act by a form, and show the page again with it where it is refused."""
    needs = Permission.REVIEW if name == "give" else TABLES["finding"][Move(name)].needs
    if carried_out(form, Finding, public_id, act, needs):
        flash(gettext("Kept."))
        return redirect(url_for("desk.finding", public_id=public_id), 303)
    return page(public_id, {name: form}), 422


def by_form(public_id: str, move: Move, do: Callable[[Work, Finding, Any], object]) -> Reply:
    """Carry out one move by its form."""
    form = FORMS[move](prefix=move.value)
    return sent(public_id, move.value, form, lambda work, finding: do(work, finding, form))


@room.post("/findings/<public_id>/agree")
def agree_finding(public_id: str) -> Reply:
    """Agree to the plan."""
    return by_form(public_id, Move.AGREE, lambda work, finding, form: acts.agree(
        work, current.actor(), finding, form.due_on.data))


@room.post("/findings/<public_id>/reject")
def reject_finding(public_id: str) -> Reply:
    """Ask for another plan."""
    return by_form(public_id, Move.REJECT_PLAN, lambda work, finding, form: acts.reject_plan(
        work, current.actor(), finding, form.reason.data or ""))


@room.post("/findings/<public_id>/verify")
def verify_finding(public_id: str) -> Reply:
    """Close what was verified."""
    return by_form(public_id, Move.VERIFY, lambda work, finding, form: acts.verify(
        work, current.actor(), finding, form.reason.data or ""))


@room.post("/findings/<public_id>/reopen")
def reopen_finding(public_id: str) -> Reply:
    """Put it back into the party's hands."""
    return by_form(public_id, Move.REOPEN, lambda work, finding, form: acts.reopen(
        work, current.actor(), finding, form.reason.data or ""))


@room.post("/findings/<public_id>/resume")
def resume_finding(public_id: str) -> Reply:
    """Take the acceptance of its risk back."""
    return by_form(public_id, Move.RESUME, lambda work, finding, form: acts.take_back(
        work, current.actor(), finding, form.reason.data or ""))


@room.post("/findings/<public_id>/accept")
def accept_finding(public_id: str) -> Reply:
    """Accept the risk until a day."""
    return by_form(public_id, Move.ACCEPT_RISK, lambda work, finding, form: acts.accept_risk(
        work, current.actor(), finding, form.reason.data or "", form.until.data))


@room.post("/findings/<public_id>/give")
def give_finding(public_id: str) -> Reply:
    """Name who follows it."""
    form, people = GiveForm(prefix="give"), findings.owners(current.reading())
    form.offer(people, 0)
    whom = next((person.id for person in people if person.public_id == form.owner.data), 0)
    return sent(public_id, "give", form, lambda work, finding: acts.give(work, current.actor(), finding, whom))


@room.route("/parties/<public_id>/findings/new", methods=["GET", "POST"])
def finding_new(public_id: str) -> Reply:
    """Open a finding by hand."""
    party = one(current.reading(), current.actor(), Party, public_id)
    require(current.actor(), Permission.REVIEW, party)
    form = RaiseForm()
    form.offer()
    if form.validate_on_submit() and (made := raised(form, public_id)):
        flash(gettext("The finding is open, and the party was told."))
        return redirect(url_for("desk.finding", public_id=made), 303)
    return render_template("desk/finding_new.html", party=party, form=form), 422 if form.errors else 200


def raised(form: RaiseForm, public_id: str) -> str:
    """Open the finding of a form; gives its public id, or nothing with the sentences at their fields."""
    try:
        with current.work() as work:
            party = one(work.rows, current.actor(), Party, public_id)
            return acts.raise_finding(work, current.actor(), party, form.found(visit_of(work, party))).public_id
    except Incomplete as refusal:
        blame(form, refusal)
        return ""


def visit_of(work: Work, party: Party) -> int | None:
    """The visit to this party from which the form was opened, if it was."""
    named = request.args.get("inspection", "")
    found = one(work.rows, current.actor(), Inspection, named) if named else None
    return found.id if found is not None and found.party_id == party.id else None
