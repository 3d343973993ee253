"""Checklists as typed values: questions, choices, table columns, sections and kinds of evidence."""

from typing import Literal

import msgspec
from msgspec import Struct

from portal.core.bilingual import Text
from portal.core.legal import Header, Verified

AnswerType = Literal["yes_no_partial_na", "yes_no", "date", "number", "text", "choice", "choice_multi", "table"]
ColumnKind = Literal["text", "country", "date", "number", "choice", "yes_no", "approval"]
Criticality = Literal["critical", "high", "medium", "low"]


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """One answer a question offers."""

    code: str
    label: Text


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """One column of a table question; `approval` holds a consent or permission number, empty if none was given."""

    code: str
    label: Text
    kind: ColumnKind
    required: bool
    choices: tuple[Choice, ...] = ()


class Shown(Struct, frozen=True, forbid_unknown_fields=True):
    """A question appears only when another one is answered with one of these."""

    question: str
    any_of: tuple[str, ...]


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """One question: how it is answered, what evidence it wants when, and what opens a finding.

    `evidence_when`: always, on_yes, on_partial, on_positive, on_foreign, on_choice:GLOB, when_past, optional, never.
    `finding_when`: any one opens a finding; the forms are those of `portal.core.findings`.
    `good` is the answer that is well: for `either`, yes and no are both information.
    `answered_by` portal: computed from rows, asked of nobody. `due_days` is the time to correct a finding.
    """

    id: str
    section: str
    clauses: tuple[str, ...]
    question: Text
    answer_type: AnswerType
    answered_by: Literal["party", "jmdp", "portal"]
    allow_na: bool
    evidence: tuple[str, ...]
    evidence_when: str
    validity_months: int
    criticality: Criticality
    finding_when: tuple[str, ...]
    due_days: int
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    unit: Text | None = None
    maximum: int | None = None
    good: Literal["yes", "no", "either"] | None = None
    visible_when: Shown | None = None
    party_kinds: tuple[str, ...] = ()
    individual: bool = False
    guide: Text | None = None

    def choice(self, code: str) -> Choice | None:
        """Give the choice of that code, or nothing."""
        return next((choice for choice in self.choices if choice.code == code), None)


class Checklist(Struct, frozen=True, forbid_unknown_fields=True):
    """What a checklist is for and how often it is asked."""

    code: str
    kind: str
    title: Text
    intro: Text
    party_kinds: tuple[str, ...]
    interval_months: int


class Template(Struct, frozen=True):
    """One edition of a checklist with its questions in order."""

    header: Header
    checklist: Checklist
    questions: tuple[Question, ...]

    def question(self, id: str) -> Question:
        """Give the question of that id, or raise KeyError."""
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """A heading shared by all checklists."""

    code: str
    label: Text


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """The short name of a law, guideline or standard that questions cite by its prefix."""

    prefix: str
    label: Text


class Sections(Struct, frozen=True, forbid_unknown_fields=True):
    """The sections and the sources of the clauses cited."""

    header: Header
    section: tuple[Section, ...]
    source: tuple[Source, ...]


class EvidenceType(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of evidence; months 0 means as long as the thing itself, `stated` that the printed end rules."""

    id: str
    label: Text
    validity_months: int
    verified: Verified
    validity: Literal["months", "stated", "study"] = "months"


class EvidenceTypes(Struct, frozen=True, forbid_unknown_fields=True):
    """All kinds of evidence."""

    header: Header
    evidence_type: tuple[EvidenceType, ...]


class _TemplateFile(Struct, frozen=True, forbid_unknown_fields=True):
    header: Header
    checklist: tuple[Checklist]
    question: tuple[Question, ...]


def read_template(text: str) -> Template:
    """Take the text of one checklist file; give the template, or raise msgspec.ValidationError."""
    file = msgspec.toml.decode(text, type=_TemplateFile)
    return Template(file.header, file.checklist[0], file.question)


def cite(clause: str, sections: Sections, lang: str) -> str:
    """Write the clause a question cites, such as "GL-10-6(4)", with its source spelled out in the language."""
    prefix, _, place = clause.partition("-")
    for source in sections.source:
        if source.prefix == prefix:
            return f"{source.label.get(lang)} {place}".rstrip()
    return clause


def read_sections(text: str) -> Sections:
    """Take the text of the sections file; give sections and sources, or raise msgspec.ValidationError."""
    return msgspec.toml.decode(text, type=Sections)


def read_evidence(text: str) -> EvidenceTypes:
    """Take the text of the evidence file; give the kinds of evidence, or raise msgspec.ValidationError."""
    return msgspec.toml.decode(text, type=EvidenceTypes)


def to_json(template: Template) -> str:
    """Give a template as canonical JSON, the form in which an edition is kept once it is in use."""
    return msgspec.json.encode(template, order="deterministic").decode()


def from_json(text: str) -> Template:
    """Take a template as to_json gave it, or raise msgspec.ValidationError."""
    return msgspec.json.decode(text, type=Template)
