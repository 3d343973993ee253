"""Scope lines: added, stated on, judged in words, activated on a permitted route, suspended as a decided act."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response
from werkzeug.exceptions import NotFound

from portal.actions import rejudging, sharing
from portal.core import reasons
from portal.core.dates import BadDate, read_date
from portal.core.errors import Incomplete, Unlawful
from portal.core.lawfulness import evaluate
from portal.core.readable import day_in
from portal.core.straying import KINDS
from portal.models import Contract, Engagement, Party, ScopeLine
from portal.queries import editions, facts, reentrusted, straying
from portal.queries import parties as found
from portal.queries.visible import one
from portal.web import current
from portal.web.desk.contradictions import stray_words
from portal.web.desk.register_forms import ScopeForm, coded
from portal.web.desk.room import room
from portal.web.errors import blame, said
from portal.web.languages import language

Reply = str | Response | tuple[str, int]
ACTS = {"stop": sharing.stop, "resume": sharing.resume, "end": sharing.end, "leave": rejudging.leave}


def fill(form: ScopeForm, party: Party) -> None:
    """Offer the party's relations and contracts, the catalogue's items and purposes."""
    rows, catalogue, lang = current.reading(), current.catalogue(), language()
    relations = dict(coded("relation"))
    form.engagement.choices = [(row.public_id, relations[row.relation]) for row in found.engagements(rows, party)]
    form.contract.choices = [("", "–")] + [
        (held.contract.public_id, f"{held.contract.number} {held.contract.title}")
        for held in found.agreements(rows, party)]
    form.items.choices = [(item.code, item.label.get(lang)) for item in catalogue.data_items.values()]
    form.purpose.choices = [(row.id, f"{row.id} {row.title.get(lang)}") for row in catalogue.purposes.values()] + [
        (row.id, f"{row.id} {row.label.get(lang)}") for row in catalogue.affairs.values()]
    form.location.choices = coded("location")


@room.route("/parties/<public_id>/scopes/new", methods=["GET", "POST"])
def new_scope(public_id: str) -> Reply:
    """Add a scope line as a draft; the law table judges it at once."""
    shown = one(current.reading(), current.actor(), Party, public_id)
    form = ScopeForm(location=shown.location, country=shown.country)
    fill(form, shown)
    if form.validate_on_submit():
        try:
            line = add(form)
            return redirect(url_for("desk.scope", public_id=line), 303)
        except Incomplete as refusal:
            blame(form, refusal, "contract")
    return render_template("desk/scope_new.html", form=form, party=shown), 422 if form.errors else 200


def add(form: ScopeForm) -> str:
    """Add the line of a form; gives its public id."""
    with current.work() as work:
        actor = current.actor()
        engagement = one(work.rows, actor, Engagement, form.engagement.data or "")
        contract = one(work.rows, actor, Contract, form.contract.data) if form.contract.data else None
        line = sharing.add_line(work, actor, engagement, sharing.LineFacts(
            tuple(form.items.data or ()), form.purpose.data, form.location.data, (form.country.data or "JP").upper(),
            contract.id if contract else None, means=form.means.data or "", retention=form.retention.data or ""))
        work.rows.flush()
        return line.public_id


@room.get("/scopes/<public_id>")
def scope(public_id: str) -> str:
    """Show a line: verdict in words with article and edition, what is to be stated, and the routes."""
    return page(public_id)


def page(public_id: str, problem: str = "") -> str:
    """The page of a line, judged as it stands now."""
    rows, catalogue = current.reading(), current.catalogue()
    line = one(rows, current.actor(), ScopeLine, public_id)
    party = rows.get_one(Party, line.party_id)
    case = facts.case(rows, catalogue, line, day_in(current.now()), activating=line.state == "draft")
    judgement = evaluate(case, catalogue.rules)
    tree = reentrusted.on_line(rows, catalogue, line, day_in(current.now()))
    asked = facts.asks(case, catalogue, reentrusted.FACTS if tree else frozenset())
    return render_template(
        "desk/scope.html", line=line, party=party, judgement=judgement, problem=problem, asked=asked,
        engagement=rows.get_one(Engagement, line.engagement_id), relations=dict(coded("relation")),
        explained=reasons.explain(judgement, case, catalogue.rules, catalogue.facts), catalogue=catalogue,
        routes={r.id: r for r in catalogue.rules.route}, strays=straying.of_line(rows, line), stray_words=stray_words,
        stray_kinds=KINDS, decisions=editions.of_line(rows, current.actor(), line))


@room.post("/scopes/<public_id>/statements")
def state_facts(public_id: str) -> Response:
    """Keep the statements of a form; each stands with name and date."""
    try:
        said_ = [
            sharing.Statement(name.removeprefix("fact."), value, request.form.get(f"note.{name[5:]}", "")[:500],
                              read_date(until) if (until := request.form.get(f"until.{name[5:]}", "")) else None)
            for name, value in request.form.items() if name.startswith("fact.")
        ]
        with current.work() as work:
            sharing.state(work, current.actor(), one(work.rows, current.actor(), ScopeLine, public_id), said_)
    except BadDate as error:
        flash(gettext(str(error)))
    return redirect(url_for("desk.scope", public_id=public_id), 303)


@room.post("/scopes/<public_id>/activate")
def activate(public_id: str) -> Reply:
    """Activate the line on the chosen route."""
    try:
        with current.work() as work:
            line = one(work.rows, current.actor(), ScopeLine, public_id)
            sharing.activate(work, current.actor(), line, request.form.get("route", ""))
    except (Unlawful, Incomplete) as refusal:
        return page(public_id, said(refusal)), 422
    flash(gettext("Activated. The route, the rules and the edition of the law table are kept with the decision."))
    return redirect(url_for("desk.scope", public_id=public_id), 303)


@room.post("/scopes/<public_id>/<act>")
def decide(public_id: str, act: str) -> Reply:
    """Suspend, resume or end sharing, or leave it as it is, with the reason."""
    if act not in ACTS:
        raise NotFound
    try:
        with current.work() as work:
            line = one(work.rows, current.actor(), ScopeLine, public_id)
            ACTS[act](work, current.actor(), line, request.form.get("reason", ""))
    except (Unlawful, Incomplete) as refusal:
        return page(public_id, said(refusal)), 422
    return redirect(url_for("desk.scope", public_id=public_id), 303)
