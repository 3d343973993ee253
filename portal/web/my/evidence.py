"""A party's evidence: its pages as pictures, the original only ever as a download."""

from collections.abc import Callable

from flask import redirect, render_template
from werkzeug import Response

from portal.actions import attest, intake, resting, uploads
from portal.core.actor import Actor
from portal.models import Attestation, Evidence
from portal.queries import evidence as files
from portal.queries.visible import one
from portal.store.work import Work
from portal.web import current, viewing
from portal.web.my import answering, places
from portal.web.my.home import sheet_of
from portal.web.my.room import room

Verb = Callable[[Work, Actor, Attestation, Evidence], object]


@room.get("/attestations/<public_id>/files", endpoint="files")
def listing(public_id: str) -> str:
    """Show what evidence the checklist wants, what is there, and what ends when."""
    sheet = sheet_of(public_id)
    held = files.usable(current.reading(), current.actor(), sheet.attestation.party_id)
    return render_template("my/files.html", sheet=sheet, held=held)


@room.get("/evidence/<public_id>", endpoint="evidence")
def shown(public_id: str) -> str:
    """Show the pages of one file as pictures."""
    return viewing.page(public_id, "my")


@room.get("/evidence/<public_id>/pages/<int:number>", endpoint="evidence_page")
def picture(public_id: str, number: int) -> Response:
    """Give the picture of one page."""
    return viewing.picture(public_id, number)


@room.get("/evidence/<public_id>/original", endpoint="evidence_original")
def original(public_id: str) -> Response:
    """Give the file as it was sent, as a download in a sandbox."""
    return viewing.original(public_id)


def acted(public_id: str, file_id: str, question: str, verb: Verb) -> answering.Reply:
    """Keep what was typed and chosen in the form, act on a file of a question, and show the question again."""
    place = places.of_question(public_id, question)
    saved = answering.keep(place) if place else attest.Saved({}, {})
    problems = answering.attach(public_id, saved.versions)
    with current.work() as work:
        actor = current.actor()
        where = one(work.rows, actor, Attestation, public_id)
        verb(work, actor, where, one(work.rows, actor, Evidence, file_id))
    if place and (saved.theirs or problems):
        return answering.again(place, saved, problems)
    return redirect(place.address(question) if place else places.at("attestation", public_id), 303)


@room.post("/attestations/<public_id>/evidence/<file_id>/<question>/date")
def read_date(public_id: str, file_id: str, question: str) -> answering.Reply:
    """Take over the end of validity that was read in the document."""
    def describe(work: Work, actor: Actor, where: Attestation, file: Evidence) -> None:
        uploads.allowed(work.rows, actor, where, question)
        if file.read_valid_to is not None:
            intake.describe(work, actor, file, file.evidence_type, file.read_valid_to)

    return acted(public_id, file_id, question, describe)


@room.post("/attestations/<public_id>/evidence/<file_id>/<question>/unlink")
def unlink(public_id: str, file_id: str, question: str) -> answering.Reply:
    """Take a file off an answer."""
    return acted(public_id, file_id, question,
                 lambda work, actor, where, file: resting.unlink(work, actor, where, question, file))


@room.post("/attestations/<public_id>/evidence/<file_id>/<question>/link")
def link(public_id: str, file_id: str, question: str) -> answering.Reply:
    """Let an answer rest on a file that is here already."""
    return acted(public_id, file_id, question,
                 lambda work, actor, where, file: resting.link(work, actor, where, question, file))
