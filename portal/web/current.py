"""All that a handler may ask for: who acts, a reading session, a unit of work, the settings."""

from datetime import datetime
from typing import cast

from flask import current_app, g, request
from flask_login import current_user

from portal.actions.sessions import Browser
from portal.core.actor import ANYONE, Actor
from portal.core.catalogue import Catalogue
from portal.queries.sessions import Signed
from portal.settings import Settings
from portal.store.cellar import Cellar
from portal.store.engine import Rows
from portal.store.work import Work


def cellar() -> Cellar:
    """The store of this installation."""
    return cast(Cellar, current_app.extensions["cellar"])


def settings() -> Settings:
    """The settings of this installation."""
    return cellar().settings


def catalogue() -> Catalogue:
    """The catalogue: law tables, checklists, words."""
    return cellar().catalogue


def now() -> datetime:
    """The present moment, UTC."""
    return cellar().clock()


def reading() -> Rows:
    """The reading session of this request, closed when it ends."""
    if "rows" not in g:
        g.rows = cellar().read()
    return cast(Rows, g.rows)


def page(most: int = 100_000) -> int:
    """The page of a list that the address names: from 1, and never so far that a database could not count to it."""
    return max(1, min(request.args.get("page", 1, type=int), most))


def work() -> Work:
    """Begin one act: `with work() as w:`; it commits at the end of the block."""
    close_reading()  # a reader that stays open across the act would show what was before it
    return cellar().work()


def signed() -> Signed | None:
    """The living session of this browser, if somebody is signed in."""
    return cast("Signed | None", getattr(current_user, "signed", None))


def actor() -> Actor:
    """Who acts in this request; ANYONE where nobody is signed in."""
    here = signed()
    return here.actor if here else ANYONE


def session_id() -> int:
    """The row id of the session in use, 0 without one."""
    here = signed()
    return here.session_id if here else 0


def browser(device: str) -> Browser:
    """What is kept of this browser in the list of sessions; `device` is its lasting cookie."""
    return Browser(request.user_agent.string, request.remote_addr or "", device)


def close_reading(error: BaseException | None = None) -> None:
    """Close the reading session, at the end of a request or before an act."""
    rows = g.pop("rows", None)
    if rows is not None:
        rows.close()
