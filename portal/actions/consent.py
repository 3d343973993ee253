"""Consent to re-entrustment (再委託の承諾) from JMDP's side: examined, asked back, decided by two people, withdrawn."""

from datetime import date

from portal.actions import letters, record, reentrustment
from portal.core.actor import Actor, Role
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.reentrusted import HELD
from portal.core.workflow import Move
from portal.models import ConsentLetter, Party, Reentrustment
from portal.queries import reentrustment as asked
from portal.store.blobs import Blob
from portal.store.work import Work


def hand_back(work: Work, actor: Actor, row: Reentrustment, reason: str) -> None:
    """Ask the party back, with the reason; it changes the request and sends it again."""
    record.require(actor, Permission.REVIEW, row)
    row.reply = _written(reason, N_("Write what the party is to change or add"))
    _took_part(actor, row)
    record.move(work, actor, row, Move.RETURN, reason=Personal(row.reply))
    tell(work, row, Move.RETURN.value, row.reply)


def pass_on(work: Work, actor: Actor, row: Reentrustment, opinion: str) -> None:
    """Pass an examined request on to another person for approval, with the reviewer's opinion."""
    record.require(actor, Permission.REVIEW, row)
    row.opinion = _written(opinion, N_("Write what you examined and what you found"))
    _took_part(actor, row)
    record.move(work, actor, row, Move.PASS, opinion=Personal(row.opinion))
    reentrustment.tell_desk(work, row, Move.PASS.value, Role.APPROVER)


def send_back(work: Work, actor: Actor, row: Reentrustment, reason: str) -> None:
    """Send it back to the reviewers, with the reason."""
    record.require(actor, Permission.APPROVE, row)
    said = _written(reason, N_("Write what is to be examined again"))
    record.move(work, actor, row, Move.SEND_BACK, reason=Personal(said))
    reentrustment.tell_desk(work, row, Move.SEND_BACK.value, Role.REVIEWER, said)


def consent(work: Work, actor: Actor, row: Reentrustment, until: date | None, conditions: str = "") -> None:
    """Consent (for My Number: permit) until a day, on conditions; a letter is printed, and the party is told."""
    record.require(actor, Permission.APPROVE, row)
    wrong = _until(work, row, until)
    if barred := reentrustment.barred(work, row):
        wrong["until"] = barred
    parent = work.rows.get(Reentrustment, row.parent_id) if row.parent_id else None
    if parent is not None and parent.state not in HELD:
        wrong["until"] = N_("The body above it no longer stands: refuse, or ask the party back")
    elif parent is not None and until and parent.ends_on and until > parent.ends_on:
        wrong["until"] = N_("The body above ends earlier: choose a day up to then")
    if wrong:
        raise Incomplete("Something is missing. See the fields marked below.", wrong)
    asked_until, row.ends_on, row.conditions = row.ends_on, until, conditions.strip()
    _decided(work, actor, row)
    record.move(work, actor, row, Move.CONSENT, way=row.way, ends_asked=str(asked_until), ends=str(until),
                conditions=Personal(row.conditions))
    work.job("consent", row.public_id, reentrustment=row.public_id)
    reentrustment.touch(work, row)
    tell(work, row, Move.CONSENT.value, row.conditions)


def decline(work: Work, actor: Actor, row: Reentrustment, reason: str) -> None:
    """Refuse consent, with the reason; the party is told."""
    record.require(actor, Permission.APPROVE, row)
    row.reply = _written(reason, N_("Write why consent is refused"))
    _decided(work, actor, row)
    record.move(work, actor, row, Move.DECLINE, reason=Personal(row.reply))
    tell(work, row, Move.DECLINE.value, row.reply)


def revoke(work: Work, actor: Actor, row: Reentrustment, reason: str) -> None:
    """Withdraw a consent, or object to what was reported; the party ends it there and reports its end."""
    record.require(actor, Permission.APPROVE, row)
    row.reply = _written(reason, N_("Write why it is withdrawn, and by when the data are to come back"))
    record.move(work, actor, row, Move.REVOKE, reason=Personal(row.reply))
    reentrustment.touch(work, row)
    tell(work, row, Move.REVOKE.value, row.reply)


def lapse(work: Work, actor: Actor, row: Reentrustment) -> None:
    """Let a body's time be over once its last day has passed; it stays uncleared until the party reports its end."""
    record.move(work, actor, row, Move.LAPSE, ends=str(row.ends_on))
    reentrustment.touch(work, row)


def keep_letter(work: Work, actor: Actor, row: Reentrustment, blob: Blob, pages: int) -> ConsentLetter:
    """Keep the printed letter of a consent for good; asked again it is the one that is kept already."""
    record.require(actor, Permission.BUILD_PACKET, row)
    found = asked.letter(work.rows, row)
    if found is not None:
        return found
    kept = ConsentLetter(reentrustment_id=row.id, party_id=row.party_id, digest=blob.digest, size=blob.size,
                         pages=pages, made_at=work.now())
    work.rows.add(kept)
    record.note(work, actor, kept, "kept", number=row.number, digest=blob.digest, pages=pages)
    return kept


def tell(work: Work, row: Reentrustment, what: str, said: str = "") -> None:
    """Write to the party's people of what JMDP did with a request."""
    for reader in letters.of_party(work, work.rows.get_one(Party, row.party_id)):
        letters.write(work, reader, "reentrustment", thing=row.public_id, row=row, what=what, said=said)


def _until(work: Work, row: Reentrustment, until: date | None) -> dict[str, str]:
    today = day_in(work.now())
    if until is None or until <= today or (row.starts_on and until < row.starts_on):
        return {"until": N_("Choose a day to come, not before it begins")}
    if row.ends_on and until > row.ends_on:
        return {"until": N_("The party asked for an earlier day")}
    return {}


def _written(text: str, wanted: str) -> str:
    if not text.strip():
        raise Incomplete("Something is missing. See the fields marked below.", {"reason": wanted})
    return text.strip()


def _took_part(actor: Actor, row: Reentrustment) -> None:
    row.reviewer_ids = sorted({*row.reviewer_ids, actor.person_id})


def _decided(work: Work, actor: Actor, row: Reentrustment) -> None:
    row.decided_by_id, row.decided_at = actor.person_id, work.now()
