"""Requests: ask a party for a checklist, seen before as the party will see it."""

from collections.abc import Mapping
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import attest, invite, register
from portal.core.actor import Role
from portal.core.dates import fiscal_year
from portal.core.errors import Incomplete
from portal.core.readable import day_in
from portal.core.workflow import THEIRS
from portal.models import Attestation, Party
from portal.queries import delivery, forms, reminders, requested
from portal.queries import parties as listed
from portal.queries.reviews import WITH_PARTY
from portal.queries.visible import one
from portal.web import current
from portal.web.desk.register_forms import RequestForm
from portal.web.desk.room import room
from portal.web.errors import said
from portal.web.languages import language

Reply = str | Response | tuple[str, int]
FIELDS = {"email": "contact_email", "due_on": "due_on"}


def fill(form: RequestForm) -> None:
    """Offer the newest edition of every checklist."""
    form.template.choices = [
        (row.public_id, f"{row.code} {row.title(language())}（v{row.version}）")
        for row in forms.current(current.reading())]


@room.route("/parties/<public_id>/requests/new", methods=["GET", "POST"])
def new_request(public_id: str) -> Reply:
    """Ask a party for an attestation; the mail goes out after the act."""
    rows = current.reading()
    shown = one(rows, current.actor(), Party, public_id)
    members, known = listed.members(rows, shown), next(iter(listed.contacts(rows, shown)), None)
    form = RequestForm(contact_name=known.name if known else "", contact_email=known.email if known else "")
    fill(form)
    if form.validate_on_submit():
        try:
            made = ask(public_id, form, not members)
            flash(gettext("Asked for. The party is told by mail (%(number)s).", number=made.number))
            return redirect(url_for("desk.party", public_id=public_id, tab="checks"), 303)
        except Incomplete as refusal:
            for name, sentence in refusal.fields.items():
                form[FIELDS.get(name, "due_on")].errors = [gettext(sentence)]
    page = render_template("desk/request_new.html", form=form, party=shown, members=members)
    return page, 422 if form.errors else 200


def ask(public_id: str, form: RequestForm, is_first: bool) -> Attestation:
    """Make the request; while nobody of the party signs in, its contact is kept and invited in the same act."""
    actor, year = current.actor(), fiscal_year(day_in(current.now()))
    with current.work() as work:
        party = one(work.rows, actor, Party, public_id)
        if is_first:
            name, email = form.contact_name.data or "", form.contact_email.data or ""
            speaks = form.contact_language.data
            if email.strip().lower() not in {row.email for row in listed.contacts(work.rows, party)}:
                register.add_contact(work, actor, party, register.NewContact(name, email, speaks))
            invite.to_party(work, actor, party, invite.Guest(email, name, Role.OFFICER, speaks))
        return attest.request(work, actor, party, attest.Asked(
            forms.row(work.rows, form.template.data), year, form.due_on.data or date.min, form.note.data or ""))


@room.get("/templates/<public_id>")
def template(public_id: str) -> str:
    """Show a checklist as a party will meet it."""
    row = forms.row(current.reading(), public_id)
    return render_template("desk/template.html", row=row, template=forms.template(current.reading(), row.id))


@room.get("/attestations/<public_id>")
def attestation(public_id: str) -> str:
    """Show how far a party is with what was asked of it; what was submitted is read in the workspace."""
    return request_page(public_id, {})


def request_page(public_id: str, problems: Mapping[str, str]) -> str:
    """The page of a request, with what is wrong at its two small forms and what was typed there."""
    rows, actor = current.reading(), current.actor()
    found = one(rows, actor, Attestation, public_id, *WITH_PARTY)
    return render_template(
        "desk/attestation.html", found=found, told=requested.requested(rows, actor, found, day_in(current.now())),
        reminded=reminders.said(rows, found), undelivered=delivery.open_of(rows, found.party, found),
        letters=delivery.history(rows, actor, found.party, found)[:delivery.PAGE],
        ladder={rung.code: rung.label for rung in current.catalogue().ladder},
        titles={section.code: section.label for section in current.catalogue().sections.section},
        is_open=found.state in THEIRS, problems=problems, typed=request.form, today=day_in(current.now()))


@room.post("/attestations/<public_id>/withdraw")
def withdraw(public_id: str) -> Reply:
    """Withdraw a request that was not submitted, with the reason that the record keeps."""
    reason = request.form.get("reason", "")
    if not reason.strip():
        return request_page(public_id, {"reason": gettext("Write why; the record keeps it.")}), 422
    with current.work() as work:
        attest.withdraw(work, current.actor(), one(work.rows, current.actor(), Attestation, public_id), reason)
    flash(gettext("The request is withdrawn."))
    return redirect(url_for("desk.attestation", public_id=public_id), 303)


@room.post("/attestations/<public_id>/extend")
def extend(public_id: str) -> Reply:
    """Put off a due day."""
    try:
        due_on = date.fromisoformat(request.form.get("due_on", ""))
    except ValueError:
        return request_page(public_id, {"due_on": gettext("Choose a later day")}), 422
    try:
        with current.work() as work:
            attest.extend(work, current.actor(), one(work.rows, current.actor(), Attestation, public_id), due_on)
    except Incomplete as refusal:
        return request_page(public_id, {"due_on": said(refusal)}), 422
    flash(gettext("The due day is put off."))
    return redirect(url_for("desk.attestation", public_id=public_id), 303)
