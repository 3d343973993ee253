"""A party's evidence: its pages as pictures, the original only ever as a download."""

from flask import redirect, render_template, url_for
from werkzeug import Response

from portal.actions import attest, intake, uploads
from portal.models import Attestation, Evidence
from portal.queries import evidence as files
from portal.queries.visible import one
from portal.web import current, viewing
from portal.web.my.home import sheet_of
from portal.web.my.room import room


@room.get("/attestations/<public_id>/files", endpoint="files")
def listing(public_id: str) -> str:
    """Show what evidence the checklist wants, what is there, and what ends when."""
    sheet = sheet_of(public_id)
    held = files.usable(current.reading(), current.actor(), sheet.attestation.party_id)
    return render_template("my/files.html", sheet=sheet, held=held)


@room.get("/evidence/<public_id>", endpoint="evidence")
def shown(public_id: str) -> str:
    """Show the pages of one file as pictures."""
    return viewing.page(public_id, "my")


@room.get("/evidence/<public_id>/pages/<int:number>", endpoint="evidence_page")
def picture(public_id: str, number: int) -> Response:
    """Give the picture of one page."""
    return viewing.picture(public_id, number)


@room.get("/evidence/<public_id>/original", endpoint="evidence_original")
def original(public_id: str) -> Response:
    """Give the file as it was sent, as a download in a sandbox."""
    return viewing.original(public_id)


def back_to(public_id: str, question: str) -> Response:
    """The question on its section's page."""
    code = next((s.code for s in sheet_of(public_id).sections for r in s.rows if r.question.id == question), "")
    return redirect(url_for("my.section", public_id=public_id, code=code, _anchor=question) if code
                    else url_for("my.attestation", public_id=public_id), 303)


@room.post("/attestations/<public_id>/evidence/<file_id>/<question>/date")
def read_date(public_id: str, file_id: str, question: str) -> Response:
    """Take over the end of validity that was read in the document."""
    with current.work() as work:
        actor = current.actor()
        where, file = one(work.rows, actor, Attestation, public_id), one(work.rows, actor, Evidence, file_id)
        uploads.allowed(work.rows, actor, where, question)
        if file.read_valid_to is not None:
            intake.describe(work, actor, file, file.evidence_type, file.read_valid_to)
    return back_to(public_id, question)


@room.post("/attestations/<public_id>/evidence/<file_id>/<question>/unlink")
def unlink(public_id: str, file_id: str, question: str) -> Response:
    """Take a file off an answer."""
    with current.work() as work:
        actor = current.actor()
        where = one(work.rows, actor, Attestation, public_id)
        attest.unlink(work, actor, where, question, one(work.rows, actor, Evidence, file_id))
    return back_to(public_id, question)


@room.post("/attestations/<public_id>/evidence/<file_id>/<question>/link")
def link(public_id: str, file_id: str, question: str) -> Response:
    """Let an answer rest on a file that is here already."""
    with current.work() as work:
        actor = current.actor()
        where = one(work.rows, actor, Attestation, public_id)
        attest.link(work, actor, where, question, one(work.rows, actor, Evidence, file_id))
    return back_to(public_id, question)
