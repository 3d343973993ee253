"""The pages on which questions are answered: one section, or all that is left."""

from flask import request

from portal.web.my import answering
from portal.web.my.places import OfLeft, OfSection
from portal.web.my.room import room


@room.get("/attestations/<public_id>/sections/<code>", endpoint="section")
def show(public_id: str, code: str) -> str:
    """Show the questions of a section with their answers, and last year's as text."""
    return answering.show(OfSection(public_id, code))


@room.post("/attestations/<public_id>/sections/<code>")
def save(public_id: str, code: str) -> answering.Reply:
    """Save the section's drafts and files, then go where the button says."""
    return answering.send(OfSection(public_id, code))


@room.get("/attestations/<public_id>/left", endpoint="left")
def show_left(public_id: str) -> str:
    """Show what is unanswered or incomplete, of all sections, a page at a time."""
    return answering.show(OfLeft(public_id, request.args.get("after", "")))


@room.post("/attestations/<public_id>/left")
def save_left(public_id: str) -> answering.Reply:
    """Save drafts and files of what was left, then go on with what is left now."""
    return answering.send(OfLeft(public_id, request.args.get("after", "")))
