"""The staff's pages: the desk, reviews, approvals, packets and the register."""

from portal.web.desk import approvals, checklists, evidence, home, packets, reviews
from portal.web.desk.room import room

__all__ = ["approvals", "checklists", "evidence", "home", "packets", "reviews", "room"]
