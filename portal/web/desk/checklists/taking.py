"""Takes a checklist in from a file, as a draft that is looked at before anybody is asked with it."""

import tempfile
from pathlib import Path

import msgspec
from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response
from werkzeug.datastructures import FileStorage

from portal.actions import building
from portal.core import adopting, checklist_book, policy
from portal.core.bilingual import Text
from portal.core.errors import N_, BadFile, Incomplete
from portal.core.evidence.names import safe_name
from portal.core.legal import Header
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.sentences import Reader
from portal.core.sheet import Book
from portal.core.templates import Template, read_template
from portal.core.wellmade import LIST_CODE
from portal.web import current
from portal.web.desk.room import room
from portal.web.errors import said
from portal.web.languages import language
from portal.web.spreadsheets import LARGEST, book_of

LONGEST_TEXT = 2 << 20
NO_FILE = N_("Choose a file.")
TOO_LARGE = N_("A TOML file has at most 2 MB, a workbook at most 10 MB. Check that you chose the right one.")
NO_KIND = N_("Choose a checklist as a TOML file or a workbook (.xlsx).")
NO_LIST = N_("This file is not a checklist as the portal gives it out. What is wrong: %(detail)s")
NO_CODE = N_("This is a check sheet of somebody else: write the code and the Japanese title, choose the file again.")
NO_QUESTIONS = N_("No questions were found in this workbook. Its heads must name a question and an answer.")


@room.route("/checklists/take", methods=["GET", "POST"], endpoint="checklist_take")
def take() -> str | Response | tuple[str, int]:
    """Take a checklist in from a file and go to its draft."""
    policy.require(current.actor(), Permission.EDIT_CHECKLIST)
    problem = ""
    if request.method == "POST":
        try:
            template = read(request.files.get("file"))
            with current.work() as work:
                draft = building.take(work, current.actor(), template)
                work.rows.flush()
                place = draft.public_id
            return redirect(url_for("desk.draft", public_id=place), 303)
        except (BadFile, Incomplete) as refusal:
            problem = said(refusal)
    page = render_template("desk/checklists/take.html", problem=problem, title=gettext("Take a checklist in"),
                           typed=request.form)
    return page, 422 if problem else 200


def read(upload: FileStorage | None) -> Template:
    """Read the file that was sent; BadFile says what to send instead."""
    if upload is None or not upload.filename:
        raise BadFile(NO_FILE)
    name = safe_name(upload.filename)
    is_text = name.lower().endswith(".toml")
    if not is_text and not name.lower().endswith((".xlsx", ".csv")):
        raise BadFile(NO_KIND)
    limit = LONGEST_TEXT if is_text else LARGEST
    data = upload.stream.read(limit + 1)
    if len(data) > limit:
        raise BadFile(TOO_LARGE)
    if is_text:
        return of_text(data)
    with tempfile.TemporaryDirectory(prefix="checklist-") as folder:
        path = Path(folder, "sent")
        path.write_bytes(data)
        return of_book(book_of(path, name))


def of_text(data: bytes) -> Template:
    """Read a checklist as TOML."""
    try:
        return read_template(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise BadFile(NO_LIST, detail=str(error)) from error


def of_book(book: Book) -> Template:
    """Read a checklist that the portal wrote, or make one of somebody's check sheet, with the code and title typed."""
    today = day_in(current.now())
    if book.sheet(checklist_book.QUESTIONS.ja) or book.sheet(checklist_book.QUESTIONS.en):
        try:
            return checklist_book.read(book, Header("1.0", today, Text("", "")))
        except checklist_book.BadBook as error:
            raise BadFile(NO_LIST, detail=Reader(language(), gettext).say(error)) from error
    code, ja, en = (request.form.get(name, "").strip()[:200] for name in ("code", "title_ja", "title_en"))
    if not LIST_CODE.fullmatch(code.upper()) or not ja:
        raise BadFile(NO_CODE)
    made = adopting.adopt(book, code.upper(), Text(ja, en), today)
    if made is None:
        raise BadFile(NO_QUESTIONS)
    return made
