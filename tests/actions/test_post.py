"""Mails by a real mail server that takes, defers, refuses or vanishes; the work waits for none of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.actions import register
from portal.jobs import runner
from portal.jobs.kinds import KINDS
from portal.models import Contact, Job, LedgerEntry, Mail, Party, Undelivered
from portal.queries import delivery as found
from portal.store.cellar import Cellar
from portal.store.work import CODE, Letter
from tests.actions import flow
from tests.cast import Cast
from tests.conftest import Clock
from tests.relay import PASSWORD, Relay

OLD = "old@example.jp"


def written(cellar: Cellar, cast: Cast, thing: str = "", kind: str = "request", code: str = "") -> str:
    """A letter to a contact of the cast's party; gives its public id."""
    with cellar.work() as work:
        party = work.rows.get_one(Party, cast.party.id)
        if not work.rows.scalar(sa.select(Contact).where(Contact.email == OLD)):
            register.add_contact(work, cast.lead.actor, party, register.NewContact("旧担当", OLD))
        return work.mail(Letter(OLD, "件名", f"本文 {CODE}", kind, thing=thing, party_id=party.id, code=code)).public_id


def post(cellar: Cellar) -> None:
    """Let the mails that are due be tried once each."""
    for job in runner.due(cellar, kind="mail"):
        runner.run(cellar, KINDS, job)


def mail(cellar: Cellar, public_id: str) -> Mail:
    """The row of a mail."""
    with cellar.read() as rows:
        return rows.scalars(sa.select(Mail).where(Mail.public_id == public_id)).one()


def tasks(cellar: Cellar) -> list[Undelivered]:
    """The tasks, with their letters."""
    with cellar.read() as rows:
        return list(rows.scalars(sa.select(Undelivered).options(*found.WITH_LETTER).order_by(Undelivered.id)))


def test_a_letter_that_is_taken_is_sent_once(cellar: Cellar, people: Cast, server: Relay) -> None:
    public_id = written(cellar, people, code="abc-code")
    post(cellar)
    post(cellar)
    assert (mail(cellar, public_id).status, mail(cellar, public_id).sealed, len(server.taken)) == ("sent", "", 1)
    assert "abc-code" in server.taken[0].get_content() and server.taken[0]["To"] == OLD
    assert tasks(cellar) == []


@pytest.mark.parametrize("where", ["sender", "recipient", "data"])
def test_a_refusal_becomes_a_task_with_the_servers_words(
        cellar: Cellar, people: Cast, server: Relay, where: str) -> None:
    setattr(server, where, f"550 5.1.1 no such user; {PASSWORD} abc-code")
    public_id = written(cellar, people, code="abc-code")
    post(cellar)
    row, [task] = mail(cellar, public_id), tasks(cellar)
    assert (row.status, row.sent_at, row.sealed, task.outcome) == ("bounced", None, "", "")
    assert task.said == row.error == "550 5.1.1 no such user; … …"
    with cellar.read() as rows:
        assert rows.scalar(sa.select(Job.status).where(Job.kind == "mail", Job.args["mail"].as_string() == public_id)
                           ) == "done", "a refusal is not tried again"
        assert rows.scalar(sa.select(LedgerEntry.party_id).where(
            LedgerEntry.event == "undelivered.opened")) == people.party.id
        assert found.waiting(rows, people.lead.actor) == 1 and found.waiting(rows, people.stranger.actor) == 0


def test_a_deferral_waits_longer_each_time_and_ends_as_a_task(
        cellar: Cellar, people: Cast, server: Relay, clock: Clock) -> None:
    server.data = "451 4.7.1 greylisted"
    public_id = written(cellar, people)
    waits = []
    while mail(cellar, public_id).status == "queued":
        post(cellar)
        with cellar.read() as rows:
            job = rows.scalars(sa.select(Job).where(Job.key == f"mail:{public_id}")).one()
        waits.append(job.due_at - clock())
        assert mail(cellar, public_id).error == "451 4.7.1 greylisted"
        clock.now = max(job.due_at, clock())
    growing = waits[:-1]
    assert growing == sorted(growing) and growing[0] == timedelta(seconds=30) and growing[-1] == timedelta(hours=1)
    assert timedelta(hours=48) <= sum(growing, timedelta()) < timedelta(hours=49)
    assert mail(cellar, public_id).status == "failed" and [task.said for task in tasks(cellar)] == [
        "451 4.7.1 greylisted"]
    assert job.status == "done" and server.tries == len(waits) == mail(cellar, public_id).tries


@pytest.mark.parametrize("where", ["sender", "recipient", "data"])
def test_a_deferral_that_passes_is_sent(
        cellar: Cellar, people: Cast, server: Relay, clock: Clock, where: str) -> None:
    setattr(server, where, "450 4.2.0 mailbox busy")
    public_id = written(cellar, people)
    post(cellar)
    assert server.taken == [] and mail(cellar, public_id).error == "450 4.2.0 mailbox busy"
    setattr(server, where, "250 OK")
    clock.forward(minutes=1)
    post(cellar)
    assert mail(cellar, public_id).status == "sent" and mail(cellar, public_id).error == "" and tasks(cellar) == []


@pytest.mark.parametrize(("where", "copies"), [("hello", 1), ("sender", 1), ("recipient", 1), ("data", 2)])
def test_a_server_that_vanishes_is_tried_again(
        cellar: Cellar, people: Cast, server: Relay, clock: Clock, where: str, copies: int) -> None:
    server.vanishes = where
    public_id = written(cellar, people, code="abc-code")
    post(cellar)
    assert mail(cellar, public_id).status == "queued" and mail(cellar, public_id).sealed
    assert PASSWORD not in mail(cellar, public_id).error
    server.vanishes = ""
    clock.forward(minutes=1)
    post(cellar)
    assert mail(cellar, public_id).status == "sent" and tasks(cellar) == []
    assert len(server.taken) == copies and len({one["Message-ID"] for one in server.taken}) == 1


def test_a_goodbye_in_disorder_sends_nothing_twice(cellar: Cellar, people: Cast, server: Relay, clock: Clock) -> None:
    server.vanishes = "quit"
    public_id = written(cellar, people)
    post(cellar)
    clock.forward(hours=1)
    post(cellar)
    assert mail(cellar, public_id).status == "sent" and len(server.taken) == 1


def test_a_relay_that_is_down_or_wants_another_password_is_nobodys_bounce(
        cellar: Cellar, people: Cast, server: Relay, clock: Clock) -> None:
    public_id = written(cellar, people)
    right = cellar.settings
    for url in ("smtp://127.0.0.1:1", right.smtp_url.replace(PASSWORD, "another-password")):
        cellar.settings = replace(right, smtp_url=url)
        clock.forward(days=3)
        post(cellar)
        row = mail(cellar, public_id)
        assert row.status == "queued" and row.error and "another-password" not in row.error
    cellar.settings = right
    clock.forward(days=3)
    post(cellar)
    assert mail(cellar, public_id).status == "sent" and tasks(cellar) == []


@pytest.mark.parametrize("answer", ["550 no", "451 later", "vanish"])
def test_no_state_of_the_work_waits_for_mail(
        cellar: Cellar, people: Cast, server: Relay, clock: Clock, answer: str) -> None:
    server.recipient, server.vanishes = (answer, "") if answer != "vanish" else ("250 OK", "recipient")
    public_id = flow.ask(cellar, people)
    post(cellar)
    flow.answer_all(cellar, people, public_id)
    flow.certify_it(cellar, people, public_id)
    clock.forward(minutes=2)
    post(cellar)
    assert flow.find(cellar, public_id).state == "submitted" and server.taken == []
    flow.taken(cellar, people, public_id)
    assert flow.find(cellar, public_id).state == "under_review"
