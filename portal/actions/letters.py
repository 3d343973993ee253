"""Mails (お知らせ): one text per occasion and language, rendered strictly, put into the outbox of the act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2 import Template as Piece

from portal.core import mailtext, posting, readable
from portal.core.actor import Role
from portal.core.mailtext import Opened
from portal.core.occasions import FIXED, LANGUAGES, OCCASIONS
from portal.core.readable import day_in
from portal.models import (
    Absence,
    Attestation,
    Contact,
    Mail,
    MailText,
    Membership,
    Party,
    Person,
    Review,
    Template,
    Verdict,
)
from portal.queries import absences, forms, mailtexts, people
from portal.store.work import CODE, Letter, Work


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets a mail: address, name, title and party in their language, language and time zone."""

    email: str
    name: str
    language: str = "ja"
    zone: str = "Asia/Tokyo"
    title: str = ""
    party: str = ""
    party_id: int | None = None
    person_id: int | None = None
    rhythm: str = "instant"


@cache
def texts() -> Environment:
    """Give the strict texts of all mails."""
    return Environment(
        loader=FileSystemLoader(mailtexts.FOLDER), undefined=StrictUndefined, autoescape=False,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )


def render(work: Work, reader: Reader, occasion: str, **values: object) -> tuple[str, str]:
    """Give (subject, body) of an occasion in the reader's language; the first line of a text is its subject."""
    language = reader.language
    zone = ZoneInfo(reader.zone)
    settings = work.settings
    given = {
        "reader": reader, "address": settings.address, "phone": settings.contact_phone, "reply": settings.mail_reply,
        "long": lambda day: readable.date_long(day, language, zone),
        "due": lambda day: readable.due_long(day, language, zone),
        "moment": lambda at: readable.moment(at, language, zone), **values,
    }
    row = None if occasion in FIXED else mailtexts.newest(work.rows, occasion, language)
    if row is not None and not row.is_shipped:
        if mailtexts.fits(row):
            return written(row.subject, row.body, mailtexts.shipped(occasion, language), given)
        unfit(work, row)
    text = texts().get_template(f"{occasion}.{language}.txt").render(given)
    subject, _, body = text.partition("\n")
    return subject.strip(), body.lstrip("\n")


def written(subject: str, body: str, shipped: Opened, given: Mapping[str, object]) -> tuple[str, str]:
    """Fill a text that an administrator wrote; only pieces of the shipped text are run, never what was written."""
    values = {name: piece(code).render(given) for name, code in shipped.pieces.items()}
    return " ".join(mailtext.fill(subject, values).strip().splitlines()), mailtext.fill(body, values).lstrip("\n")


@cache
def piece(code: str) -> Piece:
    """Give a piece of a shipped text ready to run; there are as many as the shipped texts have."""
    return texts().from_string(code)


def unfit(work: Work, row: MailText) -> None:
    """Tell each administrator once that a written text no longer fits and the shipped one was sent."""
    for reader in of_role(work, Role.ADMINISTRATOR):
        if work.once(reader.person_id or 0, f"mail_text:{row.id}") is None:
            write(work, reader, "text_unfit", about=OCCASIONS[row.occasion].get(reader.language),
                  written_in=LANGUAGES[row.language].get(reader.language), number=row.number, kind=row.occasion)


def write(work: Work, reader: Reader, occasion: str, thing: str = "", **values: object) -> Mail:
    """Put one mail into the outbox; one that can wait is kept for the digest of a reader who wants it so."""
    subject, body = render(work, reader, occasion, **values)
    return work.mail(Letter(
        recipient=reader.email, subject=subject, body=body, kind=occasion, language=reader.language, thing=thing,
        party_id=reader.party_id, person_id=reader.person_id, waits=posting.waits(occasion, reader.rhythm),
    ))


def write_link(work: Work, reader: Reader, occasion: str, code: str, **values: object) -> None:
    """Put a mail with a single-use link into the outbox; its code is kept sealed until the mail is sent."""
    subject, body = render(work, reader, occasion, code=CODE, **values)
    work.mail(Letter(
        recipient=reader.email, subject=subject, body=body, kind=occasion, language=reader.language,
        party_id=reader.party_id, person_id=reader.person_id, code=code,
    ))


def notice(work: Work, person: Person, what: str, **values: object) -> None:
    """Tell a person that something about their account changed (`what` is a case of the text notice)."""
    given: dict[str, object] = {"browser": "", "from_address": "", "role": "", **values}
    write(work, of_person(person), "notice", thing="", what=what, at=work.now(), **given)


def of_person(person: Person) -> Reader:
    """Give a person as a reader of mails about themselves."""
    return Reader(person.email, person.name, person.language, person.zone, person_id=person.id, rhythm=person.rhythm)


def of_party(work: Work, party: Party) -> list[Reader]:
    """Give everybody at a party who is to be told: its people, or its contacts where nobody has signed up yet."""
    members = work.rows.execute(
        sa.select(Person, Membership.title).join(Membership, Membership.person_id == Person.id)
        .where(Membership.party_id == party.id, Membership.is_active, Person.is_active).order_by(Person.id)
    ).all()
    if members:
        return [
            Reader(person.email, person.name, person.language, person.zone, title,
                   party.name(person.language), party.id, person.id, person.rhythm)
            for person, title in members
        ]
    contacts = work.rows.scalars(sa.select(Contact).where(Contact.party_id == party.id, Contact.email != ""))
    return [Reader(contact.email, contact.name, contact.language, title=contact.title,
                   party=party.name(contact.language), party_id=party.id) for contact in contacts]


def of_role(work: Work, role: Role) -> list[Reader]:
    """Give JMDP's people of a role; with approvers, those who decide in an absent one's stead today (Japan)."""
    held = people.holds({role})
    if role is Role.APPROVER:
        held = sa.or_(held, sa.exists().where(
            Absence.deputy_id == Person.id, absences.in_force(day_in(work.now()))))
    return [of_person(person)
            for person in work.rows.scalars(sa.select(Person).where(held, Person.is_active).order_by(Person.id))]


def requested(work: Work, attestation: Attestation, note: str = "") -> None:
    """M1: the party is asked for an attestation."""
    _to_party(work, attestation, "request", note=note)


def submitted(work: Work, attestation: Attestation, number: int) -> None:
    """M3: the receipt of a submission, to everybody at the party."""
    _to_party(work, attestation, "submitted", version=number, at=work.now())


def returned(work: Work, attestation: Attestation, review: Review, verdicts: Iterable[Verdict]) -> None:
    """M4: one letter of return with every question, reason and wish; answer texts are never mailed."""
    _to_party(work, attestation, "returned", letter=review.letter, verdicts=list(verdicts),
              judged=_judged(work, review))


def signed_off(work: Work, attestation: Attestation, findings: int) -> None:
    """M7: the attestation is signed off."""
    _to_party(work, attestation, "signed_off", findings=findings)


def evidence_ended(work: Work, attestation: Attestation, ended: Sequence[Any], staff: Iterable[Reader]) -> None:
    """Answers were opened again as their evidence (`question`, `file`) has ended: the party, then JMDP's people."""
    _to_party(work, attestation, "ended", ended=ended)
    party = work.rows.get_one(Party, attestation.party_id)
    for reader in staff:
        write(work, reader, "ended_staff", thing=attestation.public_id, attestation=attestation, ended=ended,
              party_name=party.name(reader.language))


def extended(work: Work, attestation: Attestation) -> None:
    """The due day of a request was put off."""
    _to_party(work, attestation, "extended")


def divided(work: Work, attestation: Attestation, reader: Reader, **values: object) -> None:
    """Sections were given to a colleague (`given`: code and day) or taken back (`freed`: codes), by `giver`."""
    row = work.rows.get_one(Template, attestation.template_id)
    names = {section.code: section.label.get(reader.language) for section in work.catalogue.sections.section}
    write(work, reader, "divided", thing=attestation.public_id, attestation=attestation, names=names,
          title=row.title(reader.language), **values)


def withdrawn(work: Work, attestation: Attestation, reason: str) -> None:
    """A request was withdrawn; what was answered stays."""
    _to_party(work, attestation, "withdrawn", reason=reason)


def _judged(work: Work, review: Review) -> int:
    counted = sa.select(sa.func.count()).where(Verdict.review_id == review.id, Verdict.verdict != "return")
    return work.rows.scalar(counted) or 0


def _to_party(work: Work, attestation: Attestation, occasion: str, **values: object) -> None:
    party = work.rows.get_one(Party, attestation.party_id)
    row = work.rows.get_one(Template, attestation.template_id)
    for reader in of_party(work, party):
        write(work, reader, occasion, thing=attestation.public_id, attestation=attestation,
              title=row.title(reader.language), questions=forms.count(work.rows, attestation.template_id), **values)
