"""The preview: a checklist in the party's own pieces; answers typed show what then appears, nothing is kept."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from flask import render_template, request

from portal.core import answers, checklist
from portal.core.readable import day_in
from portal.core.templates import Template
from portal.queries import tasks
from portal.web import current
from portal.web.my import posted
from portal.web.saying import Typed


@dataclass(frozen=True, slots=True)
class Pretended:
    """What the party's pieces ask of a sheet, without an attestation behind it."""

    template: Template
    sections: list[tasks.Section]
    is_open: bool = True
    attestation: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(state="in_progress", public_id=""))


def page(template: Template, back: str) -> str:
    """Draw a checklist for the kind of party in the address, with the answers that stand there."""
    given = {question.id: said(template, question.id) for question in template.questions}
    asked = checklist.Asked(day_in(current.now()), request.args.get("kind", ""), bool(request.args.get("individual")))
    rows = [tasks.Row(question) for question in checklist.to_answer(template, given, asked)]
    grouped: dict[str, list[tasks.Row]] = {}
    for row in rows:
        grouped.setdefault(row.question.section, []).append(row)
    sheet = Pretended(template, [tasks.Section(code, found) for code, found in grouped.items()])
    return render_template(
        "desk/checklists/preview.html", sheet=sheet, asked=asked, back_url=back,
        typed=Typed(request.args, given) if request.args else None,
        gaps=checklist.unmet(template, given, {}, asked) if request.args else [], problems={}, conflicts={},
        kinds=current.catalogue().rules.codes("party_kind"))


def said(template: Template, id: str) -> checklist.Answer:
    """What was typed as the answer to a question."""
    question = template.question(id)
    value = answers.read_answer(question, posted.raw(request.args, question)).value
    return checklist.Answer(value, request.args.get(f"{id}.comment", ""), request.args.get(f"{id}.na") == "yes")
