"""Evidence as the actor may see it: one file with its pages and where it is used, and a party's files."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload

from portal.core.actor import Actor
from portal.models import AnswerEvidence, Attestation, Evidence, InspectionFile, PageImage
from portal.queries.visible import one, visible_to


@dataclass(frozen=True, slots=True)
class Shown:
    """One file, its page pictures in order, and the answers that rest on its bytes (attestation, question)."""

    file: Evidence
    pages: list[PageImage]
    uses: list[tuple[Attestation, str]]


def shown(rows: Session, actor: Actor, public_id: str) -> Shown:
    """Give a file with its pages; NotFound for a foreign or unknown one."""
    file = one(rows, actor, Evidence, public_id, joinedload(Evidence.party))
    pages = rows.scalars(sa.select(PageImage).where(PageImage.evidence_id == file.id).order_by(PageImage.page))
    uses = rows.execute(
        sa.select(Attestation, AnswerEvidence.question)
        .join(AnswerEvidence, AnswerEvidence.attestation_id == Attestation.id)
        .join(Evidence, Evidence.id == AnswerEvidence.evidence_id)
        .where(Evidence.party_id == file.party_id, Evidence.digest == file.digest,
               visible_to(actor, Attestation.party_id))
        .order_by(Attestation.id, AnswerEvidence.question)
    )
    return Shown(file, list(pages), list(dict.fromkeys((row[0], row[1]) for row in uses)))


def page(rows: Session, actor: Actor, public_id: str, number: int) -> tuple[Evidence, PageImage | None]:
    """Give a file with the picture of one page; None where it has none."""
    file = one(rows, actor, Evidence, public_id, joinedload(Evidence.party))
    return file, rows.scalar(
        sa.select(PageImage).where(PageImage.evidence_id == file.id, PageImage.page == number))


def usable(rows: Session, actor: Actor, party_id: int) -> list[Evidence]:
    """Give a party's files that an answer may rest on, newest first, at most 200; JMDP's of a visit to staff only."""
    of_visit = sa.exists().where(InspectionFile.evidence_id == Evidence.id,
                                 InspectionFile.linked_by_id == Evidence.uploaded_by_id)
    return list(rows.scalars(
        sa.select(Evidence).where(Evidence.party_id == party_id, visible_to(actor, Evidence.party_id),
                                  Evidence.state.in_(("quarantined", "accepted", "flagged")),
                                  ~of_visit if actor.is_party_member else sa.true())
        .options(defer(Evidence.text)).order_by(Evidence.id.desc()).limit(200)
    ))
