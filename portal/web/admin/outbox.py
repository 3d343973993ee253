"""Mails and jobs: what left the house, what waits, what did not arrive, and the button that tries again."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import upkeep
from portal.core.acts import kind
from portal.queries import delivery
from portal.queries import outbox as sent
from portal.web import current
from portal.web.admin.room import room


def asked(states: tuple[str, ...]) -> tuple[str, int]:
    """The state and the page that the address names."""
    state = request.args.get("state", "")
    return state if state in states else "", current.page()


@room.get("/outbox")
def outbox() -> str:
    """List the mails, newest first."""
    rows, actor = current.reading(), current.actor()
    words = request.args.get("q", "")[:100]
    state, page = asked(sent.MAIL_STATES)
    found = sent.mails(rows, actor, words, state, page)
    folder = "" if current.settings().smtp_url else str(current.settings().folder / "outbox")
    opened = delivery.acknowledged(rows, found)
    return render_template("admin/outbox.html", found=found[:sent.PAGE], opened=opened, more=len(found) > sent.PAGE,
                           words=words, state=state, page=page, states=sent.MAIL_STATES,
                           counts=sent.counts(rows, actor), folder=folder)


@room.get("/outbox/<public_id>")
def mail(public_id: str) -> str:
    """Show one mail as it was kept; the code of a link is not part of it."""
    rows = current.reading()
    shown = sent.mail(rows, current.actor(), public_id)
    return render_template("admin/mail.html", mail=shown, opened=delivery.acknowledged(rows, [shown]).get(shown.id))


@room.post("/outbox/<public_id>/again")
def mail_again(public_id: str) -> Response:
    """Send a mail again that did not arrive."""
    with current.work() as work:
        upkeep.send_again(work, current.actor(), sent.mail(work.rows, current.actor(), public_id))
    flash(gettext("It will be sent again."))
    return redirect(url_for("admin.mail", public_id=public_id), 303)


@room.get("/jobs")
def jobs() -> str:
    """List the jobs, newest first; failed ones can be tried again."""
    rows, actor = current.reading(), current.actor()
    state, page = asked(sent.JOB_STATES)
    found = sent.jobs(rows, actor, state, page)
    return render_template("admin/jobs.html", found=found[:sent.PAGE], more=len(found) > sent.PAGE, state=state,
                           page=page, counts=sent.counts(rows, actor), states=sent.JOB_STATES, kind_of=kind)


@room.post("/jobs/<public_id>/again")
def job_again(public_id: str) -> Response:
    """Put a failed job back into the queue."""
    with current.work() as work:
        upkeep.try_again(work, current.actor(), sent.job(work.rows, current.actor(), public_id))
    flash(gettext("It is queued again."))
    return redirect(url_for("admin.jobs"), 303)
