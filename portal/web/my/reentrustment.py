"""Re-entrustment for the party: its tree, requests as drafts that save, sent by an officer, ended, letters."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import reentrustment as acts
from portal.core import reentrustment as modes
from portal.core.errors import Incomplete, NotNow, Refusal, Stale
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.models import Contract, Party, Reentrustment
from portal.queries import evidence as files
from portal.queries import reentrusted, search
from portal.queries import reentrustment as asked
from portal.queries.visible import one
from portal.web import current, tree
from portal.web.acting import carried_out
from portal.web.downloads import letter_file
from portal.web.errors import blame, said
from portal.web.my.reentrustment_forms import PARTED, BodyForm, EndForm
from portal.web.my.room import room
from portal.web.receiving import rested

Reply = str | Response | tuple[str, int]


def own() -> Party:
    """The actor's own party."""
    return current.reading().get_one(Party, current.actor().party_id)


def offers() -> list[asked.Offer]:
    """The contracts under which the party may re-entrust."""
    return asked.offers(current.reading(), current.actor(), day_in(current.now()))


@room.get("/reentrustment", endpoint="reentrustments")
def listing() -> str:
    """Show what each contract lets ask for, the party's requests, its tree, and who sees which data."""
    rows, text = current.reading(), request.args.get("q", "")[:200]
    found = [(offer, current.catalogue().reentrustment_modes.get(offer.contract.reentrustment_mode))
             for offer in offers()]
    return render_template(
        "my/reentrustments.html", found=found, asked_by=modes.ASKED, refusal=modes.refusal,
        text=text, mine=asked.mine(rows, current.actor(), search.words_of(text)),
        tree=tree.of_party(rows, own()), catalogue=current.catalogue())


@room.route("/reentrustment/new/<contract>", methods=["GET", "POST"])
def reentrustment_new(contract: str) -> Reply:
    """Begin a request under a contract; `?like=` fills it with what an earlier one said."""
    form, offer = drawn(contract)
    mode = current.catalogue().reentrustment_modes.get(offer.contract.reentrustment_mode)
    if not form.is_submitted() and (earlier := request.args.get("like", "")):
        fill(form, asked.received(current.reading(), current.actor(), earlier))
    if form.validate_on_submit() and (made := begun(form, contract)):
        flash(gettext("Saved as a draft."))
        return redirect(url_for("my.reentrustment", public_id=made), 303)
    return render_template("my/reentrustment_new.html", form=form, offer=offer, mode=mode, asked_by=modes.ASKED,
                           purposes=tree.purposes(), refused=modes.refusal(mode)), 422 if form.errors else 200


def drawn(contract: str) -> tuple[BodyForm, asked.Offer]:
    """The form of a contract, with what it offers."""
    rows = current.reading()
    form, offer = BodyForm(), asked.offer(rows, current.actor(), contract)
    form.offer(offer, reentrusted.tree(rows, current.actor(), own(), day_in(current.now())))
    return form, offer


def fill(form: BodyForm, row: Reentrustment) -> None:
    """Show what a row says in a form."""
    rows = current.reading()
    found = asked.shown(rows, current.actor(), row.public_id)
    form.show(row, found.parent.public_id if found.parent else "",
              [f"{line.public_id}{PARTED}{item}" for given, line in found.lines for item in given.items])


def begun(form: BodyForm, contract: str) -> str:
    """Begin the draft of a form; gives its public id, or nothing with the sentences at their fields."""
    try:
        with current.work() as work:
            return acts.begin(work, current.actor(), one(work.rows, current.actor(), Contract, contract),
                              form.said()).public_id
    except Incomplete as refusal:
        blame(form, refusal, "under")
        return ""


@room.route("/reentrustment/<public_id>", methods=["GET", "POST"])
def reentrustment(public_id: str) -> Reply:
    """Show one; while it is in the party's hands its form saves, and an officer sends it."""
    if request.method == "GET":
        return page(public_id, {})
    return save(public_id, send="send" in request.form)


def page(public_id: str, typed: Mapping[str, Any]) -> str:
    """The page of one, with the form that holds what was typed in the place of one that shows what stands."""
    rows, actor = current.reading(), current.actor()
    found = asked.shown(rows, actor, public_id)
    row, form = found.row, typed.get("body")
    offer = asked.offer(rows, actor, row.contract.public_id) if row.state in acts.OPEN else None
    if offer is None:
        form = None
    elif form is None:
        form, _ = drawn(row.contract.public_id)
        fill(form, row)
    held = [file for file in files.usable(rows, actor, row.party_id) if file.id not in {one.id for one in found.files}]
    mode = current.catalogue().reentrustment_modes.get(row.contract.reentrustment_mode)
    return render_template(
        "my/reentrustment.html", shown=found, row=row, form=form, offer=offer, held=held, mode=mode,
        asked_by=modes.ASKED, purposes=tree.purposes(), catalogue=current.catalogue(), theirs=typed.get("theirs", []),
        end=typed.get("end") or EndForm(formdata=None, prefix="end"), today=day_in(current.now()))


def save(public_id: str, *, send: bool) -> Reply:
    """Keep the form, and send it where that was asked; nothing typed is lost."""
    row = asked.received(current.reading(), current.actor(), public_id)
    form, _ = drawn(row.contract.public_id)
    typed: dict[str, Any] = {"body": form}
    if not form.validate():
        return page(public_id, typed), 422
    try:
        with current.work() as work:
            kept = one(work.rows, current.actor(), Reentrustment, public_id)
            acts.save(work, current.actor(), kept, form.said(), request.form.get("version", type=int))
            if send:
                acts.send(work, current.actor(), kept)
    except (Incomplete, NotNow, Stale) as refusal:
        return refused(public_id, typed, refusal)
    flash(gettext("Sent. JMDP was told.") if send else gettext("Saved."))
    return redirect(url_for("my.reentrustment", public_id=public_id), 303)


def refused(public_id: str, typed: dict[str, Any], refusal: Refusal) -> Reply:
    """The page again with what was typed: sentences at their fields, or both texts where a colleague was first."""
    if isinstance(refusal, Incomplete):
        blame(typed["body"], refusal, "under")
        return page(public_id, typed), 422
    flash(said(refusal))
    if isinstance(refusal, Stale | NotNow):
        typed["theirs"] = typed["body"].beside(asked.received(current.reading(), current.actor(), public_id))
    return page(public_id, typed), 409


@room.post("/reentrustment/<public_id>/files")
def reentrustment_files(public_id: str) -> Response:
    """Let the request rest on files: new ones, and some that are here already."""
    rested(Reentrustment, public_id, lambda work, row, file: acts.link(work, current.actor(), row, file))
    return redirect(url_for("my.reentrustment", public_id=public_id, _anchor="files"), 303)


@room.post("/reentrustment/<public_id>/take-back")
def take_back_reentrustment(public_id: str) -> Response:
    """Take a draft or a request back."""
    with current.work() as work:
        acts.take_back(work, current.actor(), one(work.rows, current.actor(), Reentrustment, public_id))
    flash(gettext("Taken back."))
    return redirect(url_for("my.reentrustments"), 303)


@room.post("/reentrustment/<public_id>/end")
def end_reentrustment(public_id: str) -> Reply:
    """Report that the body no longer handles the data."""
    form = EndForm(prefix="end")
    if carried_out(form, Reentrustment, public_id, lambda work, row: acts.end(
            work, current.actor(), row, form.said.data or "", form.on.data), Permission.ANSWER):
        flash(gettext("Sent. JMDP was told."))
        return redirect(url_for("my.reentrustment", public_id=public_id), 303)
    return page(public_id, {"end": form}), 422


@room.get("/reentrustment/<public_id>/letter")
def consent_letter(public_id: str) -> Response:
    """Give the kept letter of consent."""
    rows = current.reading()
    row = asked.received(rows, current.actor(), public_id)
    return letter_file(row, asked.letter(rows, row))
