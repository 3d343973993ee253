"""Saved views: kept, renamed, put in order, shared and removed by the person whose they are."""

from collections.abc import Mapping

from portal.actions import record
from portal.core import saved
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, NotNow
from portal.core.policy import Permission
from portal.models import SavedView
from portal.queries import handing
from portal.queries import saved as found
from portal.store.work import Work


def keep(work: Work, actor: Actor, page: str, title: str, given: Mapping[str, str]) -> SavedView:
    """Keep the filters of a page under a name; what the page does not know is dropped.

    Incomplete where nothing is filtered, the name is missing, too long or taken, or the person keeps enough.
    """
    record.require(actor, Permission.KEEP_VIEW)
    mine, known = found.own(work.rows, actor), saved.page_of(page)
    query = saved.kept(known, given, found.offered(work.catalogue, handing.holders(work.rows))) if known else {}
    if known is None or not query:
        raise Incomplete("Choose a filter on the page first: there is nothing to keep.")
    if len(mine) >= saved.MOST:
        raise Incomplete("You keep %(most)s views already. Remove one first.", most=saved.MOST)
    row = SavedView(person_id=actor.person_id, page=known, title=_named(mine, title), query=query,
                    place=max((view.place for view in mine), default=0) + 1, made_at=work.now())
    work.rows.add(row)
    record.note(work, actor, row, "kept", page=known, filters=list(query), title=Personal(row.title))
    return row


def rename(work: Work, actor: Actor, view: SavedView, title: str, seen: int | None = None) -> None:
    """Give a view another name; Stale when it was changed since the version that was seen."""
    record.require(actor, Permission.CHANGE_VIEW, view)
    record.unchanged(view, seen)
    name = _named([row for row in found.own(work.rows, actor) if row.id != view.id], title)
    if name != view.title:
        view.title = name
        record.note(work, actor, view, "renamed", title=Personal(name))


def shift(work: Work, actor: Actor, view: SavedView, *, up: bool) -> None:
    """Put a view one place earlier or later; the first and the last stay where they are."""
    record.require(actor, Permission.CHANGE_VIEW, view)
    mine = found.own(work.rows, actor)
    here = next(number for number, row in enumerate(mine) if row.id == view.id)
    there = here - 1 if up else here + 1
    if 0 <= there < len(mine):
        mine[here], mine[there] = mine[there], mine[here]
        for place, row in enumerate(mine, 1):
            row.place = place
        record.note(work, actor, view, "put_in_order", place=there + 1)


def share(work: Work, actor: Actor, view: SavedView) -> None:
    """Show a view to all of JMDP's staff; NotNow where the house shares enough of them."""
    record.require(actor, Permission.SHARE_VIEW, view)
    if view.is_shared:
        return
    if saved.gone(view.page, view.query, found.offered(work.catalogue, handing.holders(work.rows))):
        raise NotNow("A filter of this view is known no longer, so it is not shared. Keep the search anew.")
    if found.shared(work.rows) >= saved.MOST:
        raise NotNow("%(most)s views are shared already. One of them has to be taken back first.", most=saved.MOST)
    view.is_shared = True
    record.note(work, actor, view, "shared", page=view.page, filters=list(view.query))


def unshare(work: Work, actor: Actor, view: SavedView) -> None:
    """Keep a view to oneself again."""
    record.require(actor, Permission.CHANGE_VIEW, view)
    if view.is_shared:
        view.is_shared = False
        record.note(work, actor, view, "unshared")


def remove(work: Work, actor: Actor, view: SavedView) -> None:
    """Remove a view; what it found stays as it is."""
    record.require(actor, Permission.CHANGE_VIEW, view)
    record.note(work, actor, view, "removed", page=view.page)
    work.rows.delete(view)


def _named(others: list[SavedView], title: str) -> str:
    """Give the name as it is kept; Incomplete where it is missing, too long, or another view's."""
    name = saved.tidied(title)
    wrong = ""
    if not name:
        wrong = N_("Enter a name for the view")
    elif len(name) > saved.LONGEST:
        wrong = N_("The name has at most 60 letters")
    elif name in {view.title for view in others}:
        wrong = N_("You keep a view of this name already")
    if wrong:
        raise Incomplete(wrong, {"title": wrong})
    return name
