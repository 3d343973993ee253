"""The shelf: every checklist in use, its versions, what differs between them, and how a party meets it."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response as Plain

from portal.actions import building, checklists
from portal.core import checklist_text, editions
from portal.core.errors import NotFound
from portal.core.evidence.kinds import MIME, Kind
from portal.core.templates import Template
from portal.queries import checklists as shelf
from portal.queries import forms
from portal.queries.visible import GONE
from portal.sheets import checklist as sheets
from portal.web import current
from portal.web.desk.checklists import preview
from portal.web.desk.room import room
from portal.web.downloads import attachment
from portal.web.languages import language


def body(public_id: str) -> Template:
    """What a version asks; NotFound when there is none."""
    rows = current.reading()
    return forms.template(rows, shelf.one(rows, current.actor(), public_id).id)


@room.get("/checklists/", endpoint="checklists")
def listing() -> str:
    """Show the newest version of every checklist, and what is being made."""
    found, new = shelf.listing(current.reading(), current.actor())
    sizes = {entry.row.id: forms.count(current.reading(), entry.row.id) for entry in found}
    return render_template("desk/checklists/shelf.html", found=found, new=new, sizes=sizes)


@room.get("/checklists/<public_id>", endpoint="checklist")
def version(public_id: str) -> str:
    """Show one version in both languages, with all versions of its list."""
    rows, actor = current.reading(), current.actor()
    row = shelf.one(rows, actor, public_id)
    known = shelf.versions(rows, actor, row.code)
    library = current.catalogue().templates.get(row.code)
    return render_template(
        "desk/checklists/version.html", row=row, template=forms.template(rows, row.id), versions=known,
        draft=shelf.draft_of(rows, row.code), is_newest=row.id == known[0].row.id,
        has_library=library is not None and shelf.digest(library) != known[0].row.digest,
    )


@room.get("/checklists/<public_id>/compare/<other>", endpoint="checklist_compare")
def compare(public_id: str, other: str) -> str:
    """Show what differs from one version to another."""
    rows, actor = current.reading(), current.actor()
    before, after = shelf.one(rows, actor, public_id), shelf.one(rows, actor, other)
    if before.code != after.code:
        raise NotFound(GONE)
    told = editions.compare(forms.template(rows, before.id), forms.template(rows, after.id))
    return render_template("desk/checklists/compare.html", told=told, row=after, library=False, titles=(
        gettext("version %(number)s", number=before.version), gettext("version %(number)s", number=after.version)))


@room.get("/checklists/<public_id>/library", endpoint="checklist_library")
def library(public_id: str) -> str:
    """Show what differs from a version to the library's edition of the same list."""
    row = shelf.one(current.reading(), current.actor(), public_id)
    own = current.catalogue().templates.get(row.code)
    if own is None:
        raise NotFound(GONE)
    return render_template(
        "desk/checklists/compare.html", told=editions.compare(body(public_id), own), row=row, library=True,
        titles=(gettext("version %(number)s", number=row.version),
                gettext("library, edition %(edition)s", edition=own.header.edition)))


@room.get("/checklists/<public_id>/preview", endpoint="checklist_preview")
def as_party(public_id: str) -> str:
    """Show a version as a party meets it."""
    return preview.page(body(public_id), url_for("desk.checklist", public_id=public_id))


@room.get("/checklists/<public_id>/checklist.toml", endpoint="checklist_toml")
def as_toml(public_id: str) -> Response:
    """Give a version as a TOML file."""
    return toml(body(public_id), shelf.one(current.reading(), current.actor(), public_id).version)


def toml(template: Template, version: int) -> Response:
    """Give a checklist as a download in the library's own form."""
    text = checklist_text.write(template).encode()
    return attachment(iter([text]), f"{template.checklist.code}_{version}.toml", "application/toml", len(text))


@room.get("/checklists/<public_id>/checklist.xlsx", endpoint="checklist_xlsx")
def as_workbook(public_id: str) -> Response:
    """Give a version as a workbook."""
    return workbook(body(public_id), shelf.one(current.reading(), current.actor(), public_id).version)


def workbook(template: Template, version: int) -> Response:
    """Give a checklist as a workbook that can be edited and taken in again."""
    data = sheets.checklist(template, language(), current.catalogue(), current.now())
    return attachment(iter([data]), f"{template.checklist.code}_{version}.xlsx", MIME[Kind.XLSX], len(data))


@room.post("/checklists/<public_id>/edit", endpoint="checklist_edit")
def edit(public_id: str) -> Plain:
    """Begin to edit a version, or go on where somebody left off."""
    with current.work() as work:
        draft = building.begin(work, current.actor(), shelf.one(work.rows, current.actor(), public_id))
        work.rows.flush()
        place = draft.public_id
    return redirect(url_for("desk.draft", public_id=place), 303)


@room.post("/checklists/<public_id>/library", endpoint="checklist_take_library")
def take_library(public_id: str) -> Plain:
    """Take the library's edition over as a draft."""
    with current.work() as work:
        row = shelf.one(work.rows, current.actor(), public_id)
        draft = building.take(work, current.actor(), work.catalogue.templates[row.code])
        work.rows.flush()
        place = draft.public_id
    return redirect(url_for("desk.draft", public_id=place), 303)


@room.post("/checklists/<public_id>/<any(retire, restore):act>", endpoint="checklist_retire")
def retire(public_id: str, act: str) -> Plain:
    """Ask nobody anew with a checklist, or offer it again."""
    with current.work() as work:
        row = shelf.one(work.rows, current.actor(), public_id)
        (checklists.retire if act == "retire" else checklists.restore)(work, current.actor(), row)
    flash(gettext("Retired. What was asked with it goes on.") if request.path.endswith("retire")
          else gettext("The checklist can be asked again."))
    return redirect(url_for("desk.checklist", public_id=public_id), 303)
