"""WHETHER a party is handed over to another lead: what leaves it out, in a sentence."""

from dataclasses import dataclass

from portal.core.errors import N_

MOST = 500
"""Parties of one act; more want a narrower filter."""
MAY_NOT = N_("You may not change this party.")
ENDED = N_("Ended: nothing is supervised there any more.")
SAME = N_("In these hands already.")
CONFLICT = N_("The new lead has stated an interest in this party.")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is looked at in a party: may the actor change it, its status, is it the new lead's, has that one a stake."""

    may_change: bool
    status: str
    is_theirs: bool
    has_conflict: bool


def against(standing: Standing) -> str:
    """Give the sentence that says why a party is left out, "" where it is handed over."""
    reasons = ((not standing.may_change, MAY_NOT), (standing.status == "ended", ENDED),
               (standing.is_theirs, SAME), (standing.has_conflict, CONFLICT))
    return next((sentence for holds, sentence in reasons if holds), "")
