"""Checklists in the making (点検票の作成): begun from a version, edited as a draft, published once they are fit."""

from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from portal.actions import checklists, record
from portal.core import editing, editions, readable, templates
from portal.core.actor import Actor
from portal.core.bilingual import Text
from portal.core.errors import N_, Incomplete, Stale
from portal.core.policy import Permission
from portal.core.templates import Checklist, Question, Template
from portal.core.wellmade import LIST_CODE, faults
from portal.models import Template as Row
from portal.models import TemplateDraft, TemplateNote
from portal.queries import checklists as shelf
from portal.queries import forms
from portal.store.work import STALE, Work


@dataclass(frozen=True, slots=True)
class Edition:
    """What a person says when they publish: why, and on which version they looked (its digest, "" for none)."""

    note: str
    against: str = ""


def begin(work: Work, actor: Actor, row: Row) -> TemplateDraft:
    """Begin to edit a version, or go on with the draft that is there."""
    record.require(actor, Permission.EDIT_CHECKLIST)
    found = shelf.draft_of(work.rows, row.code)
    return found or _keep(work, actor, forms.template(work.rows, row.id), row)


def begin_new(work: Work, actor: Actor, code: str, title: Text) -> TemplateDraft:
    """Begin a checklist that was not there before; Incomplete when the code is taken or not one."""
    code = code.strip().upper()
    if not LIST_CODE.fullmatch(code):
        raise Incomplete("Check the code.", {"code": N_("Use two to eight capital letters or digits, such as LAB.")})
    return take(work, actor, editing.blank(code, title, _today(work)), fresh=True)


def take(work: Work, actor: Actor, template: Template, *, fresh: bool = False) -> TemplateDraft:
    """Take a checklist from outside as a draft, fit or not; Incomplete when its code has a draft already.

    With `fresh` it must be a checklist that was not there before.
    """
    record.require(actor, Permission.EDIT_CHECKLIST)
    code = template.checklist.code
    if shelf.draft_of(work.rows, code) is not None:
        raise Incomplete("There is a draft of this checklist already. Publish or discard it first.",
                         {"code": N_("There is a draft of this code already")})
    row = shelf.newest(work.rows, code)
    if fresh and row is not None:
        raise Incomplete("There is a checklist of this code already. Choose another, or edit that one.",
                         {"code": N_("This code is taken")})
    return _keep(work, actor, template, row)


def _keep(work: Work, actor: Actor, template: Template, row: Row | None) -> TemplateDraft:
    now = work.now()
    draft = TemplateDraft(
        code=template.checklist.code, base_id=row.id if row else None, body=templates.to_json(template),
        begun_by_id=actor.person_id, begun_at=now, changed_by_id=actor.person_id, changed_at=now,
    )
    work.rows.add(draft)
    record.note(work, actor, draft, "begun", code=draft.code, base=row.version if row else 0)
    return draft


def save_question(work: Work, actor: Actor, draft: TemplateDraft, question: Question, mark: str) -> None:
    """Keep a question of a draft, fit or not; Stale with what stands when somebody changed it meanwhile.

    `mark` is `editing.mark` of the question as the person saw it, "" for a new one.
    """
    template = _open(work, actor, draft)
    stands = next((row for row in template.questions if row.id == question.id), None)
    if editing.mark(stands) != mark:
        raise Stale(STALE, theirs=stands)
    if stands != question:
        _write(work, actor, draft, editing.put(template, question))
        record.note(work, actor, draft, "question_saved", question=question.id)


def save_head(work: Work, actor: Actor, draft: TemplateDraft, head: Checklist, mark: str) -> None:
    """Keep what a checklist is for and how often it is asked; its code stays. Stale as for a question."""
    template = _open(work, actor, draft)
    if editing.mark(template.checklist) != mark:
        raise Stale(STALE, theirs=template.checklist)
    if template.checklist != head:
        _write(work, actor, draft, editing.headed(template, replace(head, code=draft.code)))
        record.note(work, actor, draft, "head_saved", code=draft.code)


def move_question(work: Work, actor: Actor, draft: TemplateDraft, question: str, step: int) -> None:
    """Move a question so many places up (-) or down (+)."""
    template = _open(work, actor, draft)
    _write(work, actor, draft, editing.moved(template, question, step))
    record.note(work, actor, draft, "question_moved", question=question, step=step)


def remove_question(work: Work, actor: Actor, draft: TemplateDraft, question: str) -> None:
    """Take a question out of a draft; published versions keep theirs."""
    template = _open(work, actor, draft)
    _write(work, actor, draft, editing.without(template, question))
    record.note(work, actor, draft, "question_removed", question=question)


def discard(work: Work, actor: Actor, draft: TemplateDraft) -> None:
    """Throw a draft away; nothing that was published changes."""
    record.require(actor, Permission.EDIT_CHECKLIST)
    record.note(work, actor, draft, "discarded", code=draft.code)
    work.rows.delete(draft)


def publish(work: Work, actor: Actor, draft: TemplateDraft, edition: Edition) -> Row:
    """Publish a draft as the next version; requests under way keep theirs.

    Incomplete for faults, for no reason given, and where nothing differs; Stale when another version was published
    since the person looked.
    """
    template = _open(work, actor, draft)
    newest = shelf.newest(work.rows, draft.code)
    if (newest.digest if newest else "") != edition.against:
        raise Stale("Another version was published meanwhile. Look at the differences and publish again.")
    if faults(template, work.catalogue):
        raise Incomplete("This checklist is not ready yet. Mend what is named, then publish.")
    if not edition.note.strip():
        raise Incomplete("Say why there is a new version.", {"note": N_("Write what changed and why")})
    if newest is not None and editions.compare(forms.template(work.rows, newest.id), template).is_empty:
        raise Incomplete("Nothing differs from the published version.")
    row = checklists.publish(work, actor, editing.issued(template, newest.version + 1 if newest else 1, _today(work)))
    work.rows.flush()
    work.rows.add(TemplateNote(template_id=row.id, note=edition.note.strip(), published_by_id=actor.person_id))
    work.rows.delete(draft)
    return row


def _open(work: Work, actor: Actor, draft: TemplateDraft) -> Template:
    record.require(actor, Permission.EDIT_CHECKLIST)
    return shelf.drafted(work.rows, draft)


def _write(work: Work, actor: Actor, draft: TemplateDraft, template: Template) -> None:
    draft.body = templates.to_json(template)
    draft.changed_by_id, draft.changed_at = actor.person_id, work.now()
    work.rows.flush()


def _today(work: Work) -> date:
    return readable.day_in(work.now())
