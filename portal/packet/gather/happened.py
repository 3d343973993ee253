"""How it came about: the ledger's entries in words, statements of interest, and the proofs of the entries."""

import sqlalchemy as sa
from msgspec import UNSET
from sqlalchemy.orm import Session

from portal.core import entry
from portal.core.checkpoint import LogKey
from portal.models import (
    Attestation,
    ConflictStatement,
    LaterReading,
    LedgerEntry,
    Packet,
    ProxyDecision,
    Review,
    SignOff,
)
from portal.packet.gather.people import People
from portal.packet.record import Act, Entry, Ledger
from portal.packet.value import Acted, Words
from portal.store import ledger

ACTS = {
    "attestation.requested": Words("依頼", "Requested"),
    "attestation.start": Words("回答開始", "Answering began"),
    "attestation.submit": Words("証明・提出", "Certified and submitted"),
    "attestation.take": Words("審査開始", "Taken for review"),
    "attestation.release": Words("担当解除", "Given back to the queue"),
    "attestation.return": Words("差戻し", "Returned"),
    "attestation.pass": Words("審査終了・承認へ", "Passed on for approval"),
    "attestation.send_back": Words("承認者から審査者へ差戻し", "Sent back to the reviewer"),
    "attestation.sign_off": Words("承認", "Signed off"),
    "attestation.extended": Words("期限延長", "Due day put off"),
    "attestation.confirmed_unchanged": Words("前年度と同じと確認", "Confirmed unchanged"),
    "attestation.sample_drawn": Words("抽出の実施", "Sample drawn"),
    "attestation.block_accepted": Words("一括適合", "Block accepted"),
    "attestation.block_fell": Words("一括適合の失効", "Block fell"),
    "attestation.block_taken_back": Words("一括適合の取消し", "Block taken back"),
    "packet.asked": Words("監査資料の作成依頼", "Packet asked for"),
    "later_reading.recorded": Words("後閲", "Later reading"),
}
ROLES = {"take": "reviewer", "return": "reviewer", "pass": "reviewer", "sign_off": "approver",
         "sample_drawn": "reviewer", "block_accepted": "reviewer", "block_fell": "reviewer",
         "block_taken_back": "reviewer", "send_back": "approver", "requested": "lead", "extended": "lead",
         "recorded": "approver"}
SESSION = Words("サインイン", "Signed in")
STEPPED = Words("再確認（パスワード・二要素）", "Stepped up (password, second factor)")


def _entries(rows: Session, attestation: Attestation, packet: Packet | None) -> list[LedgerEntry]:
    things = [attestation.public_id, *_readings(rows, attestation)] + ([packet.public_id] if packet else [])
    return [row for row in ledger.of_thing(rows, things) if row.event in ACTS]


def _readings(rows: Session, attestation: Attestation) -> list[str]:
    """Later readings of what was decided on the attestation by proxy (public ids)."""
    return list(rows.scalars(
        sa.select(LaterReading.public_id).join(ProxyDecision, ProxyDecision.id == LaterReading.decision_id)
        .where(ProxyDecision.noun == "attestation", ProxyDecision.thing == attestation.public_id)))


def signed(rows: Session, signature: SignOff, people: People) -> Acted:
    """Give who signed a version off: the approver by their own right, or a deputy in an absent one's stead (代決)."""
    found = rows.scalar(sa.select(ProxyDecision.person_id).where(
        ProxyDecision.noun == "attestation", ProxyDecision.move == "sign_off",
        ProxyDecision.digest == signature.version_digest, ProxyDecision.party_id == signature.party_id))
    return Acted(who=people.named(signature.approver_id, "deputy" if found else "approver"), at=signature.signed_at,
                 stead=people.named(found, "approver").name if found else UNSET)


def by_proxy(what: Words, name: str) -> Words:
    """Give the words of an act that was done in the stead of an absent person."""
    return Words(f"{what.ja}（代決：{name}不在のため）", f"{what.en} (by proxy: {name} absent)")


def history(rows: Session, attestation: Attestation, people: People) -> tuple[Act, ...]:
    """Give what happened to an attestation in order; unchanged answers confirmed together stand as one row."""
    acts: list[Act] = []
    for row in _entries(rows, attestation, None):
        leaf = entry.read(row.leaf.encode())
        what, verb = ACTS[row.event], row.event.partition(".")[2]
        if acts and acts[-1].what == what and verb == "confirmed_unchanged":
            continue
        stead = leaf.facts.get("in_stead_of")
        if stead:
            what = by_proxy(what, people.named(stead, "approver").name)
        acts.append(Act(
            at=row.at, what=what, who=people.named(row.person_id, "deputy" if stead else ROLES.get(verb, "")),
            authentication=STEPPED if verb == "sign_off" else SESSION, version=str(leaf.facts.get("version", "")),
        ))
    return tuple(acts)


def conflicts(rows: Session, attestation: Attestation, people: People) -> tuple[Words, ...]:
    """Give the statements of interest of those who reviewed."""
    reviewers = sa.select(Review.reviewer_id).where(Review.attestation_id == attestation.id)
    said = rows.scalars(
        sa.select(ConflictStatement).where(
            ConflictStatement.party_id == attestation.party_id, ConflictStatement.person_id.in_(reviewers),
            ConflictStatement.fiscal_year == attestation.fiscal_year).order_by(ConflictStatement.id))
    return tuple(
        Words(f"{people.named(row.person_id, 'reviewer').name}：{row.stated_at:%Y-%m-%d} 利害関係なしと申告",
              f"{people.named(row.person_id, 'reviewer').name}: declared no interest on {row.stated_at:%Y-%m-%d}")
        for row in said if not row.has_conflict
    )


def proven(rows: Session, attestation: Attestation, packet: Packet, key: LogKey, note: str) -> Ledger:
    """Give the entries of the attestation and the packet with their proofs under one signed checkpoint."""
    size = int(note.split("\n")[1])
    entries = tuple(
        Entry(index=row.id, leaf=row.leaf, meaning=ACTS[row.event], proof=ledger.prove(rows, row.id, note).text())
        for row in _entries(rows, attestation, packet) if row.id < size
    )
    return Ledger(note=note, key=str(key), entries=entries)
