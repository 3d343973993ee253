"""A party's risk at the desk: the tier and why, the 5 × 5 rating before and with measures, and its acceptance."""

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from werkzeug.exceptions import NotFound

from portal.actions import risks as acts
from portal.core.dates import fiscal_year
from portal.core.readable import day_in
from portal.core.sentences import Reader
from portal.core.supervision import Reason
from portal.models import Party, RiskRating, TierProposal
from portal.pictures import risk_matrix
from portal.pictures.risk_matrix import Risks
from portal.pictures.svg import Picture
from portal.queries import risks
from portal.queries.visible import one
from portal.store.engine import Rows
from portal.store.work import Work
from portal.web import current
from portal.web.acting import carried_out
from portal.web.desk.register_forms import coded
from portal.web.desk.risk_forms import AcceptForm, RatingForm, TierForm
from portal.web.desk.room import room
from portal.web.languages import language, voice

Reply = str | Response | tuple[str, int]
DECISIONS = {"confirm": True, "refuse": False}


def item_name(code: str) -> str:
    """A data item by its label."""
    row = current.catalogue().data_items.get(code)
    return row.label.get(language()) if row else code


def because(reason: Reason) -> str:
    """A reason for the tier in the reader's language."""
    return Reader(language(), gettext, item_name).say(reason)


def tab(rows: Rows, party: Party) -> dict[str, object]:
    """What the party's tab shows."""
    return page_of(rows, party, None)


def page_of(rows: Rows, party: Party, typed: FlaskForm | None) -> dict[str, object]:
    """The same, with the form that holds what was typed in the place of an empty one."""
    today, actor = day_in(current.now()), current.actor()
    found = risks.computed(rows, current.catalogue(), party, today)
    rated = risks.ratings(rows, actor, party, today)
    forms = {form.__name__: typed if isinstance(typed, form) else form(formdata=None)
             for form in (TierForm, RatingForm, AcceptForm)}
    tier = forms["TierForm"]
    if isinstance(tier, TierForm):
        tier.offer(found.tier)
    return {"computed": found, "rated": rated, "because": because, "picture": drawn(rated), "forms": forms,
            "waiting": risks.waiting(rows, party), "inherent": risks.inherent, "residual": risks.residual}


def drawn(rated: Sequence[risks.Rated]) -> Picture | None:
    """The rating that stands, and that of the fiscal year before, as a picture; none where nobody has rated."""
    if not rated:
        return None
    year = fiscal_year(day_in(rated[0].row.made_at))
    before = [cell(one.row) for one in rated if fiscal_year(day_in(one.row.made_at)) < year]
    return risk_matrix.picture(Risks(before=before[0] if before else None, now=cell(rated[0].row)), voice())


def cell(row: RiskRating) -> tuple[int, int]:
    """Where a rating stands with the measures."""
    return row.residual_likelihood, row.residual_impact


def send(public_id: str, form: FlaskForm, act: Callable[[Work, Party], object], told: str) -> Reply:
    """Carry out an act on a party by a form, and show the tab again with it where it is refused."""
    if carried_out(form, Party, public_id, act):
        flash(told)
        return redirect(url_for("desk.party", public_id=public_id, tab="risk"), 303)
    rows = current.reading()
    party = one(rows, current.actor(), Party, public_id)
    return render_template("desk/party_risk.html", party=party, tab="risk", data=page_of(rows, party, form),
                           kinds=dict(coded("party_kind"))), 422


@room.post("/parties/<public_id>/tier")
def choose_tier(public_id: str) -> Reply:
    """Take the tier of the facts, or propose another."""
    form = TierForm()
    form.offer("")
    return send(public_id, form, lambda work, party: acts.choose_tier(
        work, current.actor(), party, form.tier.data, form.reason.data or ""), gettext("Kept."))


@room.post("/parties/<public_id>/tier/<proposal>/<decision>")
def settle_tier(public_id: str, proposal: str, decision: str) -> Response:
    """Confirm or refuse a proposed tier."""
    if decision not in DECISIONS:
        raise NotFound
    with current.work() as work:
        acts.settle_tier(work, current.actor(), one(work.rows, current.actor(), TierProposal, proposal),
                         confirm=DECISIONS[decision])
    return redirect(url_for("desk.party", public_id=public_id, tab="risk"), 303)


@room.post("/parties/<public_id>/ratings")
def rate_party(public_id: str) -> Reply:
    """Rate the party anew."""
    form = RatingForm()
    return send(public_id, form, lambda work, party: acts.rate(work, current.actor(), party, form.rated()),
                gettext("Rated."))


@room.post("/parties/<public_id>/acceptances")
def accept_risk(public_id: str) -> Reply:
    """Accept the residual risk of the rating that stands."""
    form = AcceptForm()
    return send(public_id, form, lambda work, party: acts.accept(
        work, current.actor(), party, form.until.data or day_in(current.now()), form.why.data or ""),
        gettext("Accepted."))
