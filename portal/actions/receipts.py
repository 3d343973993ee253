"""Receipts (受領書): asked for with a submission or later, printed by the worker, kept once for each version."""

from portal.actions import record
from portal.core.actor import Actor
from portal.core.policy import Permission
from portal.models import Attestation, AttestationVersion, Receipt
from portal.queries import receipts
from portal.store.blobs import Blob
from portal.store.work import Work


def ask(work: Work, actor: Actor, version: AttestationVersion) -> None:
    """Ask for the receipt of a version, as one of the party's people: printed once, and after a fault once more."""
    record.require(actor, Permission.ANSWER, version)
    if receipts.of(work.rows, actor, version) is not None:
        return
    job = work.job("receipt", version.public_id, version=version.public_id)
    if job.status == "failed":
        work.again(job)


def keep(work: Work, actor: Actor, version: AttestationVersion, blob: Blob, pages: int) -> None:
    """Keep the printed receipt of a version, as the worker, once; its digest goes into the ledger."""
    record.require(actor, Permission.BUILD_PACKET, version)
    if receipts.of(work.rows, actor, version) is not None:
        return
    work.rows.add(Receipt(version_id=version.id, party_id=version.party_id, digest=blob.digest, size=blob.size,
                          pages=pages, made_at=work.now()))
    record.note(work, actor, work.rows.get_one(Attestation, version.attestation_id), "receipt_kept",
                version=version.number, digest=blob.digest)
