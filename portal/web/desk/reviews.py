"""The review workspace: take, judge as drafts, finish once."""

from collections.abc import Mapping

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import finish as finishing
from portal.actions import looking, own, people, review
from portal.core.dates import fiscal_year
from portal.core.errors import Incomplete
from portal.core.readable import day_in
from portal.models import Attestation, Party
from portal.queries import absences, reviews, sampling
from portal.queries.visible import one
from portal.store.work import STALE
from portal.web import current
from portal.web.desk import drafts
from portal.web.desk.forms import FinishForm
from portal.web.desk.room import room
from portal.web.errors import said, wants_json

Answer = str | Response | tuple[str | Response, int]


def this_year() -> int:
    """The fiscal year of today in Japan."""
    return fiscal_year(day_in(current.now()))


def sheet_of(public_id: str) -> reviews.Sheet:
    """The workspace of an attestation; NotFound when there is none."""
    rows, actor = current.reading(), current.actor()
    return reviews.sheet(rows, actor, one(rows, actor, Attestation, public_id, *reviews.WITH_PARTY), this_year())


def shown(sheet: reviews.Sheet, problems: Mapping[str, str]) -> str:
    """The workspace as a page; where another reviewer has it in hand and is away, it says until when."""
    rows, here, mine = current.reading(), sheet.attestation, current.actor().person_id
    reader = here.reviewer_id if here.state == "under_review" and here.reviewer_id != mine else None
    away = absences.until(rows, reader, day_in(current.now())) if reader else None
    return render_template("desk/review.html", sheet=sheet, drawn=sampling.drawn(rows, sheet), away=away,
                           problems=problems, typed=request.form)


def answer_page(public_id: str, problems: Mapping[str, str], status: int) -> tuple[str, int]:
    """The workspace with what is wrong, each problem at its question."""
    return shown(sheet_of(public_id), problems), status


@room.get("/reviews/<public_id>", endpoint="review")
def workspace(public_id: str) -> str | Response:
    """Show questions, answers, evidence and drafts of one attestation; before a submission, how far the party is."""
    rows, actor = current.reading(), current.actor()
    found = one(rows, actor, Attestation, public_id, *reviews.WITH_PARTY)
    if not found.version_no:
        return redirect(url_for("desk.attestation", public_id=public_id), 303)
    sheet = reviews.sheet(rows, actor, found, this_year())
    return shown(sheet, {})


@room.get("/evidence-none")
def evidence_none() -> str:
    """What stands in the evidence pane before something was opened."""
    return render_template("desk/evidence_none.html")


@room.post("/reviews/<public_id>/interest")
def interest(public_id: str) -> Response:
    """Keep the reviewer's statement for this year; without an interest the attestation is taken at once."""
    has_interest, reason = request.form.get("interest", ""), request.form.get("reason", "")
    if has_interest not in ("yes", "no") or (has_interest == "yes" and not reason.strip()):
        flash(gettext("Choose one of the two; with an interest, say which."))
        return redirect(url_for("desk.review", public_id=public_id), 303)
    with current.work() as work:
        found = one(work.rows, current.actor(), Attestation, public_id)
        party = work.rows.get_one(Party, found.party_id)
        people.state_interest(work, current.actor(), party, this_year(), reason if has_interest == "yes" else "")
        if has_interest == "no" and found.state == "submitted":
            review.take(work, current.actor(), found)
    return redirect(url_for("desk.home") if has_interest == "yes" else url_for("desk.review", public_id=public_id), 303)


@room.post("/reviews/<public_id>/take")
def take(public_id: str) -> Response:
    """Take the attestation for review."""
    with current.work() as work:
        review.take(work, current.actor(), one(work.rows, current.actor(), Attestation, public_id))
    return redirect(url_for("desk.review", public_id=public_id), 303)


@room.post("/reviews/<public_id>/release")
def release(public_id: str) -> Response:
    """Give the attestation back to the queue."""
    with current.work() as work:
        review.release(work, current.actor(), one(work.rows, current.actor(), Attestation, public_id))
    flash(gettext("Given back. Your drafts stay with the review."))
    return redirect(url_for("desk.home"), 303)


@room.post("/reviews/<public_id>/drafts")
def save_drafts(public_id: str) -> Answer:
    """Save verdict drafts and JMDP's own answers: all of a page, or the one question that a script sends."""
    posted = drafts.read(request.form)
    with current.work() as work:
        found = one(work.rows, current.actor(), Attestation, public_id)
        going = review.current(work, found)
        saved = review.save(work, current.actor(), going, posted.judgements)
        looking.keep(work, current.actor(), going, posted.looked_at(saved.versions))
        own.save(work, current.actor(), found, posted.own)
    problems = {**posted.problems, **{question: gettext(STALE) for question in saved.theirs}}
    if wants_json():
        return jsonify(versions=saved.versions, theirs=saved.theirs, problems=problems,
                       saved_at=current.now().isoformat()), 409 if saved.theirs else 422 if problems else 200
    if problems:
        return answer_page(public_id, problems, 409 if saved.theirs else 422)
    return redirect(url_for("desk.review", public_id=public_id, _anchor=request.form.get("at", "")), 303)


@room.route("/reviews/<public_id>/finish", methods=["GET", "POST"])
def finish(public_id: str) -> Answer:
    """Show what the one finish would do, and do it."""
    form, problems = FinishForm(), {}
    if form.validate_on_submit():
        try:
            with current.work() as work:
                found = one(work.rows, current.actor(), Attestation, public_id)
                act = finishing.return_to_party if form.outcome.data == "return" else finishing.pass_on
                act(work, current.actor(), found, form.digest.data or "", form.letter_out())
            flash(form.told())
            return redirect(url_for("desk.home"), 303)
        except Incomplete as error:
            problems = {"": said(error), **{name: gettext(text) for name, text in error.fields.items()}}
    sheet = sheet_of(public_id)
    form.fill(sheet, day_in(current.now()))
    return render_template("desk/finish.html", sheet=sheet, form=form, problems=problems,
                           sample=sampling.of(current.reading(), sheet)), 422 if problems else 200
