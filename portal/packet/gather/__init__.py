"""Rows into contents: everything a packet says, as of the moment it is asked for, for one audience."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from msgspec import UNSET
from sqlalchemy.orm import Session, joinedload, undefer

from portal.core import readable
from portal.core.actor import SYSTEM
from portal.core.catalogue import Catalogue
from portal.core.checkpoint import LogKey
from portal.models import Attestation, AttestationVersion, Packet, Review, SignOff
from portal.packet.contents import Contents, Cover
from portal.packet.gather import answered, drawn, evidenced, happened, registered, signed
from portal.packet.gather.people import People
from portal.packet.gather.wording import ISSUER, title_of
from portal.packet.record import Seal
from portal.packet.value import Acted, Words
from portal.queries import reviews

Picture = Callable[[str], bytes]
CONCLUSIONS = {
    "conforms": Words("適（すべての設問を確認しました）", "Conforms (every question was reviewed)"),
    "block": Words("適（前年度から変更のない低リスクの回答は、抽出確認のうえ一括で適と判定しました）",
                   "Conforms (unchanged answers of low risk were accepted as a block after a sample)"),
    "block_with_findings": Words(
        "適（指摘事項あり。前年度から変更のない低リスクの回答は、抽出確認のうえ一括で適と判定しました）",
        "Conforms, with findings (unchanged answers of low risk were accepted as a block after a sample)"),
    "with_findings": Words("適（指摘事項あり）", "Conforms, with findings"),
}


@dataclass(frozen=True, slots=True)
class Means:
    """What gathering needs besides the rows: words, where to verify, who seals, and the ledger's key and note."""

    catalogue: Catalogue
    verify_at: str
    seal: Seal
    key: LogKey
    note: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """The contents, and which files (digest) and pictures (digest) stand beside them."""

    contents: Contents
    party: str
    pictures: tuple[str, ...]


def gather(rows: Session, packet: Packet, means: Means) -> Gathered:
    """Read everything one packet says; the packet's row must be there, its state does not matter."""
    attestation = rows.scalars(
        sa.select(Attestation).where(Attestation.id == packet.attestation_id)
        .options(joinedload(Attestation.party), joinedload(Attestation.template))
    ).one()
    version = rows.scalars(
        sa.select(AttestationVersion).where(AttestationVersion.id == packet.version_id)
        .options(undefer(AttestationVersion.body),
                 joinedload(AttestationVersion.attestation).joinedload(Attestation.template))
    ).one()
    signature = rows.scalars(sa.select(SignOff).where(SignOff.version_id == version.id)).one()
    review = rows.get_one(Review, signature.review_id)
    people = People(rows, attestation.party)
    sheet = reviews.sheet(rows, SYSTEM, attestation, attestation.fiscal_year)
    files = evidenced.files(rows, version, people, means.catalogue)
    is_internal = packet.audience == "internal"
    sample = drawn.sample(rows, sheet, people)
    cover = _cover(packet, version, (signature, review), people, means.verify_at)
    cover = replace(cover, approved=(happened.signed(rows, signature, people),))
    if sample and sample.accepted:
        told = "block" if signature.conclusion == "conforms" else "block_with_findings"
        cover = replace(cover, conclusion=CONCLUSIONS[told])
    contents = Contents(
        cover=replace(cover, editions=signed.under(rows, version) or UNSET),
        party=registered.party(rows, attestation.party, means.catalogue, packet.as_of),
        contracts=registered.contracts(rows, attestation.party, means.catalogue),
        scope=registered.scope(rows, attestation.party, means.catalogue),
        sections=answered.sections(sheet, files, people, means.catalogue, internal=is_internal),
        sampling=drawn.explained(sample), sample=sample,
        findings=answered.findings(rows, sheet, people, readable.day_in(packet.as_of)),
        history=happened.history(rows, attestation, people),
        conflicts=happened.conflicts(rows, attestation, people),
        files=files,
        ledger=happened.proven(rows, attestation, packet, means.key, means.note),
        seal=means.seal,
    )
    pictures = tuple(sorted({file.picture for file in files if file.picture}))
    return Gathered(contents, attestation.party.public_id, pictures)


def _cover(packet: Packet, version: AttestationVersion, signed: tuple[SignOff, Review], people: People,
           verify_at: str) -> Cover:
    signature, review = signed
    attestation = version.attestation
    year = attestation.fiscal_year
    title = title_of(attestation.template)
    return Cover(
        number=packet.number, code=packet.code, verify_at=f"{verify_at}/v/{packet.code}", issuer=ISSUER,
        party=people.body, subject=Words(f"{readable.fiscal_year(year, 'ja')}　{title.ja}",
                                         f"{readable.fiscal_year(year, 'en')} {title.en}"),
        period=(date(year, 4, 1), date(year + 1, 3, 31)),
        standing="signed_off" if signature.conclusion == "conforms" else "conditional",
        conclusion=CONCLUSIONS[signature.conclusion], as_of=packet.as_of, version=f"{version.number}",
        version_digest=version.digest, distribution="internal" if packet.audience == "internal" else "party",
        reviewed=(Acted(who=people.named(review.reviewer_id, "reviewer"), at=review.finished_at or review.started_at),),
    )
