"""The administrators' pages: people and roles, mails, jobs, the ledger, the installation."""

from portal.web.admin import home, inviting, ledger, mailtexts, outbox, people, system
from portal.web.admin.room import room

__all__ = ["home", "inviting", "ledger", "mailtexts", "outbox", "people", "room", "system"]
