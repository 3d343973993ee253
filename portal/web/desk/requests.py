"""Requests: ask a party for a checklist, seen before as the party will see it."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import attest
from portal.actions.review import fiscal_year
from portal.core.errors import Incomplete
from portal.core.readable import day_in
from portal.models import Attestation, Party
from portal.queries import forms
from portal.queries.visible import one
from portal.web import current
from portal.web.desk.register_forms import RequestForm
from portal.web.desk.room import room
from portal.web.errors import said
from portal.web.languages import language

Reply = str | Response | tuple[str, int]


def fill(form: RequestForm) -> None:
    """Offer the newest edition of every checklist."""
    form.template.choices = [
        (row.public_id, f"{row.code} {row.title_ja if language() == 'ja' else row.title_en}（v{row.version}）")
        for row in forms.current(current.reading())]


@room.route("/parties/<public_id>/requests/new", methods=["GET", "POST"])
def new_request(public_id: str) -> Reply:
    """Ask a party for an attestation; the mail goes out after the act."""
    shown = one(current.reading(), current.actor(), Party, public_id)
    form = RequestForm()
    fill(form)
    if form.validate_on_submit():
        try:
            with current.work() as work:
                template = forms.row(work.rows, form.template.data)
                made = attest.request(work, current.actor(), one(work.rows, current.actor(), Party, public_id),
                                      attest.Asked(template, fiscal_year(day_in(current.now())),
                                                   form.due_on.data or date.min, form.note.data or ""))
            flash(gettext("Asked for. The party is told by mail (%(number)s).", number=made.number))
            return redirect(url_for("desk.party", public_id=public_id, tab="checks"), 303)
        except Incomplete as refusal:
            form.due_on.errors = [said(refusal)]
    return render_template("desk/request_new.html", form=form, party=shown), 422 if form.errors else 200


@room.get("/templates/<public_id>")
def template(public_id: str) -> str:
    """Show a checklist as a party will meet it."""
    row = forms.row(current.reading(), public_id)
    return render_template("desk/template.html", row=row, template=forms.template(current.reading(), row.id))


@room.post("/attestations/<public_id>/withdraw")
def withdraw(public_id: str) -> Response:
    """Withdraw a request that was not submitted."""
    with current.work() as work:
        found = one(work.rows, current.actor(), Attestation, public_id)
        attest.withdraw(work, current.actor(), found, request.form.get("reason", ""))
    return redirect(url_for("desk.home", tab="all"), 303)


@room.post("/attestations/<public_id>/extend")
def extend(public_id: str) -> Response:
    """Put off a due day."""
    form = RequestForm()
    try:
        with current.work() as work:
            found = one(work.rows, current.actor(), Attestation, public_id)
            if form.due_on.data:
                attest.extend(work, current.actor(), found, form.due_on.data)
    except Incomplete as refusal:
        flash(said(refusal))
    return redirect(url_for("desk.review", public_id=public_id), 303)


