"""A submitted version as the values of its receipt."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, undefer

from portal.core import frozen
from portal.models import Attestation, AttestationVersion, LedgerEntry, Person
from portal.packet.gather.wording import ISSUER, title_of
from portal.packet.receipt import Receipt
from portal.packet.value import Words


def receipt(rows: Session, public_id: str) -> tuple[str, Receipt]:
    """Give the party's public id and the receipt of a version; English stands beside for a certifier who reads it."""
    version = rows.scalars(sa.select(AttestationVersion).where(AttestationVersion.public_id == public_id).options(
        undefer(AttestationVersion.body),
        joinedload(AttestationVersion.attestation).joinedload(Attestation.party),
        joinedload(AttestationVersion.attestation).joinedload(Attestation.template))).one()
    about = version.attestation
    theirs = [answer for answer in frozen.read(version.body).answers if answer.author == "party"]
    english = rows.get_one(Person, version.certified_by_id).language == "en"
    return about.party.public_id, Receipt(
        number=about.number, version=version.number, received_at=version.certified_at, issuer=ISSUER,
        to=Words(about.party.name_ja, about.party.name_en), year=about.fiscal_year,
        checklist=title_of(about.template), certified_by=version.certified_name,
        certified_title=version.certified_title, questions=len(theirs),
        files=len({piece.digest for answer in theirs for piece in answer.evidence}), digest=version.digest,
        entry=_entry(rows, version), languages=("ja", "en") if english else ("ja",))


def _entry(rows: Session, version: AttestationVersion) -> int:
    """The place in the ledger of the submission that made a version."""
    found = rows.scalars(
        sa.select(LedgerEntry.id).where(LedgerEntry.event == "attestation.submit",
                                        LedgerEntry.thing == version.attestation.public_id)
        .order_by(LedgerEntry.id).offset(version.number - 1).limit(1))
    return found.one()
