"""Submitted versions as typed values."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from portal.core import frozen
from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.core.frozen import Frozen
from portal.models import AttestationVersion
from portal.queries.visible import GONE, visible_to


def newest(rows: Session, actor: Actor, attestation_id: int) -> AttestationVersion:
    """Give the version that was submitted last; NotFound when there is none the actor may see."""
    found = rows.scalar(_of(actor, attestation_id).order_by(AttestationVersion.number.desc()).limit(1))
    if found is None:
        raise NotFound(GONE)
    return found


def before(rows: Session, actor: Actor, version: AttestationVersion) -> AttestationVersion | None:
    """Give the version of the same attestation that was submitted before this one, if any."""
    return rows.scalar(
        _of(actor, version.attestation_id).where(AttestationVersion.number < version.number)
        .order_by(AttestationVersion.number.desc()).limit(1)
    )


def by_digest(rows: Session, actor: Actor, attestation_id: int, digest: str) -> AttestationVersion | None:
    """Give the version of an attestation with a digest, or None."""
    return rows.scalar(_of(actor, attestation_id).where(AttestationVersion.digest == digest).limit(1))


def last_of(rows: Session, actor: Actor, attestation_id: int | None) -> AttestationVersion | None:
    """Give the last version of an attestation, for comparing with last year's; None where there was none."""
    if attestation_id is None:
        return None
    return rows.scalar(_of(actor, attestation_id).order_by(AttestationVersion.number.desc()).limit(1))


def body(version: AttestationVersion | None) -> Frozen | None:
    """Give what a version says, or None for none."""
    return frozen.read(version.body) if version is not None else None


def changes(older: AttestationVersion | None, newer: AttestationVersion) -> set[str]:
    """Give the questions that changed from one version to another; all of them where there was none before."""
    now = frozen.read(newer.body)
    return set(now.by_question()) if older is None else frozen.changed(frozen.read(older.body), now)


def _of(actor: Actor, attestation_id: int) -> sa.Select[AttestationVersion]:
    return (
        sa.select(AttestationVersion).options(undefer(AttestationVersion.body))
        .where(AttestationVersion.attestation_id == attestation_id,
               visible_to(actor, AttestationVersion.party_id))
    )
