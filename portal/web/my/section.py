"""One section a page: drafts always save; a colleague's text is shown beside one's own, never overwritten."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import attest
from portal.core.errors import BadFile, Incomplete, NotFound, Stale
from portal.models import Answer, Attestation
from portal.queries import tasks
from portal.queries.visible import GONE, one
from portal.web import current
from portal.web.errors import said, wants_json
from portal.web.my import files, posted
from portal.web.my.home import sheet_of
from portal.web.my.room import room
from portal.web.saying import stored

Reply = str | Response | tuple[str | Response, int]


def found(public_id: str, code: str) -> tuple[tasks.Sheet, tasks.Section]:
    """The sheet and one of its sections; NotFound when there is no such section."""
    sheet = sheet_of(public_id)
    section = sheet.section(code)
    if section is None:
        raise NotFound(GONE)
    return sheet, section


def save_all(public_id: str, section: tasks.Section) -> dict[str, dict[str, Any]]:
    """Save every draft that says something else than what stands; gives the conflicts with what stands, by question."""
    conflicts: dict[str, dict[str, Any]] = {}
    with current.work() as work:
        where = one(work.rows, current.actor(), Attestation, public_id, *tasks.WITH_ALL)
        for draft in posted.drafts(request.form, [row.question for row in section.rows if row.is_open]):
            try:
                attest.save_if_changed(work, current.actor(), where, draft)
            except Stale as clash:
                if isinstance(clash.theirs, Answer):
                    conflicts[draft.question] = stored(section, clash.theirs)
    return conflicts


def version_text(section: tasks.Section) -> str:
    """The versions of a section's open answers, as the form carries them."""
    return " ".join(f"{row.question.id}:{row.answer.version if row.answer else 0}"
                    for row in section.rows if row.is_open)


@room.get("/attestations/<public_id>/sections/<code>", endpoint="section")
def show(public_id: str, code: str) -> str:
    """Show the questions of a section with their answers, and last year's as text."""
    sheet, section = found(public_id, code)
    return render_template("my/section.html", sheet=sheet, section=section, version=version_text(section),
                           conflicts={}, problems={}, typed=None)


@room.post("/attestations/<public_id>/sections/<code>")
def save(public_id: str, code: str) -> Reply:
    """Save the section's drafts and files, then go where the button says."""
    _, section = found(public_id, code)
    conflicts = save_all(public_id, section)
    problems: dict[str, str] = {}
    for question, upload in files.sent(section):
        try:
            files.keep(public_id, question, upload)
        except (BadFile, Incomplete) as refusal:
            problems[question] = said(refusal)
    if wants_json():
        return saved_as_json(public_id, code, conflicts)
    if conflicts or problems:
        return again(public_id, code, conflicts, problems)
    flash(gettext("Saved."))
    return redirect(onward(public_id, code, request.form.get("go", "")), 303)


def saved_as_json(public_id: str, code: str, conflicts: dict[str, dict[str, Any]]) -> tuple[Response, int]:
    """What the autosave wants to hear: the new versions, or whose text stands instead."""
    current.close_reading()
    _, section = found(public_id, code)
    version = version_text(section)
    if not conflicts:
        return jsonify(saved_at=current.now().isoformat(), version=version), 200
    theirs = {name: value for fields in conflicts.values() for name, value in fields["fields"].items()}
    who = next(iter(conflicts.values()))["who"]
    return jsonify(version=version, who=who, theirs=theirs), 409


def again(public_id: str, code: str, conflicts: dict[str, dict[str, Any]], problems: dict[str, str]) -> tuple[str, int]:
    """The page again: what was typed stands in the fields, a colleague's text beside it, a refused file named."""
    current.close_reading()
    sheet, section = found(public_id, code)
    typed = request.form if conflicts else None
    return render_template("my/section.html", sheet=sheet, section=section, version=version_text(section),
                           conflicts=conflicts, problems=problems, typed=typed), 409 if conflicts else 422


def onward(public_id: str, code: str, go: str) -> str:
    """Where a button leads: the next section, the letter of the return, the check, or the task list."""
    if go == "stay":
        return url_for("my.section", public_id=public_id, code=code)
    if go == "return":
        return url_for("my.returned", public_id=public_id)
    if go == "next":
        following = sheet_of(public_id).after(code)
        if following is not None:
            return url_for("my.section", public_id=public_id, code=following.code)
        return url_for("my.check", public_id=public_id)
    return url_for("my.attestation", public_id=public_id)
