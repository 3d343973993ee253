"""What an administrator should look at, each with its number and its page."""

from flask import render_template

from portal.core import policy
from portal.core.policy import Permission
from portal.queries import log, mailtexts, outbox, people
from portal.web import current
from portal.web.admin.room import room


@room.get("/")
def home() -> str:
    """Show what waits: proposals, mails that did not arrive, jobs that failed, unfit texts, the ledger's size."""
    rows, actor = current.reading(), current.actor()
    manages = policy.may(actor, Permission.MANAGE_PEOPLE)
    return render_template("admin/home.html", counts=outbox.counts(rows, actor), size=log.size(rows, actor),
                           unfit=mailtexts.unfit(rows, actor) if policy.may(actor, Permission.EDIT_MAIL_TEXT) else 0,
                           proposals=len(people.proposals(rows, actor)) if manages else None)
