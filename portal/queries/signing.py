"""What an approver has to know before signing: what the reviewer looked at, and what moved since they looked."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.frozen import FrozenAnswer, changed
from portal.models import Evidence, Viewed
from portal.queries import versions
from portal.queries.reviews import Item, Sheet


@dataclass(frozen=True, slots=True)
class Opened:
    """One evidence file of a sheet: its first question, and when and up to which page the reviewer had it open."""

    file: Evidence
    question: str
    first_at: datetime | None = None
    last_at: datetime | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Looked:
    """What the reviewer of a version looked at: questions with and without a mark, and every file.

    Questions without a mark that were accepted in a block stand in `block` alone.
    """

    seen: list[str]
    unseen: list[str]
    files: list[Opened]
    block: list[str]


@dataclass(frozen=True, slots=True)
class Change:
    """A question that reads otherwise than in the version that somebody meant to sign."""

    item: Item
    before: FrozenAnswer | None


def looked(rows: Session, sheet: Sheet) -> Looked:
    """Give what the reviewer of a sheet's newest review looked at; nothing where there is no review."""
    reviewer = sheet.review.reviewer_id if sheet.review else 0
    found = list(rows.scalars(sa.select(Viewed).where(
        Viewed.version_id == sheet.version.id, Viewed.person_id == reviewer)))
    marks = {row.question for row in found if row.evidence_id is None}
    times = {row.evidence_id: row for row in found if row.evidence_id is not None}
    asked = [item for item in sheet.items if item.answer is not None]
    files: dict[int, Opened] = {}
    for item in asked:
        for file in item.evidence:
            row = times.get(file.id)
            files.setdefault(file.id, Opened(file, item.question.id, row.first_at, row.last_at, row.page)
                             if row else Opened(file, item.question.id))
    unmarked = [item for item in asked if item.question.id not in marks]
    together = [item.question.id for item in unmarked if item.verdict and item.verdict.draw_id]
    return Looked([item.question.id for item in asked if item.question.id in marks],
                  [item.question.id for item in unmarked if item.question.id not in together],
                  list(files.values()), together)


def since(rows: Session, actor: Actor, sheet: Sheet, digest: str) -> list[Change]:
    """Give what changed between the version of a digest and the sheet's; nothing for the same or an unknown one."""
    older = versions.by_digest(rows, actor, sheet.attestation.id, digest)
    before, now = versions.body(older), versions.body(sheet.version)
    if before is None or now is None:
        return []
    moved, was = changed(before, now), before.by_question()
    return [Change(item, was.get(item.question.id)) for item in sheet.items if item.question.id in moved]
