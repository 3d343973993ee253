"""Editions of the policy and the law table: loaded, marked, confirmed by a second person, and what rests on them."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug import Response
from werkzeug.exceptions import NotFound

from portal.actions import editions as acts
from portal.actions import sharing
from portal.core import policytext
from portal.core.errors import BadFile, Incomplete, Stale
from portal.core.policy import Permission, require
from portal.core.readable import day_in
from portal.models import Edition
from portal.queries import editions as found
from portal.queries import gap, log
from portal.web import current
from portal.web.acting import carried_out
from portal.web.desk.edition_forms import LoadForm, MarksForm, SettleForm, clause_name
from portal.web.desk.room import room
from portal.web.errors import blame, said

Reply = str | Response | tuple[str, int]
DECISIONS = {"confirm": True, "refuse": False}


@room.get("/policy/editions")
def editions() -> str:
    """Show the editions with their digests, and the law table by which this installation judges."""
    rows, page, today = current.reading(), current.page(), day_in(current.now())
    listed, catalogue = found.listing(rows, current.actor(), page), current.catalogue()
    digest = catalogue.digests[sharing.RULES_FILE]
    return render_template(
        "desk/policy/editions.html", found=listed[:found.PAGE], more=len(listed) > found.PAGE, page=page, today=today,
        current=found.in_force(rows, today), standing=found.standing, header=catalogue.rules.header, digest=digest,
        is_kept=found.of_digest(rows, "law", digest) is not None)


@room.route("/policy/editions/new", methods=["GET", "POST"])
def new_edition() -> Reply:
    """Load an edition of the policy."""
    require(current.actor(), Permission.LOAD_EDITION)
    form = LoadForm()
    if form.validate_on_submit():
        try:
            with current.work() as work:
                place = url_for("desk.edition", public_id=acts.load(work, current.actor(), form.loaded()).public_id)
            flash(gettext("Loaded. Mark what it changes; then a second person confirms it."))
            return redirect(place, 303)
        except Incomplete as refusal:
            blame(form, refusal)
        except BadFile as refusal:
            form.file.errors = [said(refusal)]
    return render_template("desk/policy/edition_new.html", form=form), 422 if form.errors else 200


@room.post("/policy/editions/table")
def keep_table() -> Response:
    """Load the law table of this installation as an edition."""
    try:
        with current.work() as work:
            place = url_for("desk.edition", public_id=acts.load_table(work, current.actor()).public_id)
        flash(gettext("Loaded. Mark what it changes; then a second person confirms it."))
        return redirect(place, 303)
    except Incomplete as refusal:
        flash(said(refusal))
        return redirect(url_for("desk.editions"), 303)


@room.get("/policy/editions/<public_id>")
def edition(public_id: str) -> str:
    """Show an edition: what it changes, how far its gap questionnaire is, what was decided under it."""
    return shown(public_id, {})


def shown(public_id: str, typed: Mapping[str, Any], theirs: Edition | None = None) -> str:
    """The page of an edition, with the form that holds what was typed in the place of one that shows what stands.

    `theirs` is what stands where somebody marked it meanwhile.
    """
    rows, actor, today, page = current.reading(), current.actor(), day_in(current.now()), current.page()
    kept = found.one(rows, actor, public_id)
    clauses = found.markable(rows, current.catalogue(), kept.row.kind)
    marks = typed.get("marks") or MarksForm(formdata=None)
    marks.offer(kept.row.kind, clauses.items())
    if "marks" not in typed:
        marks.show(kept.row)
    settle = typed.get("settle") or SettleForm(formdata=None)
    settle.version.data, settle.version.raw_data = kept.row.version, None
    signed = found.decided(rows, actor, kept.row, page)
    return render_template(
        "desk/policy/edition.html", kept=kept, row=kept.row, marks=marks, settle=settle, theirs=theirs,
        standing=found.standing(kept.row, today, found.in_force(rows, today)), clauses=clauses, clause_name=clause_name,
        rounds=gap.progress(rows, actor, kept.row, today), signed=signed[:found.PAGE], more=len(signed) > found.PAGE,
        page=page, history=log.of_thing(rows, actor, "edition", public_id))


@room.get("/policy/editions/<public_id>/text")
def edition_text(public_id: str) -> str:
    """Show the policy's text of an edition by clause, and what reads otherwise than in the edition before."""
    rows = current.reading()
    row = found.one(rows, current.actor(), public_id).row
    if row.kind != "policy":
        raise NotFound
    clauses, before = current.catalogue().policy.values(), found.before(rows, row)
    text = policytext.split(found.text_of(rows, row), clauses)
    former = policytext.split(found.text_of(rows, before), clauses) if before else text
    return render_template("desk/policy/edition_text.html", row=row, before=before, text=text,
                           changes=policytext.compare(former, text), clause_name=clause_name)


@room.post("/policy/editions/<public_id>/marks")
def mark_edition(public_id: str) -> Reply:
    """Keep which clauses an edition changes."""
    form = MarksForm()
    rows = current.reading()
    row = found.one(rows, current.actor(), public_id).row
    form.offer(row.kind, found.markable(rows, current.catalogue(), row.kind).items())
    try:
        if carried_out(form, Edition, public_id, lambda work, edition: acts.mark(
                work, current.actor(), edition, form.marks(), form.version.data), Permission.LOAD_EDITION):
            flash(gettext("Kept."))
            return redirect(url_for("desk.edition", public_id=public_id), 303)
    except Stale:
        form.version.data, form.version.raw_data = row.version, None
        return shown(public_id, {"marks": form}, row), 409
    return shown(public_id, {"marks": form}), 422


@room.post("/policy/editions/<public_id>/<decision>")
def settle_edition(public_id: str, decision: str) -> Reply:
    """Confirm or refuse an edition."""
    if decision not in DECISIONS:
        raise NotFound
    form = SettleForm()
    try:
        if carried_out(form, Edition, public_id, lambda work, edition: acts.settle(
                work, current.actor(), edition, form.settled(confirm=DECISIONS[decision]))):
            flash(gettext("Confirmed.") if DECISIONS[decision] else gettext("Refused."))
            return redirect(url_for("desk.edition", public_id=public_id), 303)
    except Stale as refusal:
        flash(said(refusal))
        return shown(public_id, {"settle": form}), 409
    return shown(public_id, {"settle": form}), 422
