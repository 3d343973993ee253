"""The receipt of a submission: a page at once, and a sealed PDF that the worker prints."""

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Reply

from portal.actions import receipts as verbs
from portal.core.errors import NotFound
from portal.models import Attestation
from portal.queries import receipts, tasks, versions
from portal.queries.visible import GONE, one
from portal.web import current
from portal.web.downloads import paper_file
from portal.web.my.home import sheet_of
from portal.web.my.room import room


@room.get("/attestations/<public_id>/receipt")
def receipt(public_id: str) -> str:
    """Show the receipt of the newest submission: number, version, digest, times, and what happens next."""
    sheet = sheet_of(public_id)
    version = versions.newest(current.reading(), current.actor(), sheet.attestation.id)
    return render_template("my/receipt.html", sheet=sheet, version=version,
                           kept=receipts.of(current.reading(), current.actor(), version))


@room.post("/attestations/<public_id>/receipt")
def make_receipt(public_id: str) -> Reply:
    """Ask for the PDF of a submission that has none yet."""
    with current.work() as work:
        found = one(work.rows, current.actor(), Attestation, public_id)
        verbs.ask(work, current.actor(), versions.newest(work.rows, current.actor(), found.id))
    return redirect(url_for("my.receipt", public_id=public_id, _anchor="pdf"), 303)


@room.get("/attestations/<public_id>/receipt.pdf")
def receipt_file(public_id: str) -> Response:
    """Give the PDF of the newest submission; NotFound while it is not printed."""
    found = one(current.reading(), current.actor(), Attestation, public_id, *tasks.WITH_ALL)
    version = versions.newest(current.reading(), current.actor(), found.id)
    kept = receipts.of(current.reading(), current.actor(), version)
    if kept is None:
        raise NotFound(GONE)
    return paper_file(found.party, f"{found.number}-v{version.number}", kept.digest, kept.size)
