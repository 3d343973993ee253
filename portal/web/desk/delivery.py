"""Letters that did not arrive: the list, one with its ways out, and contacts by telephone or post."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import delivery as acts
from portal.core import policy
from portal.core.errors import Incomplete
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.models import Attestation, Party, Undelivered
from portal.queries import delivery, parties
from portal.queries.visible import one
from portal.store.engine import Rows
from portal.web import current
from portal.web.desk.delivery_forms import AddressForm, ContactForm
from portal.web.desk.room import room
from portal.web.errors import blame

Reply = str | Response | tuple[str, int]


def tab(rows: Rows, party: Party) -> dict[str, object]:
    """What a party's tab of letters shows."""
    page, actor = current.page(), current.actor()
    told = delivery.history(rows, actor, party, page=page)
    return {"missed": delivery.of_party(rows, actor, party), "page": page, "told": told[:delivery.PAGE],
            "more": len(told) > delivery.PAGE}


@room.get("/undelivered")
def undelivered() -> str:
    """List the letters that did not arrive and wait, the oldest first."""
    page = current.page()
    found = delivery.listing(current.reading(), current.actor(), page)
    return render_template("desk/delivery/list.html", found=found[:delivery.PAGE], more=len(found) > delivery.PAGE,
                           page=page)


@room.get("/undelivered/<public_id>")
def undelivered_one(public_id: str) -> str:
    """Show one letter that did not arrive, with what can be done."""
    return task_page(public_id, AddressForm(formdata=None))


def task_page(public_id: str, form: AddressForm) -> str:
    """The page of a letter that did not arrive, with the form as it was typed."""
    task = one(current.reading(), current.actor(), Undelivered, public_id, *delivery.WITH_LETTER)
    return render_template("desk/delivery/one.html", task=task, form=form, links=acts.LINKS,
                           about=delivery.about(current.reading(), current.actor(), task.mail))


@room.post("/undelivered/<public_id>/again")
def send_undelivered(public_id: str) -> Response:
    """Send a letter to the same address again."""
    with current.work() as work:
        acts.send_again(work, current.actor(), one(work.rows, current.actor(), Undelivered, public_id))
    flash(gettext("It will be sent again."))
    return redirect(url_for("desk.undelivered"), 303)


@room.post("/undelivered/<public_id>/address")
def correct_address(public_id: str) -> Reply:
    """Correct the address of a contact, and send what did not arrive there."""
    form = AddressForm()
    if form.validate_on_submit():
        try:
            with current.work() as work:
                task = one(work.rows, current.actor(), Undelivered, public_id)
                acts.correct(work, current.actor(), task, form.email.data or "")
            flash(gettext("The address is corrected, and the letter is sent there."))
            return redirect(url_for("desk.undelivered"), 303)
        except Incomplete as refusal:
            blame(form, refusal)
    return task_page(public_id, form), 422


@room.route("/parties/<public_id>/contacted", methods=["GET", "POST"])
def contacted(public_id: str) -> Reply:
    """Record that the party was told by telephone or post, about a request or about none."""
    rows, actor = current.reading(), current.actor()
    party = one(rows, actor, Party, public_id)
    policy.require(actor, Permission.NOTE_CONTACT, party)
    form = ContactForm(about=request.args.get("about", ""), on=day_in(current.now()))
    form.offer(parties.attestations(rows, party))
    if form.validate_on_submit():
        try:
            note(public_id, form)
            flash(gettext("Recorded."))
            return redirect(url_for("desk.party", public_id=public_id, tab="letters"), 303)
        except Incomplete as refusal:
            blame(form, refusal)
    return render_template("desk/delivery/contacted.html", form=form, party=party,
                           here=url_for("desk.contacted", public_id=public_id)), 422 if form.errors else 200


def note(public_id: str, form: ContactForm) -> None:
    """Carry the record out."""
    with current.work() as work:
        party = one(work.rows, current.actor(), Party, public_id)
        about = one(work.rows, current.actor(), Attestation, form.about.data) if form.about.data else None
        acts.note_contact(work, current.actor(), party, form.told(), about)
