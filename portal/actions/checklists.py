"""Checklists (点検票): the library's editions put on the shelf of the database; what was published never changes."""

from hashlib import sha256

import sqlalchemy as sa

from portal.actions import record
from portal.core import templates
from portal.core.actor import Actor
from portal.core.templates import Template
from portal.models import Template as Row
from portal.store.work import Work


def publish(work: Work, actor: Actor, template: Template) -> Row:
    """Publish an edition of a checklist; the same questions published twice are one edition."""
    body = templates.to_json(template)
    digest = sha256(body.encode()).hexdigest()
    code = template.checklist.code
    newest = work.rows.scalar(sa.select(Row).where(Row.code == code).order_by(Row.version.desc()).limit(1))
    if newest is not None and newest.digest == digest:
        return newest
    row = Row(
        code=code, version=newest.version + 1 if newest else 1, title_ja=template.checklist.title.ja,
        title_en=template.checklist.title.en, body=body, digest=digest, published_at=work.now(),
    )
    if newest is not None:
        newest.retired_at = work.now()
    work.rows.add(row)
    record.note(work, actor, row, "published", code=code, version=row.version, digest=digest)
    return row


def publish_library(work: Work, actor: Actor) -> list[Row]:
    """Publish the eight checklists of the catalogue where they are not there in this edition."""
    return [publish(work, actor, template) for template in work.catalogue.templates.values()]
