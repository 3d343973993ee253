"""What an administrator should look at, each with its number and its page."""

from flask import render_template

from portal.core import policy
from portal.core.policy import Permission
from portal.queries import log, outbox, people
from portal.web import current
from portal.web.admin.room import room


@room.get("/")
def home() -> str:
    """Show what waits: proposals, mails that did not arrive, jobs that failed, and the ledger's size."""
    rows, actor = current.reading(), current.actor()
    manages = policy.may(actor, Permission.MANAGE_PEOPLE)
    return render_template("admin/home.html", counts=outbox.counts(rows, actor), size=log.size(rows, actor),
                           proposals=len(people.proposals(rows, actor)) if manages else None)
