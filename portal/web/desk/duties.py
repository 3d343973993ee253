"""The three duties at the desk: a party's tab with its assessments, and the register's page, as of any day."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response
from werkzeug.exceptions import NotFound

from portal.actions import assess, contracts
from portal.core.assessing import DUTIES, KINDS
from portal.core.dates import BadDate, read_date
from portal.core.errors import Incomplete
from portal.core.readable import day_in
from portal.core.sentences import Reader
from portal.core.supervision import Reason
from portal.models import Engagement, Party
from portal.queries import duties
from portal.queries import parties as found
from portal.queries.visible import one
from portal.store.engine import Rows
from portal.web import current
from portal.web.desk.assessing import AssessmentForm
from portal.web.desk.register_forms import coded
from portal.web.desk.room import room
from portal.web.errors import blame, said
from portal.web.languages import language

Reply = str | Response | tuple[str, int]


def as_of() -> date:
    """The day the address asks for, today when it names none or one to come; a day that is not one is told."""
    today = day_in(current.now())
    try:
        return min(read_date(request.args["on"]), today) if request.args.get("on") else today
    except BadDate as error:
        flash(gettext(str(error)))
        return today


def clause_name(code: str) -> str:
    """A clause by its label, anything else as it is."""
    row = current.catalogue().clauses.get(code)
    return row.label.get(language()) if row else code


def because(reason: Reason) -> str:
    """A reason in the reader's language."""
    return Reader(language(), gettext, clause_name).say(reason)


def leads_to(ref: str, party: Party) -> str:
    """The page where what a reason rests on can be read; empty where there is none."""
    kind, _, thing = ref.partition(":")
    if kind in ("scope", "attestation"):
        return url_for("desk.scope" if kind == "scope" else "desk.review", public_id=thing)
    if kind == "notice":
        return url_for("desk.joint_use")
    if kind == "finding":
        return url_for("desk.finding", public_id=thing)
    tabs = {"contract": "contracts", "assessment": "duties"}
    return url_for("desk.party", public_id=party.public_id, tab=tabs[kind], _anchor=thing) if kind in tabs else ""


def tab(rows: Rows, party: Party) -> dict[str, object]:
    """What the party's tab shows: every relation with its duties as of the day, and the assessments behind them."""
    return page_of(rows, party, AssessmentForm())


def page_of(rows: Rows, party: Party, form: AssessmentForm) -> dict[str, object]:
    """The same with a form that may hold what was typed."""
    on, actor = as_of(), current.actor()
    standings = duties.standing(rows, actor, current.catalogue(), [party], on).get(party.id, [])
    form.offer([standing.engagement for standing in standings])
    return {"on": on, "standings": standings, "form": form, "names": DUTIES, "because": because,
            "leads_to": leads_to, "kinds": KINDS, "assessments": duties.assessments(rows, actor, party)}


@room.post("/parties/<public_id>/assessments")
def add_assessment(public_id: str) -> Reply:
    """Keep a decision or a check of a relation."""
    rows = current.reading()
    party, form = one(rows, current.actor(), Party, public_id), AssessmentForm()
    form.offer(found.engagements(rows, party))
    if form.validate_on_submit():
        try:
            with current.work() as work:
                engagement = one(work.rows, current.actor(), Engagement, form.engagement.data or "")
                assess.assess(work, current.actor(), engagement, form.assessed())
            flash(gettext("Recorded."))
            return redirect(url_for("desk.party", public_id=public_id, tab="duties"), 303)
        except Incomplete as refusal:
            blame(form, refusal)
            flash(said(refusal))
    party = one(current.reading(), current.actor(), Party, public_id)
    return render_template("desk/party_duties.html", party=party, tab="duties",
                           data=page_of(current.reading(), party, form), kinds=dict(coded("party_kind")),
                           relations=dict(coded("relation")), today=day_in(current.now())), 422


@room.post("/parties/<public_id>/relations")
def open_relation(public_id: str) -> Response:
    """Open a relation before there is a contract, so that selection can come first."""
    rows, actor = current.reading(), current.actor()
    relation = request.form.get("relation", "")
    if relation not in dict(coded("relation")):
        raise NotFound
    one(rows, actor, Party, public_id)
    with current.work() as work:
        contracts.engage(work, actor, one(work.rows, actor, Party, public_id), relation)
    flash(gettext("The relation is open. Its duties are computed from now on."))
    return redirect(url_for("desk.party", public_id=public_id, tab="duties"), 303)


@room.get("/parties/duties")
def register_duties() -> str:
    """Show a page of the register with the duties of every relation, as of the day."""
    rows, actor, on = current.reading(), current.actor(), as_of()
    asked = found.Wanted(words=request.args.get("q", "")[:100],
                         page=current.page())
    listed = [row.party for row in found.listing(rows, actor, asked)]
    standings = duties.standing(rows, actor, current.catalogue(), listed[:found.PAGE], on)
    return render_template(
        "desk/duties.html", asked=asked, on=on, found=listed[:found.PAGE], more=len(listed) > found.PAGE,
        standings=standings, relations=dict(coded("relation")), names=DUTIES, because=because)
