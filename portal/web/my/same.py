"""What is the same as last year: confirmed all at once or by sections, by name and date, but for what has changed."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug import Response

from portal.actions import confirm
from portal.core.errors import Incomplete
from portal.core.readable import day_in
from portal.models import Attestation
from portal.queries import handover, tasks
from portal.queries.visible import one
from portal.web import current
from portal.web.errors import said
from portal.web.my.home import sheet_of
from portal.web.my.room import room


def page(public_id: str, problem: str = "") -> str:
    """Render last year's answers that may be confirmed, in full; after a refusal with what was ticked."""
    sheet = sheet_of(public_id)
    return render_template(
        "my/same.html",
        sheet=sheet,
        listed=[row for row in sheet.rows if row.may_confirm],
        problem=problem,
        notes=handover.notes(current.reading(), current.actor(), sheet.attestation),
        name=current.actor().name,
        today=day_in(current.now()),
        ticked=request.form.getlist("section"),
        changed=request.form.getlist("changed"),
    )


def wanted(sheet: tasks.Sheet) -> list[str]:
    """The questions that the form confirms: of those it listed, all or the ticked sections', less what has changed."""
    form = request.form
    listed, changed = form.get("listed", "").split(" "), form.getlist("changed")
    ticked = [section.code for section in sheet.sections] if "all" in form else form.getlist("section")
    return [
        row.question.id
        for row in sheet.rows
        if row.may_confirm
        and row.question.section in ticked
        and row.question.id in listed
        and row.question.id not in changed
    ]


@room.get("/attestations/<public_id>/same")
def same(public_id: str) -> str:
    """Show last year's accepted answers that may be confirmed, in full."""
    return page(public_id)


@room.post("/attestations/<public_id>/same")
def confirm_same(public_id: str) -> Response | tuple[str, int]:
    """Confirm what is unchanged, by name and date."""
    names = wanted(sheet_of(public_id))
    if not names:
        return page(public_id, gettext(
            "Nothing was confirmed: no section was ticked, or every answer in it is marked as changed or answered "
            "already. Tick a section, or confirm all but those marked as changed.")), 422
    try:
        with current.work() as work:
            count = confirm.unchanged(
                work, current.actor(), one(work.rows, current.actor(), Attestation, public_id, *tasks.WITH_ALL), names
            )
        flash(ngettext("%(num)s answer confirmed unchanged.", "%(num)s answers confirmed unchanged.", count))
    except Incomplete as error:
        return page(public_id, said(error)), 422
    return redirect(url_for("my.attestation", public_id=public_id), 303)
