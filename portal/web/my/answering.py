"""A page of questions: drafts always save; a colleague's text is shown beside one's own, never overwritten."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import flash, jsonify, redirect, render_template, request
from flask_babel import gettext
from werkzeug import Response

from portal.actions import attest, confirm, suggested
from portal.core.errors import BadFile, Incomplete, NotFound
from portal.core.presence import minutes_ago
from portal.models import Attestation
from portal.queries import dividing, forms, handover, tasks
from portal.queries.visible import GONE, one
from portal.web import current
from portal.web.errors import said, wants_json
from portal.web.my import files, posted, uploads
from portal.web.my.home import sheet_of
from portal.web.my.places import Place
from portal.web.saying import Typed, stored

Reply = str | Response | tuple[str | Response, int]
Problems = dict[str, str]


def near(rows: Iterable[tasks.Row]) -> dict[str, int]:
    """How many minutes ago a colleague saved an answer, where that is a sign of somebody at work."""
    found = {
        row.question.id: minutes_ago(row.answer.answered_at, current.now())
        for row in rows
        if row.answer and row.is_open and row.answer.answered_by_id != current.actor().person_id
    }
    return {question: minutes for question, minutes in found.items() if minutes is not None}


def page(
    place: Place,
    sheet: tasks.Sheet,
    parts: list[tasks.Section],
    conflicts: Mapping[str, Any],
    problems: Mapping[str, str],
) -> str:
    """Render questions; where texts clash with a colleague's, what was typed stands in the fields."""
    rows = [row for part in parts for row in part.rows]
    return render_template(
        place.template,
        sheet=sheet,
        parts=parts,
        place=place,
        version=version_text(rows),
        given=dividing.given(current.reading(), current.actor(), sheet.attestation),
        near=near(rows) if sheet.is_open else {},
        notes=handover.notes(current.reading(), current.actor(), sheet.attestation),
        conflicts=conflicts,
        problems=problems,
        typed=Typed(request.form, posted.versions(request.form.get("version", ""))) if conflicts else None,
    )


def version_text(rows: Iterable[tasks.Row]) -> str:
    """The versions of the open answers, as the form carries them."""
    return " ".join(f"{row.question.id}:{row.answer.version if row.answer else 0}" for row in rows if row.is_open)


def show(place: Place) -> str:
    """Show the questions of a place with their answers, and last year's as text."""
    sheet = sheet_of(place.public_id)
    return page(place, sheet, place.shown(sheet), {}, {})


def keep(place: Place) -> attest.Saved:
    """Save every draft of the form that says something else than what stands; NotFound where nothing is asked."""
    with current.work() as work:
        where = one(work.rows, current.actor(), Attestation, place.public_id)
        asked = [one for one in forms.template(work.rows, where.template_id).questions if place.holds(one)]
        if not asked:
            raise NotFound(GONE)
        return attest.save_changed(work, current.actor(), where, posted.drafts(request.form, asked))


def attach(public_id: str, questions: Iterable[str]) -> Problems:
    """Keep the files of the form and what it says of those that came before it; gives what was wrong, by question."""
    problems: Problems = {}
    for question, upload in files.sent(sheet_of(public_id).rows):
        try:
            files.keep(public_id, question, upload)
        except (BadFile, Incomplete) as refusal:
            problems[question] = said(refusal)
    return problems | uploads.described(list(questions))


def send(place: Place) -> Reply:
    """Save the drafts and files of a form, then go where the button says."""
    saved = keep(place)
    if wants_json():
        return saved_as_json(place, saved)
    problems = attach(place.public_id, saved.versions)
    if saved.theirs or problems:
        return again(place, saved, problems)
    if taken := request.form.get("accept"):
        return take_over(place, taken)
    if recalled := request.form.get("recall"):
        return recall(place, recalled)
    flash(gettext("Saved."))
    return redirect(place.onward(request.form.get("go", "")), 303)


def take_over(place: Place, question: str) -> Response:
    """Let the wording that the reviewer suggests stand as the answer."""
    with current.work() as work:
        where = one(work.rows, current.actor(), Attestation, place.public_id)
        suggested.accept(work, current.actor(), where, question)
    flash(gettext("The suggested wording now stands as your answer. You can still change it."))
    return redirect(place.address(question), 303)


def recall(place: Place, question: str) -> Response:
    """Let last year's comment stand as this year's; nothing is answered by it."""
    with current.work() as work:
        where = one(work.rows, current.actor(), Attestation, place.public_id, *tasks.WITH_ALL)
        taken = confirm.recall(work, current.actor(), where, question)
    flash(
        gettext("Last year's comment now stands with %(question)s.", question=question) if taken else gettext("Saved.")
    )
    return redirect(place.address(question), 303)


def saved_as_json(place: Place, saved: attest.Saved) -> tuple[Response, int]:
    """What the autosave wants to hear: the new versions, or whose text stands instead."""
    version = " ".join(f"{question}:{number}" for question, number in saved.versions.items())
    if not saved.theirs:
        return jsonify(saved_at=current.now().isoformat(), version=version), 200
    clashes = list(against(sheet_of(place.public_id), saved).values())
    theirs = {name: value for clash in clashes for name, value in clash["fields"].items()}
    return jsonify(version=version, who=clashes[0]["who"], theirs=theirs), 409


def against(sheet: tasks.Sheet, saved: attest.Saved) -> dict[str, dict[str, Any]]:
    """What colleagues saved meanwhile, by question; also where it is asked no longer, as its text is not to be lost."""
    rows = {row.question.id: row for row in sheet.rows}
    return {
        name: stored(rows.get(name) or tasks.Row(sheet.template.question(name)), answer, request.form)
        for name, answer in saved.theirs.items()
    }


def again(place: Place, saved: attest.Saved, problems: Problems) -> tuple[str, int]:
    """The page again: what was typed stands in the fields, a colleague's text beside it, a refused file named."""
    current.close_reading()
    sheet = sheet_of(place.public_id)
    asked = {row.question.id for row in sheet.rows}
    beside = [tasks.Row(sheet.template.question(name), answer) for name, answer in saved.theirs.items()
              if name not in asked]
    parts = place.shown_again(sheet, saved.versions, beside)
    conflicts = against(sheet, saved)
    return page(place, sheet, parts, conflicts, problems), 409 if conflicts else 422
