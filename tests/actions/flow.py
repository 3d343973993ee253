"""An attestation walked through its states with the verbs the pages use, for tests that start somewhere in between."""

from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa

from portal.actions import approve, attest, certify, checklists, finish, own, people, review
from portal.core import checklist
from portal.core.actor import SYSTEM
from portal.core.templates import Question, Template
from portal.models import Answer, Attestation, AttestationVersion, Party, Review
from portal.queries import forms
from portal.store.cellar import Cellar
from tests.cast import Cast, Member

DUE = date(2026, 12, 18)


def raw(question: Question, flavour: str = "") -> dict[str, object]:
    """Something that can be read as an answer to a question."""
    match question.answer_type:
        case "yes_no_partial_na" | "yes_no":
            return {"text": "yes"}
        case "date":
            return {"text": "2026-10-01"}
        case "number":
            return {"text": "0"}
        case "choice":
            return {"text": question.choices[0].code}
        case "choice_multi":
            return {"choices": [question.choices[0].code]}
        case "table":
            return {"none": "yes", "rows": []}
    return {"text": f"手順書第3版に定めています。{flavour}"}


def ask(cellar: Cellar, cast: Cast, code: str = "LAB", year: int = 2026) -> str:
    """Ask the cast's party for a checklist of a fiscal year; gives the public id."""
    with cellar.work() as work:
        template = next(row for row in checklists.publish_library(work, SYSTEM) if row.code == code)
        party = work.rows.get_one(Party, cast.party.id)
        made = attest.request(work, cast.lead.actor, party, attest.Asked(template, year, DUE))
    return made.public_id


def find(cellar: Cellar, public_id: str) -> Attestation:
    """The attestation as it stands."""
    with cellar.read() as rows:
        return rows.scalars(sa.select(Attestation).where(Attestation.public_id == public_id)).one()


def template_of(cellar: Cellar, public_id: str) -> Template:
    """Its checklist."""
    with cellar.read() as rows:
        return forms.template(rows, find(cellar, public_id).template_id)


def answer_all(cellar: Cellar, cast: Cast, public_id: str, flavour: str = "") -> None:
    """Let the clerk answer every open question; where evidence is wanted, a comment says why there is none."""
    for _ in range(3):  # answers may bring further questions
        with cellar.work() as work:
            found = work.rows.get_one(Attestation, find(cellar, public_id).id)
            rows = {row.question: row for row in work.rows.scalars(
                sa.select(Answer).where(Answer.attestation_id == found.id))}
            given = {name: checklist.Answer(row.value, row.comment) for name, row in rows.items()}
            for question in checklist.to_answer(forms.template(work.rows, found.template_id), given,
                                                attest.asked_now(work, found)):
                if question.id not in rows or (rows[question.id].is_open and flavour):
                    attest.save(work, cast.clerk.actor, found, attest.Draft(
                        question.id, raw(question, flavour), comment=f"別途提出します。{flavour}"))


def certify_it(cellar: Cellar, cast: Cast, public_id: str) -> AttestationVersion:
    """Let the officer certify."""
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, find(cellar, public_id).id)
        return certify.submit(work, cast.officer.actor, found, certify.Certificate("責任 太郎", "検査部長", True))


def submitted(cellar: Cellar, cast: Cast, code: str = "LAB", year: int = 2026) -> str:
    """An attestation that was answered and submitted."""
    public_id = ask(cellar, cast, code, year)
    answer_all(cellar, cast, public_id)
    certify_it(cellar, cast, public_id)
    return public_id


def taken(cellar: Cellar, cast: Cast, public_id: str, by: Member | None = None) -> Review:
    """Let a reviewer state that they have no interest, and take it."""
    actor = (by or cast.reviewer).actor
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, find(cellar, public_id).id)
        people.state_interest(work, actor, work.rows.get_one(Party, found.party_id), 2026)
        return review.take(work, actor, found)


def judged(cellar: Cellar, cast: Cast, public_id: str, **other: review.Judgement) -> None:
    """Let the reviewer judge every question to conform, but those named; JMDP's own questions are answered."""
    template = template_of(cellar, public_id)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, find(cellar, public_id).id)
        going = review.current(work, found)
        names = [row.question for row in work.rows.scalars(
            sa.select(Answer).where(Answer.attestation_id == found.id, Answer.author == "party"))]
        review.save(work, cast.reviewer.actor, going, [
            other.get(name.replace("-", "_"), review.Judgement(name, "conforms")) for name in names])
        own.save(work, cast.reviewer.actor, found, [
            own.OwnDraft(question.id, raw(question)) for question in template.questions
            if question.answered_by == "jmdp"])


def passed(cellar: Cellar, cast: Cast, code: str = "LAB", year: int = 2026, **other: review.Judgement) -> str:
    """An attestation that waits for approval."""
    public_id = submitted(cellar, cast, code, year)
    taken(cellar, cast, public_id)
    judged(cellar, cast, public_id, **other)
    pass_on(cellar, cast, public_id)
    return public_id


def pass_on(cellar: Cellar, cast: Cast, public_id: str) -> None:
    """Let the reviewer pass the newest version on."""
    digest = digest_of(cellar, public_id)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, find(cellar, public_id).id)
        finish.pass_on(work, cast.reviewer.actor, found, digest, finish.Letter("特に問題はありません。"))


def digest_of(cellar: Cellar, public_id: str) -> str:
    """The digest of the newest version."""
    with cellar.read() as rows:
        return str(rows.scalar(
            sa.select(AttestationVersion.digest).where(AttestationVersion.attestation_id == find(cellar, public_id).id)
            .order_by(AttestationVersion.number.desc()).limit(1)))


def signed_off(cellar: Cellar, cast: Cast, code: str = "LAB", year: int = 2026, **other: review.Judgement) -> str:
    """An attestation that was signed off; its packets are queued."""
    public_id = passed(cellar, cast, code, year, **other)
    sign(cellar, cast, public_id)
    return public_id


def sign(cellar: Cellar, cast: Cast, public_id: str) -> None:
    """Let the approver sign off what waits for it."""
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, find(cellar, public_id).id)
        actor = replace(cast.approver.actor, has_stepped_up=True)
        approve.sign_off(work, actor, found, approve.Decision(digest_of(cellar, public_id)))


def later(days: int) -> date:
    """A day after the cast's today."""
    return date(2026, 11, 25) + timedelta(days=days)
