"""The approver's page: exceptions first, what the reviewer looked at, then the signature under one digest."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import approve
from portal.core.errors import Stale
from portal.models import Attestation
from portal.queries import absences, editions, sampling, signing
from portal.queries.visible import one
from portal.web import current
from portal.web.desk.forms import SendBackForm, SignOffForm
from portal.web.desk.reviews import sheet_of
from portal.web.desk.room import room


def page(public_id: str, back: SendBackForm, seen: SignOffForm | None = None) -> str:
    """The approver's page; `seen` is the form of somebody who meant to sign another version: what moved is shown."""
    sheet, rows = sheet_of(public_id), current.reading()
    moved = signing.since(rows, current.actor(), sheet, seen.digest.data or "") if seen else []
    form = SignOffForm(formdata=None, digest=sheet.version.digest, note=seen.note.data if seen else "")
    return render_template("desk/approval.html", sheet=sheet, form=form, back=back, is_outdated=seen is not None,
                           moved=moved, looked=signing.looked(rows, sheet), sample=sampling.of(rows, sheet),
                           under=editions.signed_under(rows, current.actor(), sheet.version.id),
                           proxies=absences.on(rows, current.actor(), "attestation", public_id))


@room.get("/approvals/<public_id>")
def approval(public_id: str) -> str:
    """Show the conclusion, the exceptions and the history of one attestation that waits for approval."""
    return page(public_id, SendBackForm(prefix="back"))


@room.post("/approvals/<public_id>/sign-off")
def sign_off(public_id: str) -> Response | tuple[str, int]:
    """Sign the version off under its digest; where it is not the newest, show what changed."""
    form = SignOffForm()
    try:
        with current.work() as work:
            found = one(work.rows, current.actor(), Attestation, public_id)
            decision = approve.Decision(form.digest.data or "", note=form.note.data or "")
            approve.sign_off(work, current.actor(), found, decision)
    except Stale:
        return page(public_id, SendBackForm(prefix="back", formdata=None), form), 409
    flash(gettext("Signed off. The evidence packet is being built."))
    return redirect(url_for("desk.packets", of=public_id), 303)


@room.post("/approvals/<public_id>/send-back")
def send_back(public_id: str) -> Response | tuple[str, int]:
    """Send it back to the reviewer with a reason."""
    back = SendBackForm(prefix="back")
    if not back.validate_on_submit():
        return page(public_id, back), 422
    with current.work() as work:
        found = one(work.rows, current.actor(), Attestation, public_id)
        approve.send_back(work, current.actor(), found, back.reason.data or "")
    flash(gettext("Sent back to the reviewer."))
    return redirect(url_for("desk.home"), 303)
