"""Sampling at the desk: which unchanged answers may be accepted as a block, the drawn ones, and the block."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import drawing, review
from portal.core.errors import Incomplete
from portal.core.readable import day_in
from portal.core.sampling import is_enough, size
from portal.models import Attestation, Review
from portal.queries import sampling
from portal.queries.visible import one
from portal.store.work import Work
from portal.web import current
from portal.web.desk.reviews import sheet_of
from portal.web.desk.room import room
from portal.web.errors import said

Reply = Response | tuple[str, int]


def reason(why: str) -> str:
    """Why an answer is read by itself, in the reader's language."""
    said_as: dict[str, str] = {
        "own": gettext("JMDP answers it itself"), "new": gettext("Nothing to compare with"),
        "tier": gettext("The party's risk tier is critical"), "changed": gettext("Changed since last year"),
        "not_accepted": gettext("Last year's answer was not accepted without a finding"),
        "reworded": gettext("The question is worded otherwise than last year"),
        "critical": gettext("Critical question"), "returned": gettext("Was returned this year"),
        "finding": gettext("A finding on it is open"), "verdict": gettext("Judged or remarked on by itself already"),
        "evidence": gettext("Its evidence is missing, not yet examined, flagged, or ends before the due day"),
        "answer": gettext("Not the answer hoped for, or one that can open a finding"),
    }
    return said_as[why]


def page(public_id: str, problems: dict[str, str]) -> str:
    """The page of the sample: what may be drawn from, or what was drawn and where it stands."""
    sheet, rows = sheet_of(public_id), current.reading()
    sample = sampling.of(rows, sheet)
    offered = sampling.offered(rows, sheet, day_in(current.now()))
    held: dict[str, list[str]] = {}
    for name, why in offered.items():
        if why not in ("", "own"):
            held.setdefault(why, []).append(name)
    eligible = [item for item in sheet.items if not offered[item.question.id]]
    number = size(drawing.RULE, len(eligible))
    return render_template("desk/sample.html", sheet=sheet, sample=sample, eligible=eligible, held=held,
                           reason=reason, size=number, enough=is_enough(drawing.RULE, len(eligible)),
                           problems=[(f"drawn-{name}" if name else "sample", name, text)
                                     for name, text in problems.items()])


def done(public_id: str, act: Callable[[Work, Review], str]) -> Reply:
    """Carry an act out on the review that goes on, and tell it; what is missing stands above the page again."""
    try:
        with current.work() as work:
            found = one(work.rows, current.actor(), Attestation, public_id)
            told = act(work, review.current(work, found))
    except Incomplete as refusal:
        return page(public_id, {"": said(refusal), **{
            name: gettext(text) for name, text in refusal.fields.items()}}), 422
    flash(told)
    return redirect(url_for("desk.sample", public_id=public_id), 303)


@room.get("/reviews/<public_id>/sample")
def sample(public_id: str) -> str:
    """Show what may be accepted as a block, and the sample that was drawn before."""
    return page(public_id, {})


@room.post("/reviews/<public_id>/sample")
def draw_sample(public_id: str) -> Reply:
    """Draw the sample of this version."""
    def act(work: Work, going: Review) -> str:
        row = drawing.draw(work, current.actor(), going)
        return str(gettext("Drawn: %(number)s. Open and judge each of them.", number=len(row.drawn)))

    return done(public_id, act)


@room.post("/reviews/<public_id>/block")
def accept_block(public_id: str) -> Reply:
    """Accept the block."""
    return done(public_id, lambda work, going: str(gettext(
        "Accepted as a block: %(number)s.", number=drawing.accept(work, current.actor(), going))))


@room.post("/reviews/<public_id>/block/back")
def take_block_back(public_id: str) -> Reply:
    """Take the block back."""
    return done(public_id, lambda work, going: str(gettext(
        "Taken back: %(number)s. They wait for a verdict again.",
        number=drawing.take_back(work, current.actor(), going))))
