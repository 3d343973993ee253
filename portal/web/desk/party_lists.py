"""The register as a file: out as a workbook or CSV, in again as a plan that is looked at before it is taken."""

import tempfile
from dataclasses import replace
from pathlib import Path

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug import Response
from werkzeug.datastructures import FileStorage

from portal.actions import partylists as acts
from portal.core import partylist
from portal.core.errors import N_, BadFile, Incomplete
from portal.core.evidence.names import safe_name
from portal.core.policy import Permission, require
from portal.core.sheet import Book
from portal.models import Party
from portal.queries import parties, partylists
from portal.web import current
from portal.web.desk.parties import wanted
from portal.web.desk.room import room
from portal.web.downloads import Listed, table_file
from portal.web.errors import said
from portal.web.languages import language
from portal.web.spreadsheets import LARGEST, book_of

WIDTHS = {"name_ja": 32, "name_en": 32, "name_kana": 32, "kind": 22, "address": 40, "note": 40, "corporate_number": 16}
NO_FILE = N_("Choose a file.")
TOO_LARGE = N_("A list has at most 10 MB. Leave only the sheet with the parties in it.")
SHOWN = 200
"""Rows of one outcome that the page shows; the file has them all."""

Answer = str | Response | tuple[str, int]


@room.get("/parties/parties.<ending>")
def parties_file(ending: str) -> Response:
    """Give the parties asked for as a workbook or as CSV; the same file can be changed and handed in again."""
    found = parties.every(current.reading(), current.actor(), replace(wanted(), page=1))
    if len(found) > parties.MOST:  # a file with a part of them would be handed in again as the whole
        flash(gettext("There are more than %(count)s parties. Narrow them by the filters first.", count=parties.MOST))
        return redirect(f"{url_for('desk.parties')}?{request.query_string.decode()}", 303)
    return table_file(Listed("parties", gettext("Parties"), heads(), [row_of(party) for party in found]), ending)


def heads() -> list[tuple[str, int]]:
    """The heads of the file, with their widths; the tier goes out and is not read again: it is decided elsewhere."""
    return [*((label.get(language()), WIDTHS.get(name, 12)) for name, label in partylist.HEADS.items()),
            (gettext("Risk tier"), 12)]


def row_of(party: Party) -> list[str]:
    """A party as a row of the file, its codes in words."""
    words = partylist.words(current.catalogue())
    told = []
    for name in partylist.HEADS:
        value = str(getattr(party, name))
        told.append(words[name][value].get(language()) if value in words.get(name, {}) else value)
    return [*told, party.tier]


@room.route("/parties/lists", methods=["GET", "POST"])
def party_list() -> Answer:
    """Show how a list is handed in, and receive one."""
    require(current.actor(), Permission.EDIT_PARTY)
    problem = ""
    if request.method == "POST":
        try:
            name, book = sent(request.files.get("file"))
            with current.work() as work:
                made = acts.receive(work, current.actor(), name, book)
                work.rows.flush()
                place = made.public_id
            return redirect(url_for("desk.party_list_view", public_id=place), 303)
        except BadFile as refusal:
            problem = said(refusal)
    return render_template("desk/party_list.html", problem=problem, heads=partylist.HEADS), 422 if problem else 200


def sent(upload: FileStorage | None) -> tuple[str, Book]:
    """The name and the cells of the spreadsheet that was sent; BadFile says what to send instead."""
    if upload is None or not upload.filename:
        raise BadFile(NO_FILE)
    data = upload.stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise BadFile(TOO_LARGE)
    name = safe_name(upload.filename)
    with tempfile.TemporaryDirectory(prefix="parties-") as folder:
        path = Path(folder, "sent")
        path.write_bytes(data)
        return name, book_of(path, name)


@room.get("/parties/lists/<public_id>")
def party_list_view(public_id: str) -> str:
    """Show what a list would do, row by row."""
    return view(public_id, frozenset(), "")


def view(public_id: str, left_out: frozenset[int], problem: str) -> str:
    """The plan of a list, with the rows that were left out still left out."""
    found = partylists.one(current.reading(), current.actor(), public_id)
    plan = [] if found.taken_at else partylists.plan(current.reading(), found.cells, current.catalogue())
    read = partylist.read(found.cells, partylist.words(current.catalogue()))
    return render_template(
        "desk/party_list_view.html", found=found, left_out=left_out, problem=problem, heads=partylist.HEADS,
        shown=SHOWN,
        plan={kind: [item for item in plan if item.outcome == kind] for kind in ("wrong", "add", "amend", "same")},
        unknown=read.unknown if read else ())


@room.post("/parties/lists/<public_id>/take")
def party_list_take(public_id: str) -> Answer:
    """Take a list into the register, but for the rows that are left out."""
    left_out = frozenset(int(text) for text in request.form.getlist("leave") if text.isdecimal())
    try:
        with current.work() as work:
            done = acts.take(work, current.actor(), partylists.one(work.rows, current.actor(), public_id), left_out)
    except Incomplete as refusal:
        return view(public_id, left_out, said(refusal)), 422
    flash(gettext("Taken into the register: %(added)s, %(amended)s.",
                  added=ngettext("%(num)s party added", "%(num)s parties added", done.added),
                  amended=ngettext("%(num)s amended", "%(num)s amended", done.amended)))
    return redirect(url_for("desk.parties"), 303)
