"""Answers in Excel: the workbook goes out, comes back, is looked at, and is taken as far as a person says."""

from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug import Response

from portal.actions import workbooks as acts
from portal.core.errors import BadFile, Incomplete, NotNow
from portal.core.evidence.kinds import MIME, Kind
from portal.core.readable import day_in
from portal.models import Attestation, Workbook
from portal.queries import tasks, versions, workbooks
from portal.queries.visible import one
from portal.sheets import answers
from portal.web import current
from portal.web.downloads import attachment
from portal.web.errors import said
from portal.web.languages import language
from portal.web.my import arranging, handed
from portal.web.my.room import room


def attestation_of(public_id: str) -> Attestation:
    """An attestation of the actor's own party; NotFound for any other."""
    return one(current.reading(), current.actor(), Attestation, public_id, *tasks.WITH_ALL)


def view_of(public_id: str) -> workbooks.View:
    """A workbook of the actor's own party, held against what stands; NotFound for any other."""
    rows = current.reading()
    found = one(rows, current.actor(), Workbook, public_id, *workbooks.WITH_ALL)
    return workbooks.view(rows, found, day_in(current.now()))


@room.get("/attestations/<public_id>/workbook.xlsx", endpoint="workbook_file")
def download(public_id: str) -> Response:
    """Give the workbook of an attestation with what stands in it now."""
    found, rows = attestation_of(public_id), current.reading()
    folder = answers.Folder(
        found.public_id, found.number, found.party.name(language()), handed.title(found.template), found.fiscal_year,
        found.due_on, found.template.digest, found.state == "returned")
    reader = answers.Reader(language(), ZoneInfo(current.actor().zone), current.now(), current.catalogue())
    questions = workbooks.asked(rows, found, day_in(current.now()))
    data = answers.answers(folder, questions, workbooks.stands(rows, found, questions), reader)
    return attachment(iter([data]), f"{found.number}_{found.template.code}.xlsx", MIME[Kind.XLSX], len(data))


@room.get("/attestations/<public_id>/answers.json", endpoint="answers_file")
def as_submitted(public_id: str) -> Response:
    """Give the newest submitted version as it was frozen: its bytes have the digest that the receipt names."""
    found = attestation_of(public_id)
    version = versions.newest(current.reading(), current.actor(), found.id)
    data = version.body.encode()
    return attachment(iter([data]), f"{found.number}_{version.number}.json", "application/json", len(data))


@room.route("/attestations/<public_id>/workbook", methods=["GET", "POST"], endpoint="workbook")
def exchange(public_id: str) -> str | Response | tuple[str, int]:
    """Show how to answer in Excel, and receive a workbook."""
    problem = ""
    if request.method == "POST":
        try:
            arrived = handed.arrived(attestation_of(public_id), request.files.get("file"))
            with current.work() as work:
                where = one(work.rows, current.actor(), Attestation, public_id)
                row = acts.receive(work, current.actor(), where, arrived)
                work.rows.flush()
                place = row.public_id
            return redirect(url_for("my.workbook_view", public_id=place), 303)
        except (BadFile, Incomplete, NotNow) as refusal:
            problem = said(refusal)
    found = attestation_of(public_id)
    page = render_template("my/workbook.html", here=found, problem=problem,
                           known=workbooks.listing(current.reading(), current.actor(), found))
    return page, 422 if problem else 200


@room.get("/workbooks/<public_id>", endpoint="workbook_view")
def look(public_id: str) -> str:
    """Show what a workbook would change."""
    view = view_of(public_id)
    return render_template("my/workbook_view.html", view=view, columns=arranging.columns(view),
                           sheets=arranging.sheets(view), meanings=arranging.meanings(), titles=arranging.titles())


@room.post("/workbooks/<public_id>/arrange", endpoint="workbook_arrange")
def arrange(public_id: str) -> Response:
    """Keep how a foreign sheet is understood, and show what it then would change."""
    mapping = arranging.mapping(view_of(public_id), request.form)
    with current.work() as work:
        acts.arrange(work, current.actor(), one(work.rows, current.actor(), Workbook, public_id), mapping)
    return redirect(url_for("my.workbook_view", public_id=public_id, _anchor="proposals"), 303)


@room.post("/workbooks/<public_id>/take", endpoint="workbook_take")
def take(public_id: str) -> Response:
    """Take the ticked answers, each in the version that the page showed."""
    chosen = {id: request.form.get(f"version.{id}", -1, type=int) for id in request.form.getlist("take")}
    with current.work() as work:
        found = one(work.rows, current.actor(), Workbook, public_id, *workbooks.WITH_ALL)
        taken, place = acts.take(work, current.actor(), found, chosen), found.attestation.public_id
    if taken.stale:
        flash(gettext("These changed in the portal meanwhile and were left as they are: %(ids)s. Look again.",
                      ids=", ".join(taken.stale)))
        return redirect(url_for("my.workbook_view", public_id=public_id), 303)
    flash(ngettext("%(num)s answer taken from the workbook.", "%(num)s answers taken from the workbook.",
                   len(taken.saved)) if taken.saved else gettext("Nothing was ticked, so nothing was taken."))
    return redirect(url_for("my.attestation", public_id=place), 303)
