"""Packets (監査資料): asked for, built by the worker, kept; the bytes are never printed again."""

from dataclasses import dataclass

import sqlalchemy as sa

from portal.actions import record
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import NotNow
from portal.core.policy import Permission
from portal.core.workflow import Move
from portal.models import Attestation, AttestationVersion, Packet
from portal.queries import versions
from portal.store.work import Work


@dataclass(frozen=True, slots=True)
class Printed:
    """What the press and the seal made: sizes in bytes, digests in hex, the signature level that was reached."""

    pages: int
    size: int
    level: str
    manifest_digest: str
    unsigned_digest: str
    sealed_digest: str


def ask(work: Work, actor: Actor, attestation: Attestation, audience: str) -> Packet:
    """Ask for the packet of a signed-off attestation; the same version and audience asked twice is one packet."""
    record.require(actor, Permission.ISSUE_PACKET, attestation)
    if attestation.signed_off_at is None:
        raise NotNow("A packet is made once the attestation is signed off.")
    version = versions.newest(work.rows, actor, attestation.id)
    found = work.rows.scalar(sa.select(Packet).where(
        Packet.version_id == version.id, Packet.audience == audience, Packet.state != "withdrawn"))
    if found is not None:
        return found
    _supersede(work, actor, attestation, version, audience)
    packet = Packet(
        number=work.numbered("P"), party_id=attestation.party_id,
        attestation_id=attestation.id, version_id=version.id, audience=audience, as_of=work.now(),
        asked_by_id=actor.person_id or None, asked_at=work.now(),
    )
    work.rows.add(packet)
    record.note(work, actor, packet, "asked", audience=audience, version=version.number)
    work.job("packet", packet.public_id, packet=packet.public_id)
    return packet


def begin(work: Work, actor: Actor, packet: Packet) -> None:
    """Begin to build, or begin again after a fault."""
    packet.progress, packet.error, packet.stage = 0, "", "gather"
    record.move(work, actor, packet, Move.BUILD)


def keep(work: Work, actor: Actor, packet: Packet, printed: Printed) -> None:
    """Keep a sealed packet: its three digests go into the ledger with it."""
    packet.pages, packet.size, packet.level = printed.pages, printed.size, printed.level
    packet.manifest_digest, packet.unsigned_digest = printed.manifest_digest, printed.unsigned_digest
    packet.sealed_digest, packet.kept_at, packet.progress, packet.stage = printed.sealed_digest, work.now(), 100, ""
    record.move(work, actor, packet, Move.KEEP, manifest=printed.manifest_digest, unsigned=printed.unsigned_digest,
                sealed=printed.sealed_digest, level=printed.level, pages=printed.pages)


def fail(work: Work, actor: Actor, packet: Packet, error: str) -> None:
    """Remember that it could not be built, and why; the attestation stays signed off and it can be tried again."""
    packet.error = error[:1000]
    record.move(work, actor, packet, Move.FAIL, error=Personal(error[:1000]))


def again(work: Work, actor: Actor, packet: Packet) -> None:
    """Try a failed packet again."""
    record.require(actor, Permission.ISSUE_PACKET, packet)
    if packet.state != "failed":
        raise NotNow("This packet did not fail; there is nothing to try again.")
    work.job("packet", f"{packet.public_id}:{work.now().isoformat()}", packet=packet.public_id)
    record.note(work, actor, packet, "tried_again")


def withdraw(work: Work, actor: Actor, packet: Packet, reason: str) -> None:
    """Withdraw a kept packet; the verification page says so from now on."""
    record.move(work, actor, packet, Move.WITHDRAW, reason=Personal(reason))


def _supersede(work: Work, actor: Actor, attestation: Attestation, version: AttestationVersion, audience: str) -> None:
    """Earlier versions' packets of this attestation are valid no longer."""
    older = work.rows.scalars(sa.select(Packet).where(
        Packet.attestation_id == attestation.id, Packet.audience == audience, Packet.state == "kept",
        Packet.version_id != version.id))
    for packet in older:
        record.move(work, actor, packet, Move.SUPERSEDE, version=version.number)
