"""A person's own account: settings, sign-out, step-up, forms that were kept."""

from portal.web.account import leaving, settings, stepping
from portal.web.account.room import room

__all__ = ["leaving", "room", "settings", "stepping"]
