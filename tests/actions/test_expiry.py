"""Evidence that ends opens exactly the answers that rest on it, tells both sides, and loses nothing."""

import io
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from flask import Flask

from portal.actions import approve, attest, finish, intake, resting, uploads
from portal.core.actor import SYSTEM
from portal.jobs import nightly, runner
from portal.jobs.kinds import KINDS
from portal.models import (
    Answer,
    Attestation,
    AttestationVersion,
    Evidence,
    Job,
    LedgerEntry,
    Mail,
    Party,
    Template,
    Upload,
)
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, client
from tests.conftest import Clock
from tests.web.walk import Walk
from tests.world import pdf

END = date(2026, 12, 10)


def rested(cellar: Cellar, cast: Cast, *questions: str, ends: date | None = END) -> str:
    """An attestation in the party's hand, some of its answers resting on one file that ends; gives its public id."""
    public_id = flow.ask(cellar, cast)
    for question in questions:
        attach(cellar, cast, public_id, question, ends)
    flow.answer_all(cellar, cast, public_id)
    return public_id


def attach(cellar: Cellar, cast: Cast, public_id: str, question: str, ends: date | None) -> str:
    """Put a file under an answer; gives its public id."""
    blob = cellar.blobs.keep(cast.party.public_id, io.BytesIO(pdf(f"{ends}")))
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        file = intake.receive(work, cast.clerk.actor, work.rows.get_one(Party, cast.party.id),
                              intake.Arrived(f"認定証 {ends}.pdf", blob.digest, blob.size, "EV-CERT", valid_to=ends))
        work.rows.flush()
        resting.link(work, cast.clerk.actor, found, question, file)
        if file.state == "quarantined":
            intake.settle(work, SYSTEM, file, intake.Looked("pdf", "accepted", (), "clean", "", 1, ""))
        return file.public_id


def through(cellar: Cellar, cast: Cast, public_id: str, *, certify: bool = True) -> None:
    """Certify (unless it was), judge, pass on and sign off."""
    if certify:
        flow.certify_it(cellar, cast, public_id)
    flow.taken(cellar, cast, public_id)
    flow.judged(cellar, cast, public_id)
    digest = flow.digest_of(cellar, public_id)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        finish.pass_on(work, cast.reviewer.actor, found, digest, finish.Letter(""))
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        approve.sign_off(work, replace(cast.approver.actor, has_stepped_up=True), found, approve.Decision(digest))


def night(cellar: Cellar) -> None:
    """The night's work, and its mails."""
    nightly.ask(cellar)
    for kind in ("nightly", "mail"):
        for job in runner.due(cellar, kind=kind):
            runner.run(cellar, KINDS, job)


def open_answers(cellar: Cellar, public_id: str) -> list[str]:
    """The questions that the party may change."""
    with cellar.read() as rows:
        return list(rows.scalars(sa.select(Answer.question).where(
            Answer.attestation_id == flow.find(cellar, public_id).id, Answer.is_open).order_by(Answer.question)))


def mails(cellar: Cellar) -> list[str]:
    """Who was told that evidence has ended."""
    with cellar.read() as rows:
        return sorted(rows.scalars(sa.select(Mail.recipient).where(Mail.kind.in_(("ended", "ended_staff")))))


def test_the_night_after_the_end_opens_the_answer_and_tells_both_sides(
    cellar: Cellar, people: Cast, clock: Clock,
) -> None:
    public_id = rested(cellar, people, "LAB-01", "LAB-03")
    through(cellar, people, public_id)
    clock.forward(days=15, hours=2)  # 10 December, its last day
    night(cellar)
    assert (flow.find(cellar, public_id).state, open_answers(cellar, public_id)) == ("signed_off", [])
    clock.forward(days=1)
    for _ in range(2):
        night(cellar)
    found = flow.find(cellar, public_id)
    assert (found.state, found.due_on) == ("in_progress", date(2027, 1, 10))
    assert open_answers(cellar, public_id) == ["LAB-01", "LAB-03"]
    assert mails(cellar) == ["clerk@example.jp", "lead@example.jp", "officer@example.jp", "reviewer@example.jp"]
    with cellar.read() as rows:
        entry = rows.scalars(sa.select(LedgerEntry).where(LedgerEntry.event == "attestation.renew")).one()
        assert entry is not None and rows.scalar(sa.select(sa.func.count()).select_from(AttestationVersion)) == 1
        assert sorted(rows.scalars(sa.select(Job.status).where(Job.kind == "nightly"))) == ["done", "done"]


def test_a_current_file_renews_and_only_that_answer_is_judged_again(
    cellar: Cellar, people: Cast, clock: Clock,
) -> None:
    public_id = rested(cellar, people, "LAB-01")
    through(cellar, people, public_id)
    clock.forward(days=17)
    night(cellar)
    attach(cellar, people, public_id, "LAB-01", date(2027, 12, 31))
    through(cellar, people, public_id)
    night(cellar)
    assert flow.find(cellar, public_id).state == "signed_off" and flow.find(cellar, public_id).version_no == 2
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).select_from(Evidence)) == 2, "nothing is deleted"


def test_what_had_ended_before_it_was_certified_or_is_in_hand_stays(
    cellar: Cellar, people: Cast, clock: Clock,
) -> None:
    public_id = rested(cellar, people, "LAB-01", ends=date(2026, 11, 20))
    through(cellar, people, public_id)
    night(cellar)
    assert flow.find(cellar, public_id).state == "signed_off"
    other = flow.ask(cellar, people, "ITO")
    attach(cellar, people, other, "ITO-01", END)
    flow.answer_all(cellar, people, other)
    flow.certify_it(cellar, people, other)
    clock.forward(days=20)
    night(cellar)
    assert flow.find(cellar, other).state == "submitted" and mails(cellar) == []


def test_last_years_answers_are_left_when_this_year_was_asked_for(
    cellar: Cellar, people: Cast, clock: Clock,
) -> None:
    public_id = rested(cellar, people, "LAB-01")
    through(cellar, people, public_id)
    with cellar.work() as work:
        old = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        template = work.rows.get_one(Template, old.template_id)
        attest.request(work, people.lead.actor, work.rows.get_one(Party, people.party.id),
                       attest.Asked(template, 2027, date(2027, 6, 30)))
    clock.forward(days=17)
    night(cellar)
    assert flow.find(cellar, public_id).state == "signed_off" and mails(cellar) == []


def test_given_up_uploads_are_forgotten(cellar: Cellar, people: Cast, clock: Clock) -> None:
    public_id = flow.ask(cellar, people)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        coming = uploads.begin(work, people.clerk.actor, found, "LAB-01", uploads.Announced("a.pdf", 9))
        name = coming.public_id
    cellar.blobs.stage(name).append(0, [b"%PDF"], 9)
    clock.forward(days=3)
    night(cellar)
    assert cellar.blobs.stage(name).offset == 0
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).select_from(Upload)) == 0


def test_files_are_offered_again_and_their_read_day_is_taken_by_a_click(
    app: Flask, cellar: Cellar, people: Cast,
) -> None:
    public_id = flow.ask(cellar, people)
    template = flow.template_of(cellar, public_id)
    first, second = [q for q in template.questions if q.evidence and q.answered_by == "party"][:2]
    kind = second.evidence[0]
    blob = cellar.blobs.keep(people.party.public_id, io.BytesIO(pdf("again")))
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        file = intake.receive(work, people.clerk.actor, work.rows.get_one(Party, people.party.id),
                              intake.Arrived("手順書.pdf", blob.digest, blob.size, kind))
        file.read_valid_to = END
        work.rows.flush()
        resting.link(work, people.clerk.actor, found, first.id, file)
        name = file.public_id
    browser = Walk(client(app, cellar, people.clerk))
    page = browser.get(f"/my/attestations/{public_id}/sections/{second.section}")
    assert f"/evidence/{name}/{second.id}/link" in page
    browser.post(f"/my/attestations/{public_id}/evidence/{name}/{second.id}/link")
    page = browser.get(f"/my/attestations/{public_id}/sections/{first.section}")
    assert "2026-12-10" in page and f"/evidence/{name}/{first.id}/date" in page
    browser.post(f"/my/attestations/{public_id}/evidence/{name}/{first.id}/date")
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Evidence.valid_to)).one() == END
    shown = Walk(client(app, cellar, people.reviewer)).get(f"/desk/evidence/{name}")
    assert first.id in shown and second.id in shown
