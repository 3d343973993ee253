"""The ledger: its entries by number, the newest signed head, and a check of the whole as a job."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import upkeep
from portal.queries import log as entries
from portal.store import ledger
from portal.web import current
from portal.web.admin.room import room


@room.get("/log")
def log() -> str:
    """Show a hundred entries, newest first, from a number downwards."""
    rows, actor = current.reading(), current.actor()
    size = entries.size(rows, actor)
    before = max(0, min(request.args.get("before", size, type=int), size))
    return render_template(
        "admin/log.html", size=size, before=before, lines=entries.entries(rows, actor, before),
        page=entries.PAGE, head=ledger.latest_checkpoint(rows), checked=entries.last_check(rows, actor))


@room.post("/log/verify")
def verify() -> Response:
    """Ask for a check of the whole ledger."""
    with current.work() as work:
        upkeep.ask_proof(work, current.actor())
    flash(gettext("The check is under way; its result stands here."))
    return redirect(url_for("admin.log"), 303)
