"""Contracts that end within ninety days, or have ended under a running relation."""

from flask import render_template, request

from portal.core.readable import day_in
from portal.queries import ending
from portal.web import current
from portal.web.desk.room import room
from portal.web.desk.saving import bar


@room.get("/parties/ending")
def contracts_ending() -> str:
    """Show the contracts on one step of the ladder; without a step, the first that holds any."""
    rows, actor, today = current.reading(), current.actor(), day_in(current.now())
    counts, page = ending.counts(rows, actor, today), current.page()
    step = request.args.get("step", "")
    if step not in ending.LADDER:
        step = next((name for name, count in counts.items() if count), "30")
    found = ending.listing(rows, actor, step, today, page)
    return render_template("desk/ending.html", found=found[:ending.PAGE], more=len(found) > ending.PAGE, page=page,
                           step=step, counts=counts, today=today, saved=bar("contracts_ending", {"step": step}))
