"""Checklists (点検票): the library's editions put on the shelf of the database; what was published never changes."""

from hashlib import sha256

from portal.actions import record
from portal.core import templates
from portal.core.actor import Actor
from portal.core.errors import NotNow
from portal.core.policy import Permission
from portal.core.templates import Template
from portal.models import Template as Row
from portal.queries import checklists as shelf
from portal.store.work import Work


def publish(work: Work, actor: Actor, template: Template) -> Row:
    """Publish a version of a checklist; the same questions published twice are one version."""
    record.require(actor, Permission.EDIT_CHECKLIST)
    body = templates.to_json(template)
    digest = sha256(body.encode()).hexdigest()
    code = template.checklist.code
    newest = shelf.newest(work.rows, code)
    if newest is not None and newest.digest == digest:
        return newest
    row = Row(
        code=code, version=newest.version + 1 if newest else 1, title_ja=template.checklist.title.ja,
        title_en=template.checklist.title.en, body=body, digest=digest, published_at=work.now(),
    )
    if newest is not None:
        newest.retired_at = newest.retired_at or work.now()
    work.rows.add(row)
    record.note(work, actor, row, "published", code=code, version=row.version, digest=digest)
    return row


def publish_library(work: Work, actor: Actor) -> list[Row]:
    """Publish the catalogue's checklists where they are not there yet; gives the newest version of each.

    A checklist that JMDP has made its own is left as it is: its people see the library's edition and take it over.
    """
    return [_from_library(work, actor, template) for template in work.catalogue.templates.values()]


def _from_library(work: Work, actor: Actor, template: Template) -> Row:
    newest = shelf.newest(work.rows, template.checklist.code)
    if newest is not None and shelf.is_own(work.rows, newest):
        return newest
    return publish(work, actor, template)


def retire(work: Work, actor: Actor, row: Row) -> None:
    """Ask nobody anew with this checklist; what was asked with it goes on."""
    record.require(actor, Permission.EDIT_CHECKLIST)
    if row.retired_at is None:
        row.retired_at = work.now()
        record.note(work, actor, row, "retired", code=row.code, version=row.version)


def restore(work: Work, actor: Actor, row: Row) -> None:
    """Offer the newest version of a retired checklist again; NotNow for one that a newer version replaced."""
    record.require(actor, Permission.EDIT_CHECKLIST)
    newest = shelf.newest(work.rows, row.code)
    if newest is None or newest.id != row.id:
        raise NotNow("A newer version has replaced this one. Restore the newest.")
    if row.retired_at is not None:
        row.retired_at = None
        record.note(work, actor, row, "restored", code=row.code, version=row.version)
