"""The desk: my turn first, one query a page."""

from flask import redirect, render_template, request, url_for
from werkzeug import Response

from portal.core import policy
from portal.core.actor import Actor
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.workflow import THEIRS
from portal.pictures import due_strip
from portal.queries import absences, delivery, desk, reentrustment, straying
from portal.web import current
from portal.web.desk import saving
from portal.web.desk.room import room
from portal.web.desk.words import door
from portal.web.languages import voice


def follows(actor: Actor) -> bool:
    """Whether letters that did not arrive are for this person to follow up."""
    return policy.may(actor, Permission.FOLLOW_LETTER)


def wanted() -> desk.Wanted:
    """Read the tab, the words and the page from the address."""
    tab = request.args.get("tab", "mine")
    return desk.Wanted(day_in(current.now()), tab if tab in desk.TABS else "mine",
                       request.args.get("q", "")[:100], current.page())


@room.get("/")
def home() -> str:
    """Show what waits for the actor, and what else is under way."""
    asked, rows, actor = wanted(), current.reading(), current.actor()
    found, counts = desk.listing(rows, actor, asked), desk.standing(rows, actor, asked.today)
    return render_template(
        "desk/home.html", asked=asked, found=found[:desk.PAGE], more=len(found) > desk.PAGE,
        counts=counts, theirs=THEIRS, picture=due_strip.picture(counts.weeks, voice()),
        saved=saving.tabs({"tab": asked.tab, "q": asked.words}),
        undecided=straying.waiting(rows, actor), missed=follows(actor) and delivery.waiting(rows, actor),
        requests=reentrustment.waiting(rows, actor),
        unread=absences.waiting(rows, actor),
    )


@room.get("/next")
def take_next() -> Response:
    """Go to the thing that should be taken next, or back to the desk when nothing waits."""
    found = desk.next_for(current.reading(), current.actor(), day_in(current.now()))
    if found is None:
        return redirect(url_for("desk.home"), 303)
    return redirect(url_for(door(found), public_id=found.public_id), 303)
