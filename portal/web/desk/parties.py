"""The register's pages: list, record by tabs, add and amend."""

from collections.abc import Callable
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import register
from portal.core.errors import Incomplete, Stale
from portal.core.identifiers import digits
from portal.core.partyfacts import NAME_SOURCES, PartyFacts
from portal.core.readable import day_in
from portal.models import Party
from portal.queries import delivery as letters
from portal.queries import duties as standing
from portal.queries import handing, log
from portal.queries import parties as found
from portal.queries.visible import one
from portal.store.engine import Rows
from portal.web import current, tree
from portal.web.desk import delivery, duties, risks
from portal.web.desk.filter_words import lead_names
from portal.web.desk.register_forms import PartyForm, coded, states
from portal.web.desk.room import room
from portal.web.desk.saving import bar
from portal.web.errors import blame, said

Reply = str | Response | tuple[str, int]


def history(rows: Rows, of: Party) -> dict[str, object]:
    """One page of what the ledger says of a party."""
    page = current.page()
    told = log.of_party(rows, current.actor(), of, page)
    return {"rows": told[:log.PAGE], "more": len(told) > log.PAGE, "page": page}


TABS: dict[str, Callable[[Rows, Party], object]] = {
    "overview": lambda rows, of: {
        "aliases": found.aliases(rows, of), "engagements": found.engagements(rows, of), "sources": NAME_SOURCES,
        "lead": handing.lead_of(rows, of),
        "missed": letters.of_party(rows, current.actor(), of)},
    "contracts": found.agreements,
    "scopes": found.lines,
    "reentrustment": tree.of_party,
    "duties": duties.tab,
    "risk": risks.tab,
    "checks": found.attestations,
    "findings": found.findings,
    "contacts": found.contacts,
    "letters": delivery.tab,
    "history": history,
}


def wanted() -> found.Wanted:
    """Read what the register is asked for from the address."""
    given = {name: request.args.get(name, "")[:100] for name in ("kind", "country", "tier", "status", "lead")}
    return found.Wanted(words=request.args.get("q", "")[:100], page=current.page(),
                        chosen=tuple(request.args.getlist("party")[:found.PAGE]), **given)


@room.get("/parties")
def parties() -> str:
    """Show one page of the register."""
    asked, rows, actor = wanted(), current.reading(), current.actor()
    listed = found.listing(rows, actor, asked)
    today = day_in(current.now())
    shown = [row.party for row in listed[:found.PAGE]]
    people = handing.holders(rows)
    standings = standing.standing(rows, actor, current.catalogue(), shown, today)
    return render_template(
        "desk/parties.html", asked=asked, found=listed[:found.PAGE], standings=standings,
        worst=standing.worst, more=len(listed) > found.PAGE,
        kinds=dict(coded("party_kind")), tiers=states("tier"), statuses=states("party"),
        countries=found.countries(rows, actor), soon=today + timedelta(days=90),
        leads=lead_names(people), saved=bar("parties", request.args, people))


@room.get("/parties/<public_id>")
def party(public_id: str) -> str:
    """Show one party by tab; each tab is an address of its own."""
    rows, tab = current.reading(), request.args.get("tab", "overview")
    shown = one(rows, current.actor(), Party, public_id)
    tab = tab if tab in TABS else "overview"
    return render_template(f"desk/party_{tab}.html", party=shown, tab=tab, data=TABS[tab](rows, shown),
                           kinds=dict(coded("party_kind")), relations=dict(coded("relation")),
                           catalogue=current.catalogue(), today=day_in(current.now()))


@room.route("/parties/new", methods=["GET", "POST"])
def new_party() -> Reply:
    """Add a party; one that seems to be here already is shown first."""
    form = PartyForm()
    form.fill()
    if form.validate_on_submit():
        alike = found.alike(current.reading(), form.name_ja.data or "", digits(form.corporate_number.data or ""))
        if alike and not request.form.get("anyway"):
            return render_template("desk/party_edit.html", form=form, party=None, alike=alike), 422
        try:
            with current.work() as work:
                made = register.add_party(work, current.actor(), facts_of(form))
            flash(gettext("Added."))
            return redirect(url_for("desk.party", public_id=made.public_id), 303)
        except Incomplete as refusal:
            show(form, refusal)
    return render_template("desk/party_edit.html", form=form, party=None, alike=[]), 422 if form.errors else 200


@room.route("/parties/<public_id>/edit", methods=["GET", "POST"])
def edit_party(public_id: str) -> Reply:
    """Amend a party; when somebody else did meanwhile, both are shown."""
    shown = one(current.reading(), current.actor(), Party, public_id)
    form = PartyForm(obj=shown)
    form.fill()
    del form.tier, form.tier_reason
    status = 200
    if form.validate_on_submit():
        try:
            with current.work() as work:
                row = one(work.rows, current.actor(), Party, public_id)
                register.amend_party(work, current.actor(), row, facts_of(form), request.form.get("version", type=int))
            return redirect(url_for("desk.party", public_id=public_id), 303)
        except (Incomplete, Stale) as refusal:
            status = show(form, refusal)
    return render_template("desk/party_edit.html", form=form, party=shown, alike=[]), 422 if form.errors else status


def facts_of(form: PartyForm) -> PartyFacts:
    """The form as plain values; digits of the corporate number as half-width ones."""
    return PartyFacts(
        kind=form.kind.data, name_ja=form.name_ja.data or "", name_en=form.name_en.data or "",
        name_kana=form.name_kana.data or "", country=(form.country.data or "JP").upper(),
        location=form.location.data, corporate_number=digits(form.corporate_number.data or ""),
        ion=form.ion.data or "", address=form.address.data or "", note=form.note.data or "", status=form.status.data,
        tier=form.tier.data if "tier" in form else "none",
        tier_reason=(form.tier_reason.data or "") if "tier_reason" in form else "",
        is_individual=bool(form.is_individual.data))


def show(form: PartyForm, refusal: Incomplete | Stale) -> int:
    """Put a refusal's sentences at their fields, or above the form; gives the status."""
    if isinstance(refusal, Stale):
        flash(said(refusal))
        return 409
    blame(form, refusal)
    return 422


@room.post("/parties/<public_id>/names")
def add_name(public_id: str) -> Response:
    """Add another name of a party."""
    try:
        with current.work() as work:
            row = one(work.rows, current.actor(), Party, public_id)
            register.add_name(work, current.actor(), row, request.form.get("name", ""), request.form.get("source", ""))
    except Incomplete as refusal:
        flash(said(refusal))
    return redirect(url_for("desk.party", public_id=public_id), 303)


@room.post("/parties/<public_id>/names/<int:alias_id>/drop")
def drop_name(public_id: str, alias_id: int) -> Response:
    """Take another name of a party off."""
    with current.work() as work:
        register.drop_name(work, current.actor(), one(work.rows, current.actor(), Party, public_id), alias_id)
    return redirect(url_for("desk.party", public_id=public_id), 303)


@room.post("/parties/<public_id>/contacts")
def add_contact(public_id: str) -> Response:
    """Add a person to write to."""
    try:
        with current.work() as work:
            row = one(work.rows, current.actor(), Party, public_id)
            register.add_contact(work, current.actor(), row, register.NewContact(
                request.form.get("name", ""), request.form.get("email", ""), request.form.get("language", "ja")))
    except Incomplete as refusal:
        flash(said(refusal))
    return redirect(url_for("desk.party", public_id=public_id, tab="contacts"), 303)
