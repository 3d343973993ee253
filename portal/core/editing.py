"""Edits a checklist as a value: every edit gives a new one, the old stays as it was."""

from datetime import date
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from portal.core.bilingual import Text
from portal.core.legal import Header
from portal.core.templates import Checklist, Question, Template

EMPTY = Text(ja="", en="")


def blank(code: str, title: Text, today: date) -> Template:
    """Give a checklist without questions; `today` is the day (Japan) on which it was begun."""
    head = Checklist(code=code, kind="", title=title, intro=EMPTY, party_kinds=(), interval_months=12)
    return Template(Header("1.0", today, title), head, ())


def headed(template: Template, head: Checklist) -> Template:
    """Give the checklist with another head; its edition bears the same title."""
    return replace(template, checklist=head, header=replace(template.header, title=head.title))


def issued(template: Template, version: int, day: date) -> Template:
    """Give the checklist as its version of that number, in force from that day on."""
    return replace(template, header=replace(template.header, edition=f"{version}.0", valid_from=day))


def next_id(template: Template) -> str:
    """Give the number the next question gets: one above the greatest."""
    taken = [int(tail) for _, _, tail in (q.id.rpartition("-") for q in template.questions) if tail.isdecimal()]
    return f"{template.checklist.code}-{max(taken, default=0) + 1:02d}"


def put(template: Template, question: Question) -> Template:
    """Give the checklist with this question: in place of its former self, otherwise last of its section."""
    rows = list(template.questions)
    places = [place for place, row in enumerate(rows) if row.id == question.id]
    if places:
        rows[places[0]] = question
    else:
        fellows = [place for place, row in enumerate(rows) if row.section == question.section]
        rows.insert(fellows[-1] + 1 if fellows else len(rows), question)
    return replace(template, questions=tuple(rows))


def without(template: Template, id: str) -> Template:
    """Give the checklist without a question; those that hung on it still name it, and are faults."""
    return replace(template, questions=tuple(row for row in template.questions if row.id != id))


def moved(template: Template, id: str, step: int) -> Template:
    """Give the checklist with a question so many places up (-) or down (+), as far as there are any."""
    rows = list(template.questions)
    place = next((place for place, row in enumerate(rows) if row.id == id), None)
    if place is not None:
        row = rows.pop(place)
        rows.insert(min(max(place + step, 0), len(rows)), row)
    return replace(template, questions=tuple(rows))


def mark(piece: Question | Checklist | None) -> str:
    """Give the mark that tells one wording of a question or a head from another; nothing for one that is not there."""
    return "" if piece is None else sha256(msgspec.json.encode(piece, order="deterministic")).hexdigest()[:16]
