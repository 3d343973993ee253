"""The counter of tries of this installation."""

from typing import cast

from flask import current_app

from portal.store.tries import Tries


def tries() -> Tries:
    """Give the counter, over the app's own database."""
    return cast(Tries, current_app.extensions["tries"])
