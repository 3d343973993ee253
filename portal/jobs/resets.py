"""Answers a request for a new password, away from the page that took it."""

from portal.actions import reset
from portal.store.cellar import Cellar


def run(cellar: Cellar, email: str) -> None:
    """Mail a code to the address if somebody signs in with it."""
    with cellar.work() as work:
        reset.send(work, email)
