"""A party's findings: what was found, its plan, its files, and the report that it is done."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from portal.actions import findings as acts
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.workflow import SETTLED
from portal.models import Finding
from portal.queries import evidence as files
from portal.queries import findings, inspections
from portal.store.work import Work
from portal.web import current
from portal.web.acting import carried_out
from portal.web.my.room import room
from portal.web.receiving import rested

Reply = str | Response | tuple[str, int]


class PlanForm(FlaskForm):
    """The corrective plan."""

    plan = TextAreaField(lazy_gettext("Your corrective plan"), validators=[
        InputRequired(lazy_gettext("Write what you will do, who does it and by when")), Length(max=8000)],
                         description=lazy_gettext("What you will do, who does it, and by when. No data of donors or "
                                                  "patients."))


class ReportForm(FlaskForm):
    """The report that it is done."""

    result = TextAreaField(lazy_gettext("What was done, and when"), validators=[
        InputRequired(lazy_gettext("Write what was done, and when")), Length(max=8000)],
                           description=lazy_gettext("Attach what shows it first. No data of donors or patients."))


@room.get("/findings", endpoint="findings")
def listing() -> str:
    """Show the party's findings, those to be corrected first."""
    rows, actor = current.reading(), current.actor()
    return render_template("my/findings.html", found=findings.mine(rows, actor), visits=inspections.told(rows, actor),
                           today=day_in(current.now()), closed=SETTLED)


@room.get("/inspections/<public_id>", endpoint="inspection")
def visit(public_id: str) -> str:
    """Show a visit that was announced, and its result."""
    found = inspections.shown(current.reading(), current.actor(), public_id)
    return render_template("my/inspection.html", shown=found, visit=found.visit)


@room.get("/findings/<public_id>", endpoint="finding")
def shown(public_id: str) -> str:
    """Show one finding and what is to be done."""
    return page(public_id, {})


def page(public_id: str, typed: Mapping[str, FlaskForm]) -> str:
    """The page of a finding, with the form that holds what was typed in the place of an empty one."""
    rows, actor, today = current.reading(), current.actor(), day_in(current.now())
    found = findings.shown(rows, actor, public_id, today)
    held = [file for file in files.usable(rows, actor, found.finding.party_id)
            if file.id not in {one.id for one in found.files}]
    plan = typed.get("plan") or PlanForm(formdata=None, data={"plan": found.finding.plan})
    report = typed.get("report") or ReportForm(formdata=None, data={"result": found.finding.result})
    return render_template("my/finding.html", shown=found, finding=found.finding, held=held, plan=plan, report=report,
                           may_attach=found.finding.state in acts.IN_HAND, today=today)


@room.post("/findings/<public_id>/plan")
def plan_finding(public_id: str) -> Reply:
    """Send the corrective plan."""
    form = PlanForm()
    return sent(public_id, "plan", form, lambda work, finding: acts.plan(
        work, current.actor(), finding, form.plan.data or ""))


@room.post("/findings/<public_id>/report")
def report_finding(public_id: str) -> Reply:
    """Report that it is done."""
    form = ReportForm()
    return sent(public_id, "report", form, lambda work, finding: acts.deliver(
        work, current.actor(), finding, form.result.data or ""))


def sent(public_id: str, name: str, form: FlaskForm, act: Callable[[Work, Finding], object]) -> Reply:
    """Carry out an act by a form, and show the page again with it where it is refused."""
    if carried_out(form, Finding, public_id, act, Permission.ANSWER):
        flash(gettext("Sent. JMDP was told."))
        return redirect(url_for("my.finding", public_id=public_id), 303)
    return page(public_id, {name: form}), 422


@room.post("/findings/<public_id>/files")
def finding_files(public_id: str) -> Reply:
    """Let the correction rest on files: new ones, and some that are here already."""
    rested(Finding, public_id, lambda work, finding, file: acts.link(work, current.actor(), finding, file))
    return redirect(url_for("my.finding", public_id=public_id, _anchor="files"), 303)
