"""The checklists in use, their versions, and those in the making."""

from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core import policy, templates
from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.core.policy import Permission
from portal.core.templates import Template
from portal.models import Attestation, Person, TemplateDraft, TemplateNote
from portal.models import Template as Row
from portal.queries import forms
from portal.queries.visible import GONE


@dataclass(frozen=True, slots=True)
class Entry:
    """A checklist on the shelf: its newest version, how often that was asked, and its draft's public id, if any."""

    row: Row
    asked: int
    draft: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a checklist: when it was published, by whom and why; the library's has neither."""

    row: Row
    note: str = ""
    by: str = ""


def newest(rows: Session, code: str) -> Row | None:
    """Give the newest version of a checklist, or nothing where there is none of this code."""
    return rows.scalar(sa.select(Row).where(Row.code == code).order_by(Row.version.desc()).limit(1))


def is_own(rows: Session, row: Row) -> bool:
    """Say whether a version was made at JMDP, not by the library."""
    return rows.scalar(sa.select(TemplateNote.id).where(TemplateNote.template_id == row.id)) is not None


def listing(rows: Session, actor: Actor) -> tuple[list[Entry], list[TemplateDraft]]:
    """Give the newest version of every checklist by code, and the drafts of checklists never published."""
    policy.require(actor, Permission.READ_REGISTER)
    latest = sa.select(Row.code, sa.func.max(Row.version).label("version")).group_by(Row.code).subquery()
    asked = sa.select(sa.func.count()).where(Attestation.template_id == Row.id).correlate(Row).scalar_subquery()
    found = rows.execute(
        sa.select(Row, asked, TemplateDraft.public_id).join(
            latest, sa.and_(latest.c.code == Row.code, latest.c.version == Row.version))
        .outerjoin(TemplateDraft, TemplateDraft.code == Row.code)
        .where(~forms.is_gap(Row.id)).order_by(Row.retired_at.is_not(None), Row.code)
    )
    new = rows.scalars(sa.select(TemplateDraft).where(TemplateDraft.code.not_in(sa.select(Row.code)))
                       .options(joinedload(TemplateDraft.changed_by)).order_by(TemplateDraft.code))
    return [Entry(row, count, draft or "") for row, count, draft in found], list(new)


def one(rows: Session, actor: Actor, public_id: str) -> Row:
    """Give one version by its public id; NotFound when there is none."""
    policy.require(actor, Permission.READ_REGISTER)
    found = rows.scalar(sa.select(Row).where(Row.public_id == public_id))
    if found is None:
        raise NotFound(GONE)
    return found


def versions(rows: Session, actor: Actor, code: str) -> list[Version]:
    """Give all versions of a checklist, newest first, with who published them and why."""
    policy.require(actor, Permission.READ_REGISTER)
    found = rows.execute(
        sa.select(Row, TemplateNote.note, Person.name).outerjoin(TemplateNote, TemplateNote.template_id == Row.id)
        .outerjoin(Person, Person.id == TemplateNote.published_by_id)
        .where(Row.code == code).order_by(Row.version.desc()))
    return [Version(row, note or "", name or "") for row, note, name in found]


def draft(rows: Session, actor: Actor, public_id: str) -> TemplateDraft:
    """Give a draft by its public id; NotFound when there is none."""
    policy.require(actor, Permission.EDIT_CHECKLIST)
    found = rows.scalar(sa.select(TemplateDraft).where(TemplateDraft.public_id == public_id)
                        .options(joinedload(TemplateDraft.changed_by)))
    if found is None:
        raise NotFound(GONE)
    return found


def draft_of(rows: Session, code: str) -> TemplateDraft | None:
    """Give the draft of a checklist, or nothing."""
    return rows.scalar(sa.select(TemplateDraft).where(TemplateDraft.code == code))


def drafted(rows: Session, found: TemplateDraft) -> Template:
    """Give what stands in a draft, typed."""
    body = rows.scalars(sa.select(TemplateDraft.body).where(TemplateDraft.id == found.id)).one()
    return templates.from_json(body)


def digest(template: Template) -> str:
    """Give the digest (SHA-256, hex) of a checklist as it would be published."""
    return sha256(templates.to_json(template).encode()).hexdigest()
