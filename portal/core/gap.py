"""What an edition touches (差分点検): the questions that rest on changed clauses, and a checklist of only those."""

from collections.abc import Container, Iterable, Mapping
from typing import Literal

from msgspec.structs import replace

from portal.core.bilingual import Text
from portal.core.legal import Header
from portal.core.policytext import cited_as
from portal.core.templates import Question, Template

Kind = Literal["policy", "law"]
POLICY = "POL-"
WITHIN = ("-", "(")
MYNUMBER, JOINT = "mynumber_outsourcer", "joint_user"
JOINT_RELATIONS = frozenset({"joint_use", "pseudonymised"})
"""The relations in which data are used jointly (APPI Art. 27(5)(iii), 41)."""
TITLE = Text("差分点検（{name}）：{title}", "Gap questionnaire ({name}): {title}")


def as_cited(kind: str, changed: Iterable[str]) -> frozenset[str]:
    """Give changed clauses as questions cite them: those of the policy by `cited_as`, provisions of law as they are."""
    return frozenset(cited_as(code) if kind == "policy" else code for code in changed)


def rests_on(question: Question, cited: frozenset[str]) -> bool:
    """Say whether a question rests on a changed clause: it cites the clause itself, or one that holds it."""
    return any(code == clause or code.startswith(tuple(clause + mark for mark in WITHIN))
               for clause in question.clauses for code in cited)


def touched(template: Template, cited: frozenset[str], held: Container[str] | None = None) -> tuple[str, ...]:
    """Give a checklist's questions to the party that rest on changed clauses, with those that show them, in order.

    `held` are the questions that were answered before, where only these count.
    """
    by_id = {question.id: question for question in template.questions}
    found = {id for id, question in by_id.items() if question.answered_by == "party" and rests_on(question, cited)
             and (held is None or id in held)}
    waiting = list(found)
    while waiting:
        shown = by_id[waiting.pop()].visible_when
        if shown is not None and shown.question in by_id and shown.question not in found:
            found.add(shown.question)
            waiting.append(shown.question)
    return tuple(id for id in by_id if id in found)


def addressed(template: Template, ids: Iterable[str]) -> Mapping[tuple[str, bool], tuple[str, ...]]:
    """Give which of some questions a checklist asks of whom, by kind of party and whether it is one person.

    Whom it asks none of them is absent. My Number is held by few of the kinds the checklist may be sent to, so that
    it reaches only its own.
    """
    head = template.checklist
    asked = [question for question in template.questions if question.id in set(ids)]
    has_short = any(question.individual for question in template.questions)
    found = {}
    for kind in (head.kind,) if head.kind == MYNUMBER else head.party_kinds:
        fitting = [question for question in asked if kind in (question.party_kinds or (kind,))]
        found[kind, False] = tuple(question.id for question in fitting)
        found[kind, True] = tuple(question.id for question in fitting if question.individual or not has_short)
    return {whom: questions for whom, questions in found.items() if questions}


def is_joint(template: Template) -> bool:
    """Say whether a checklist is for those who use data jointly; any other is for whoever else data are shared with."""
    return template.checklist.kind == JOINT


def questionnaire(template: Template, ids: Iterable[str], head: tuple[str, str, Header]) -> Template:
    """Give the checklist of only these questions; `head` is its code, the edition's name, and its own header."""
    code, name, header = head
    wanted = set(ids)
    title = Text(*(TITLE.get(lang).format(name=name, title=template.checklist.title.get(lang))
                   for lang in ("ja", "en")))
    return Template(replace(header, title=title), replace(template.checklist, code=code, title=title),
                    tuple(question for question in template.questions if question.id in wanted))


def resting(templates: Iterable[Template]) -> Mapping[str, int]:
    """Give each clause that questions to parties cite, with how many cite it."""
    found: dict[str, int] = {}
    for template in templates:
        for question in template.questions:
            for clause in question.clauses if question.answered_by == "party" else ():
                found[clause] = found.get(clause, 0) + 1
    return found
