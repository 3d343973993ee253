"""Takes a checklist in from a file, as a draft that is looked at before anybody is asked with it."""

import msgspec
from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response
from werkzeug.datastructures import FileStorage

from portal.actions import building
from portal.core.errors import N_, BadFile, Incomplete
from portal.core.templates import Template, read_template
from portal.web import current
from portal.web.desk.room import room
from portal.web.errors import said

LARGEST = 2 << 20
NO_FILE = N_("Choose a file.")
TOO_LARGE = N_("A checklist is a file of at most 2 MB. Check that you chose the right one.")
NO_KIND = N_("Choose a TOML file as the portal gives it out.")
NO_LIST = N_("This file is not a checklist as the portal gives it out. What is wrong: %(detail)s")


@room.route("/checklists/take", methods=["GET", "POST"], endpoint="checklist_take")
def take() -> str | Response | tuple[str, int]:
    """Take a checklist in from a file and go to its draft."""
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
    page = render_template("desk/checklists/take.html", problem=problem, title=gettext("Take a checklist in"))
    return page, 422 if problem else 200


def read(upload: FileStorage | None) -> Template:
    """Read the file that was sent; BadFile says what to send instead."""
    if upload is None or not upload.filename:
        raise BadFile(NO_FILE)
    data = upload.stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise BadFile(TOO_LARGE)
    if not upload.filename.lower().endswith(".toml"):
        raise BadFile(NO_KIND)
    try:
        return read_template(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise BadFile(NO_LIST, detail=str(error)) from error
