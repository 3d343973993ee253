"""Saved views at the desk: above a page as links, on the desk as tabs; named on one page, arranged on another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from werkzeug.exceptions import NotFound
from wtforms import StringField
from wtforms.validators import DataRequired

from portal.actions import saved as acts
from portal.core import saved
from portal.core.errors import Incomplete, NotNow, Stale
from portal.core.readable import day_in
from portal.models import Person
from portal.queries import handing
from portal.queries import saved as found
from portal.web import current
from portal.web.desk.filter_words import called, page_names, told
from portal.web.desk.room import room
from portal.web.errors import said

Reply = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Link:
    """A view as a page shows it; `count` is None where none is said, `is_gone` where a filter holds no longer."""

    label: str
    url: str
    current: bool
    count: str | None
    owner: str
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The views of a page, and the address under which its search is kept ("" for none)."""

    links: list[Link]
    keep: str

    @property
    def current(self) -> bool:
        """Whether the page shows one of these views."""
        return any(link.current for link in self.links)


class ViewForm(FlaskForm):
    """The name of a view."""

    title = StringField(lazy_gettext("Name of the view"),
                        validators=[DataRequired(lazy_gettext("Enter a name for the view"))],
                        description=lazy_gettext("Only you see it, until you share it."))


def bar(page: saved.Page, given: Mapping[str, str], people: Sequence[Person] | None = None) -> Bar:
    """The views of one page, for the line above it; `people` are those whom parties are with, where they are known."""
    rows, actor = current.reading(), current.actor()
    offered = found.offered(current.catalogue(), handing.holders(rows) if people is None else people)
    here = saved.kept(page, given, offered)
    links = [_link(one, offered, (page, here), {}) for one in found.shown(rows, actor, page)]
    return Bar(links, _keeping(page, here))


def tabs(given: Mapping[str, str]) -> Bar:
    """The first views of every page with their counts, for the desk; in three queries."""
    rows, actor = current.reading(), current.actor()
    offered = found.offered(current.catalogue(), handing.holders(rows))
    here = saved.kept("home", given, offered)
    first = found.shown(rows, actor)[:saved.ON_DESK]
    whole = [one.view for one in first if not saved.gone(one.view.page, one.view.query, offered)]
    counts = found.counts(rows, actor, whole, day_in(current.now()))
    return Bar([_link(one, offered, ("home", here), counts) for one in first],
               _keeping("home", here))


def _keeping(page: saved.Page, query: Mapping[str, Any]) -> str:
    """The address at which the filters of a page are named, "" where there is none to keep."""
    return url_for("desk.new_view", of=page, **query) if query else ""


def _link(one: found.Shown, offered: saved.Offered, here: tuple[str, Mapping[str, str]], counts: Mapping[int, int]
          ) -> Link:
    view, count = one.view, counts.get(one.view.id)
    is_gone = bool(saved.gone(view.page, view.query, offered))
    url = url_for("desk.views", _anchor=view.public_id) if is_gone else place(view.page, view.query)
    shown = None if count is None else str(count) if count <= saved.COUNTED else f"{saved.COUNTED}+"
    return Link(view.title, url, (view.page, view.query) == here, shown, one.owner, is_gone)


def place(page: str, query: Mapping[str, Any]) -> str:
    """The address of a page with its filters."""
    return url_for(f"desk.{page}", **query)


@room.route("/views/new/<of>", methods=["GET", "POST"])
def new_view(of: str) -> Reply:
    """Name the filters of a page and keep them."""
    page, rows = saved.page_of(of), current.reading()
    if page is None:
        raise NotFound
    form, given = ViewForm(), request.args.to_dict()
    people = handing.holders(rows)
    query = saved.kept(page, given, found.offered(current.catalogue(), people))
    names = told(page, query, people)
    if form.validate_on_submit():
        try:
            with current.work() as work:
                acts.keep(work, current.actor(), page, form.title.data or "", given)
            flash(gettext("Kept as “%(name)s”.", name=saved.tidied(form.title.data or "")))
            return redirect(place(page, query), 303)
        except Incomplete as refusal:
            form.title.errors = [said(refusal)]
    return render_template("desk/views/new.html", form=form, names=names, name=page_names()[page],
                           back_to=place(page, query)), 422 if form.errors else 200


@room.get("/views")
def views() -> str:
    """Show the actor's views, to put them in order, and those that others share."""
    return arranged({})


def arranged(typed: Mapping[str, tuple[str, str]]) -> str:
    """The page of all views; `typed` holds, by view, a name that was refused and why."""
    rows, actor = current.reading(), current.actor()
    people = handing.holders(rows)
    offered = found.offered(current.catalogue(), people)
    listed = [(one, told(one.view.page, one.view.query, people),
               called(saved.gone(one.view.page, one.view.query, offered))) for one in found.shown(rows, actor)]
    return render_template(
        "desk/views/list.html", mine=[row for row in listed if not row[0].owner],
        theirs=[row for row in listed if row[0].owner], typed=typed, place=place, pages=page_names(), most=saved.MOST)


@room.post("/views/<public_id>/rename")
def rename_view(public_id: str) -> Reply:
    """Give a view another name."""
    title = request.form.get("title", "")
    try:
        with current.work() as work:
            view = found.one(work.rows, current.actor(), public_id)
            acts.rename(work, current.actor(), view, title, request.form.get("version", type=int))
    except (Incomplete, Stale) as refusal:
        return arranged({public_id: (title, said(refusal))}), refusal.status
    return redirect(url_for("desk.views"), 303)


@room.post("/views/<public_id>/share")
def share_view(public_id: str) -> Response:
    """Show a view to all of JMDP's staff."""
    try:
        with current.work() as work:
            acts.share(work, current.actor(), found.one(work.rows, current.actor(), public_id))
        flash(gettext("Shared: all of JMDP's staff see this view now."))
    except NotNow as refusal:
        flash(said(refusal))
    return redirect(url_for("desk.views"), 303)


@room.post("/views/<public_id>/<act>")
def change_view(public_id: str, act: str) -> Response:
    """Move a view up or down, keep it to oneself again, or remove it."""
    if act not in ("up", "down", "unshare", "remove"):
        raise NotFound
    with current.work() as work:
        view = found.one(work.rows, current.actor(), public_id)
        if act in ("up", "down"):
            acts.shift(work, current.actor(), view, up=act == "up")
        else:
            (acts.unshare if act == "unshare" else acts.remove)(work, current.actor(), view)
    return redirect(url_for("desk.views"), 303)
