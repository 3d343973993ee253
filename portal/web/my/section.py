"""One section a page: drafts always save; a colleague's text is shown beside one's own, never overwritten."""

from collections.abc import Mapping
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import attest, suggested
from portal.core.errors import BadFile, Incomplete, NotFound
from portal.core.presence import minutes_ago
from portal.models import Attestation
from portal.queries import dividing, forms, handover, tasks
from portal.queries.visible import GONE, one
from portal.web import current
from portal.web.errors import said, wants_json
from portal.web.my import files, posted, uploads
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


def part_of(sheet: tasks.Sheet, code: str) -> dividing.Given | None:
    """In whose hands a section is, if in anybody's."""
    return dividing.given(current.reading(), current.actor(), sheet.attestation).get(code)


def near(section: tasks.Section) -> dict[str, int]:
    """How many minutes ago a colleague saved an answer of the section, where that is a sign of somebody at work."""
    found = {row.question.id: minutes_ago(row.answer.answered_at, current.now()) for row in section.rows
             if row.answer and row.is_open and row.answer.answered_by_id != current.actor().person_id}
    return {question: minutes for question, minutes in found.items() if minutes is not None}


def page(sheet: tasks.Sheet, section: tasks.Section, conflicts: Mapping[str, Any], problems: Mapping[str, str]) -> str:
    """Render a section; where texts clash with a colleague's, what was typed stands in the fields."""
    return render_template(
        "my/section.html", sheet=sheet, section=section, version=version_text(section),
        part=part_of(sheet, section.code), near=near(section) if sheet.is_open else {},
        notes=handover.notes(current.reading(), current.actor(), sheet.attestation), conflicts=conflicts,
        problems=problems, typed=request.form if conflicts else None)


def save_all(public_id: str, code: str) -> attest.Saved:
    """Save every draft of a section that says something else than what stands; NotFound when there is no such one."""
    with current.work() as work:
        where = one(work.rows, current.actor(), Attestation, public_id)
        asked = [one for one in forms.template(work.rows, where.template_id).questions if one.section == code]
        if not asked:
            raise NotFound(GONE)
        return attest.save_changed(work, current.actor(), where, posted.drafts(request.form, asked))


def version_text(section: tasks.Section) -> str:
    """The versions of a section's open answers, as the form carries them."""
    return " ".join(f"{row.question.id}:{row.answer.version if row.answer else 0}"
                    for row in section.rows if row.is_open)


@room.get("/attestations/<public_id>/sections/<code>", endpoint="section")
def show(public_id: str, code: str) -> str:
    """Show the questions of a section with their answers, and last year's as text."""
    return page(*found(public_id, code), {}, {})


@room.post("/attestations/<public_id>/sections/<code>")
def save(public_id: str, code: str) -> Reply:
    """Save the section's drafts and files, then go where the button says."""
    saved = save_all(public_id, code)
    if wants_json():
        return saved_as_json(public_id, code, saved)
    problems: dict[str, str] = {}
    for question, upload in files.sent(found(public_id, code)[1]):
        try:
            files.keep(public_id, question, upload)
        except (BadFile, Incomplete) as refusal:
            problems[question] = said(refusal)
    problems |= uploads.described(list(saved.versions))
    if saved.theirs or problems:
        return again(public_id, code, saved, problems)
    if taken := request.form.get("accept"):
        return take_over(public_id, code, taken)
    flash(gettext("Saved."))
    return redirect(onward(public_id, code, request.form.get("go", "")), 303)


def take_over(public_id: str, code: str, question: str) -> Response:
    """Let the wording that the reviewer suggests stand as the answer."""
    with current.work() as work:
        where = one(work.rows, current.actor(), Attestation, public_id)
        suggested.accept(work, current.actor(), where, question)
    flash(gettext("The suggested wording now stands as your answer. You can still change it."))
    return redirect(url_for("my.section", public_id=public_id, code=code, _anchor=question), 303)


def saved_as_json(public_id: str, code: str, saved: attest.Saved) -> tuple[Response, int]:
    """What the autosave wants to hear: the new versions, or whose text stands instead."""
    version = " ".join(f"{question}:{number}" for question, number in saved.versions.items())
    if not saved.theirs:
        return jsonify(saved_at=current.now().isoformat(), version=version), 200
    clashes = list(against(*found(public_id, code), saved).values())
    theirs = {name: value for clash in clashes for name, value in clash["fields"].items()}
    return jsonify(version=version, who=clashes[0]["who"], theirs=theirs), 409


def against(sheet: tasks.Sheet, section: tasks.Section, saved: attest.Saved) -> dict[str, dict[str, Any]]:
    """What colleagues saved meanwhile, by question; also where it is asked no longer, as its text is not to be lost."""
    rows = {row.question.id: row for row in section.rows}
    return {name: stored(rows.get(name) or tasks.Row(sheet.template.question(name)), answer, request.form)
            for name, answer in saved.theirs.items()}


def again(public_id: str, code: str, saved: attest.Saved, problems: dict[str, str]) -> tuple[str, int]:
    """The page again: what was typed stands in the fields, a colleague's text beside it, a refused file named."""
    current.close_reading()
    sheet, section = found(public_id, code)
    conflicts = against(sheet, section, saved)
    return page(sheet, section, conflicts, problems), 409 if conflicts else 422


def onward(public_id: str, code: str, go: str) -> str:
    """Where a button leads: on to what still waits, and when nothing does to the check, the letter or the list."""
    if go == "stay":
        return url_for("my.section", public_id=public_id, code=code)
    current.close_reading()
    if go == "return":
        fix = sheet_of(public_id).fix_beside(code)
        if fix is not None:
            return url_for("my.section", public_id=public_id, code=fix.section, _anchor=fix.id)
        return url_for("my.returned", public_id=public_id)
    if go == "next":
        following = sheet_of(public_id).after(code)
        if following is not None:
            return url_for("my.section", public_id=public_id, code=following.code)
        return url_for("my.check", public_id=public_id)
    return url_for("my.attestation", public_id=public_id)
