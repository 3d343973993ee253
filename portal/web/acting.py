"""One act by one form: who may and what is typed are asked first; it is done whole, or refused at its fields."""

from collections.abc import Callable
from typing import TypeVar

from flask import flash
from flask_wtf import FlaskForm

from portal.core.errors import Incomplete, NotNow
from portal.core.policy import Permission, require
from portal.queries.visible import one
from portal.store.work import Work
from portal.web import current
from portal.web.errors import blame, said

Thing = TypeVar("Thing")


def carried_out(form: FlaskForm, noun: type[Thing], public_id: str, act: Callable[[Work, Thing], object],
                needs: Permission | None = None) -> bool:
    """Carry an act out on a thing if the form is whole; otherwise what is wrong stands at its fields or above the page.

    NotFound for a foreign or unknown thing, NotAllowed without the permission, before anything typed is looked at.
    """
    found = one(current.reading(), current.actor(), noun, public_id)
    if needs is not None:
        require(current.actor(), needs, found)
    if not form.validate_on_submit():
        return False
    try:
        with current.work() as work:
            act(work, one(work.rows, current.actor(), noun, public_id))
        return True
    except Incomplete as refusal:
        blame(form, refusal)
    except NotNow as refusal:
        flash(said(refusal))
    return False
