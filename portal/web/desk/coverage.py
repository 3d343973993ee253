"""The policy clause by clause: where the portal does what it asks, the test that shows it, and what is not there."""

from collections import Counter

from flask import render_template, request

from portal.core.words import STATES
from portal.web import current
from portal.web.desk.room import room

STANDINGS = tuple(STATES["coverage"])


@room.get("/policy")
def policy() -> str:
    """Show every clause, or those of one standing."""
    catalogue = current.catalogue()
    clauses = list(catalogue.policy.values())
    chosen = request.args.get("standing", "")
    shown = [clause for clause in clauses if chosen not in STANDINGS or clause.standing == chosen]
    counts = Counter(clause.standing for clause in clauses)
    return render_template("desk/policy/coverage.html", clauses=shown, counts=counts, chosen=chosen, total=len(clauses),
                           observations=() if chosen in STANDINGS else catalogue.observations)
