"""The daily digest (まとめメール): the letters that could wait, in one mail at the reader's time, once a day."""

from zoneinfo import ZoneInfo

import sqlalchemy as sa

from portal.actions import letters
from portal.core import posting
from portal.core.readable import day_in
from portal.models import Digest, Mail, Person
from portal.store.work import Work


def send(work: Work, person_id: int) -> Mail | None:
    """Put a person's digest into the outbox; None before its time, when today's went already, or with nothing to say.

    The day is that of the reader's own calendar, so a clock set back or forward makes no second and loses none.
    """
    person = work.rows.get_one(Person, person_id)
    zone = ZoneInfo(person.zone)
    today = day_in(work.now(), zone)
    if not person.is_active or not posting.is_due(work.now(), zone, person.digest_at):
        return None
    if work.rows.scalar(sa.select(Digest.id).where(Digest.person_id == person.id, Digest.day >= today)):
        return None
    held = list(work.rows.scalars(sa.select(Mail).where(
        Mail.person_id == person.id, Mail.status == "held").order_by(Mail.id)))
    if not held:
        return None
    address = work.settings.address
    sent = letters.write(work, letters.of_person(person), "digest", day=today, items=[
        {"subject": mail.subject, "link": posting.link(mail.body, address)} for mail in held])
    for mail in held:
        mail.status, mail.sent_at, mail.carried_by_id = "gathered", work.now(), sent.id
    work.rows.add(Digest(person_id=person.id, day=today, mail_id=sent.id, made_at=work.now()))
    return sent
