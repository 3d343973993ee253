"""A party's pages: what there is to do, section by section, evidence, certification and receipt."""

from portal.web.my import (
    certifying,
    evidence,
    findings,
    handover,
    home,
    people,
    receipts,
    reentrustment,
    same,
    section,
    tasklist,
    uploads,
    workbooks,
)
from portal.web.my.room import room

__all__ = [
    "certifying", "evidence", "findings", "handover", "home", "people", "receipts", "reentrustment", "room", "same",
    "section", "tasklist", "uploads", "workbooks",
]
