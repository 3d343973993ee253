"""A person's own account: settings, sign-out, step-up, forms that were kept."""

from portal.web.account import browsers, leaving, security, settings, stepping
from portal.web.account.room import room

__all__ = ["browsers", "leaving", "room", "security", "settings", "stepping"]
