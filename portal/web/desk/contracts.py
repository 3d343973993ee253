"""Contracts: registered with their first term, renewed, held against the list of clauses, with their files."""

from collections.abc import Iterator
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response
from wtforms import Form

from portal.actions import contracts
from portal.core import policy
from portal.core.errors import BadFile, Incomplete
from portal.core.policy import Permission
from portal.models import Contract, Party
from portal.queries import parties as found
from portal.queries.visible import one
from portal.web import current
from portal.web.desk.register_forms import ContractForm, TermForm
from portal.web.desk.room import room
from portal.web.errors import blame, said
from portal.web.receiving import arrived, named

Reply = str | Response | tuple[str, int]


def back(public_id: str, anchor: str = "") -> Response:
    """To the party's contracts."""
    return redirect(url_for("desk.party", public_id=public_id, tab="contracts", _anchor=anchor or None), 303)


def tell(form: Form, refusal: Incomplete) -> None:
    """Put a refusal's sentences at their fields, or above the page."""
    blame(form, refusal)
    if not refusal.fields:
        flash(said(refusal))


@room.route("/parties/<public_id>/contracts/new", methods=["GET", "POST"])
def new_contract(public_id: str) -> Reply:
    """Register a contract with its first term."""
    shown = one(current.reading(), current.actor(), Party, public_id)
    form = ContractForm()
    form.fill()
    if form.validate_on_submit():
        try:
            with current.work() as work:
                engaged = contracts.engage(work, current.actor(), one(work.rows, current.actor(), Party, public_id),
                                           form.relation.data, form.starts_on.data)
                work.rows.flush()
                contracts.add(work, current.actor(), engaged, facts_of(form), term_of(form))
            return back(public_id)
        except Incomplete as refusal:
            tell(form, refusal)
    return render_template("desk/contract_new.html", form=form, party=shown), 422 if form.errors else 200


def facts_of(form: ContractForm) -> contracts.ContractFacts:
    """The form as plain values."""
    return contracts.ContractFacts(
        form.number.data or "", form.title.data or "", reentrustment_mode=form.reentrustment_mode.data,
        notice_days_party=form.notice_days_party.data or 0, notice_days_jmdp=form.notice_days_jmdp.data or 0,
        governing_law=(form.governing_law.data or "JP").upper())


def term_of(form: ContractForm | TermForm) -> contracts.Term:
    """The form's term; both days were asked for by the form."""
    starts, ends = form.starts_on.data, form.ends_on.data
    return contracts.Term(starts or date.min, ends or date.min, form.signed_on.data)


def party_of(contract: str) -> tuple[Contract, Party]:
    """A contract with its party."""
    rows, actor = current.reading(), current.actor()
    shown = one(rows, actor, Contract, contract)
    return shown, rows.get_one(Party, shown.party_id)


@room.route("/contracts/<public_id>/terms", methods=["GET", "POST"])
def new_term(public_id: str) -> Reply:
    """Add a renewal or an amendment; the terms before stay as they are."""
    shown, party = party_of(public_id)
    form = TermForm()
    if form.validate_on_submit():
        try:
            with current.work() as work:
                contracts.renew(work, current.actor(), one(work.rows, current.actor(), Contract, public_id),
                                form.kind.data, term_of(form))
            return back(party.public_id, public_id)
        except Incomplete as refusal:
            tell(form, refusal)
    return render_template("desk/contract_term.html", form=form, contract=shown, party=party), \
        422 if form.errors else 200


def standings() -> Iterator[tuple[str, contracts.Standing]]:
    """Read the clause table of a posted form; a day that is not one is left out and told by the action."""
    for code in current.catalogue().clauses:
        until = request.form.get(f"{code}.until", "")
        day = date.fromisoformat(until) if len(until) == 10 and until.replace("-", "").isdigit() else None
        yield code, contracts.Standing(
            request.form.get(f"{code}.standing", "missing"), request.form.get(f"{code}.place", "")[:200],
            request.form.get(f"{code}.note", "")[:500], request.form.get(f"{code}.by", "")[:100], day)


@room.route("/contracts/<public_id>/clauses", methods=["GET", "POST"])
def clauses(public_id: str) -> Reply:
    """Show the list of clauses with how each stands, and keep it."""
    shown, party = party_of(public_id)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            with current.work() as work:
                contracts.hold(work, current.actor(), one(work.rows, current.actor(), Contract, public_id),
                               dict(standings()))
            return back(party.public_id, public_id)
        except Incomplete as refusal:
            problems = {name: gettext(text) for name, text in refusal.fields.items()}
    held = next(a for a in found.agreements(current.reading(), party) if a.contract.id == shown.id)
    return render_template("desk/contract_clauses.html", held=held, party=party, problems=problems,
                           typed=request.form if problems else None,
                           clauses=current.catalogue().clauses.values(),
                           data_items=current.catalogue().data_items.values(),
                           states=current.catalogue().clause_states.values()), 422 if problems else 200


@room.post("/contracts/<public_id>/items")
def contract_items(public_id: str) -> Response:
    """Keep which data items the contract names; lines are held against them."""
    shown, party = party_of(public_id)
    try:
        with current.work() as work:
            contracts.name_items(work, current.actor(), one(work.rows, current.actor(), Contract, shown.public_id),
                                 request.form.getlist("items"))
        flash(gettext("Kept. The lines are judged again."))
    except Incomplete as refusal:
        flash(said(refusal))
    return back(party.public_id, public_id)


@room.post("/contracts/<public_id>/files")
def add_file(public_id: str) -> Response:
    """Keep a file with the contract; it is examined like all evidence."""
    contract, party = party_of(public_id)
    policy.require(current.actor(), Permission.EDIT_CONTRACT, contract)
    policy.require(current.actor(), Permission.UPLOAD, party)
    try:
        files = arrived(party.public_id, request.files.getlist("file"), "EV-CONTRACT")
        with current.work() as work:
            shown = one(work.rows, current.actor(), Contract, public_id)
            for evidence in named(work, party.id, files):
                contracts.attach(work, current.actor(), shown, evidence)
    except (BadFile, Incomplete) as refusal:
        flash(said(refusal))
    return back(party.public_id, public_id)
