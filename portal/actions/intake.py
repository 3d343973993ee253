"""Evidence (証跡) as rows: received into quarantine, examined by the worker, settled, superseded; never deleted."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from portal.actions import record
from portal.core.actor import Actor
from portal.core.errors import N_, Incomplete
from portal.core.evidence.ends import read_end
from portal.core.evidence.kinds import MIME, declared
from portal.core.evidence.names import safe_name
from portal.core.policy import Permission
from portal.core.workflow import Move
from portal.models import Evidence, PageImage, Party
from portal.store.work import Work


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file whose bytes are kept already: its name as sent, digest and size; what the sender says of it."""

    name: str
    digest: str
    size: int
    evidence_type: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What the examination found: kind, verdict, reasons, scan, pages and text."""

    kind: str
    verdict: str
    reasons: tuple[str, ...]
    scan: str
    scan_detail: str
    pages: int
    text: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page as a kept picture."""

    page: int
    digest: str
    width: int
    height: int


def receive(work: Work, actor: Actor, party: Party, arrived: Arrived) -> Evidence:
    """Take a file into quarantine and ask for its examination; the same bytes of the same kind are one evidence."""
    record.require(actor, Permission.UPLOAD, party)
    if arrived.valid_from and arrived.valid_to and arrived.valid_to < arrived.valid_from:
        raise Incomplete("The period ends before it begins.", {"valid_to": N_("Choose a later day")})
    known = work.rows.scalar(sa.select(Evidence).where(
        Evidence.party_id == party.id, Evidence.digest == arrived.digest,
        Evidence.evidence_type == arrived.evidence_type,
        Evidence.state.in_(("quarantined", "accepted", "flagged"))))
    if known is not None:
        known.valid_from, known.valid_to = arrived.valid_from or known.valid_from, arrived.valid_to or known.valid_to
        return known
    name = safe_name(arrived.name)
    kind = declared(name)
    evidence = Evidence(
        party_id=party.id, name=name, ascii_name=_plain(name),
        mime=MIME[kind] if kind else "application/octet-stream",
        kind=kind.value if kind else "", size=arrived.size, digest=arrived.digest,
        evidence_type=arrived.evidence_type, valid_from=arrived.valid_from, valid_to=arrived.valid_to,
        uploaded_by_id=actor.person_id, uploaded_at=work.now(),
    )
    work.rows.add(evidence)
    record.note(work, actor, evidence, "received", digest=arrived.digest, size=arrived.size,
                kind=arrived.evidence_type)
    work.job("examine", evidence.public_id, evidence=evidence.public_id)
    return evidence


def _plain(name: str) -> str:
    """Give a short ASCII name for places that know no other letters; the extension stays."""
    stem, dot, extension = name.rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9]+", "_", unicodedata.normalize("NFKD", stem)).strip("_")[:40]
    return f"{plain or 'file'}{dot}{extension.lower()}"


def settle(work: Work, actor: Actor, evidence: Evidence, looked: Looked) -> None:
    """Take a file out of quarantine as the examination says: accepted, accepted with a caution, or refused."""
    move = {"accepted": Move.ACCEPT, "flagged": Move.FLAG, "refused": Move.REFUSE}[looked.verdict]
    evidence.kind, evidence.pages, evidence.text = looked.kind, looked.pages, looked.text
    evidence.read_valid_to = read_end(looked.text)
    evidence.reasons, evidence.scan, evidence.scan_detail = list(looked.reasons), looked.scan, looked.scan_detail[:200]
    record.move(work, actor, evidence, move, reasons=list(looked.reasons), scan=looked.scan, pages=looked.pages)


def picture(work: Work, actor: Actor, evidence: Evidence, drawn: Drawn) -> PageImage:
    """Keep the row of one page's picture; drawn again it replaces the earlier one."""
    record.require(actor, Permission.EXAMINE, evidence)
    row = work.rows.scalar(
        sa.select(PageImage).where(PageImage.evidence_id == evidence.id, PageImage.page == drawn.page))
    if row is None:
        row = PageImage(evidence_id=evidence.id, party_id=evidence.party_id, page=drawn.page)
        work.rows.add(row)
    row.digest, row.width, row.height = drawn.digest, drawn.width, drawn.height
    return row


def describe(work: Work, actor: Actor, evidence: Evidence, evidence_type: str, valid_to: date | None) -> None:
    """Say of what kind a file is and until when it holds."""
    record.require(actor, Permission.UPLOAD, evidence)
    evidence.evidence_type, evidence.valid_to = evidence_type, valid_to
    record.note(work, actor, evidence, "described", kind=evidence_type,
                valid_to=valid_to.isoformat() if valid_to else "")


def supersede(work: Work, actor: Actor, evidence: Evidence, by: Evidence) -> None:
    """Replace a file by a newer one; the old one stays where submitted versions rest on it."""
    evidence.superseded_by_id = by.id
    record.move(work, actor, evidence, Move.SUPERSEDE, by=by.public_id)
