"""The staff's pages: the desk, reviews, approvals, packets and the register."""

from portal.web.desk import approvals, home, packets, reviews
from portal.web.desk.room import room

__all__ = ["approvals", "home", "packets", "reviews", "room"]
