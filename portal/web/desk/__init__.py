"""The staff's pages: the desk, reviews, approvals, packets, checklists and the register."""

from portal.web.desk import (
    approvals,
    checklists,
    contracts,
    contradictions,
    coverage,
    delivery,
    duties,
    ending,
    evidence,
    findings,
    handing,
    home,
    inspections,
    jointuse,
    matrix,
    overseas,
    packets,
    parties,
    party_lists,
    people,
    publication,
    recording,
    records,
    reminders,
    requests,
    reviews,
    risks,
    rounds,
    samples,
    saving,
    scopes,
    search,
)
from portal.web.desk.room import room

__all__ = [
    "approvals", "checklists", "contracts", "contradictions", "coverage", "delivery", "duties", "ending", "evidence",
    "findings", "handing", "home", "inspections", "jointuse", "matrix", "overseas", "packets", "parties", "party_lists",
    "people", "publication", "recording", "records", "reminders", "requests", "reviews", "risks", "room", "rounds",
    "samples", "saving", "scopes", "search",
]
