"""Letters that did not arrive: the task they become, and its three ways out; contacts by telephone or post."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from portal.actions import people, record
from portal.core.actor import SYSTEM, Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, NotNow
from portal.core.policy import Permission
from portal.core.posting import MEANS
from portal.core.readable import day_in
from portal.models import Attestation, Contact, ContactNote, Mail, Party, Undelivered
from portal.queries import delivery
from portal.store.work import Letter, Work

LINKS = frozenset({"invitation", "reset"})


def missed(work: Work, mail: Mail) -> Undelivered | None:
    """Open a task for a letter to a party that was refused or deferred for too long; one is open at a time."""
    open_one = sa.select(Undelivered).where(Undelivered.mail_id == mail.id, Undelivered.outcome == "")
    if mail.party_id is None or work.rows.scalar(open_one) is not None:
        return None
    row = Undelivered(party_id=mail.party_id, mail_id=mail.id, said=mail.error, opened_at=work.now())
    work.rows.add(row)
    record.note(work, SYSTEM, row, "opened", mail=mail.public_id, status=mail.status)
    return row


def queue_again(work: Work, actor: Actor, mail: Mail) -> None:
    """Queue a mail that bounced or was given up; one whose link is used up needs a new one instead (NotNow)."""
    if mail.status not in ("bounced", "failed"):
        raise NotNow("This mail waits or was sent already.")
    if mail.kind in LINKS:
        raise NotNow("The link of this mail is gone. Send the invitation or the reset anew.")
    mail.status, mail.error, mail.queued_at = "queued", "", work.now()
    work.job("mail", f"{mail.public_id}:{mail.tries}", mail=mail.public_id)
    record.note(work, actor, mail, "sent_again")
    for row in work.rows.scalars(sa.select(Undelivered).where(
            Undelivered.mail_id == mail.id, Undelivered.outcome == "")):
        _settle(work, actor, row, "sent_again")


def send_again(work: Work, actor: Actor, row: Undelivered) -> None:
    """Send the letter of a task to the same address again, as the lead."""
    record.require(actor, Permission.FOLLOW_LETTER, row)
    _still_open(row)
    queue_again(work, actor, work.rows.get_one(Mail, row.mail_id))


def correct(work: Work, actor: Actor, row: Undelivered, email: str) -> None:
    """Correct the address of a contact, and send there whatever did not arrive at the old one.

    Incomplete for what is no address or the old one; NotNow for an account's own address, which is not the lead's to
    change, and for a letter with a link of its own.
    """
    record.require(actor, Permission.FOLLOW_LETTER, row)
    _still_open(row)
    mail = work.rows.get_one(Mail, row.mail_id)
    if mail.kind in LINKS:
        raise NotNow("The link of this mail is gone. Send the invitation or the reset anew.")
    if mail.person_id is not None:
        raise NotNow("This is the address of an account; only its owner or an administrator can change it.")
    new, old = people.address(email), mail.recipient
    if new == old:
        raise Incomplete("Check the address.", {"email": N_("This is the address that did not work")})
    party = work.rows.get_one(Party, row.party_id)
    for contact in work.rows.scalars(sa.select(Contact).where(Contact.party_id == party.id, Contact.email == old)):
        contact.email = new
    record.note(work, actor, party, "address_corrected", before=Personal(old), email=Personal(new))
    for task in delivery.open_at(work.rows, party, old):
        if task.mail.person_id is None and task.mail.kind not in LINKS:
            work.mail(Letter(recipient=new, subject=task.mail.subject, body=task.mail.body, kind=task.mail.kind,
                             language=task.mail.language, thing=task.mail.thing, party_id=party.id))
            _settle(work, actor, task, "corrected")


@dataclass(frozen=True, slots=True)
class Told:
    """A contact as it was made: by which means, on which day (Japan), whom, and what was said."""

    means: str
    on: date | None
    spoken_to: str
    note: str = ""


def note_contact(work: Work, actor: Actor, party: Party, told: Told, about: Attestation | None = None) -> ContactNote:
    """Record that a party was told by telephone or post; it settles the open tasks of letters about the same thing.

    Without a request (`about`) it settles those of letters that concern none. Incomplete for what is missing.
    """
    record.require(actor, Permission.NOTE_CONTACT, about or party)
    if problems := _problems(told, day_in(work.now())):
        raise Incomplete("The contact is not complete yet.", problems)
    row = ContactNote(
        party_id=party.id, attestation_id=about.id if about else None, means=told.means, on=told.on,
        spoken_to=told.spoken_to.strip(), note=told.note.strip(), made_by_id=actor.person_id, made_at=work.now())
    work.rows.add(row)
    record.note(work, actor, row, "recorded", means=row.means, on=row.on.isoformat(),
                about=about.public_id if about else "", spoken_to=Personal(row.spoken_to), note=Personal(row.note))
    for task in delivery.open_of(work.rows, party, about):
        _settle(work, actor, task, "contacted")
    return row


def _problems(told: Told, today: date) -> dict[str, str]:
    wrong = {}
    if told.means not in MEANS:
        wrong["means"] = N_("Choose telephone or post")
    if told.on is None or told.on > today:
        wrong["on"] = N_("Enter the day, not later than today")
    if not told.spoken_to.strip():
        wrong["spoken_to"] = N_("Enter whom you spoke or wrote to")
    return wrong


def _still_open(row: Undelivered) -> None:
    if row.outcome:
        raise NotNow("This letter was followed up before. Reload the page to see how.")


def _settle(work: Work, actor: Actor, row: Undelivered, outcome: str) -> None:
    row.outcome, row.settled_by_id, row.settled_at = outcome, actor.person_id or None, work.now()
    record.note(work, actor, row, "settled", outcome=outcome)
