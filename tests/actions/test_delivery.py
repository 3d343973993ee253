"""Letters that did not arrive are followed up: another address, once more, or by telephone and post."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from portal.actions import delivery
from portal.core.errors import Incomplete, NotAllowed, NotNow
from portal.models import Attestation, Contact, ContactNote, Party, Undelivered
from portal.queries import delivery as found
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.actions.test_post import OLD, post, tasks, written
from tests.cast import Cast
from tests.conftest import Clock
from tests.relay import Relay

NEW = "new@example.jp"


def bounced(cellar: Cellar, people: Cast, server: Relay, **letter: str) -> Undelivered:
    """A task."""
    server.recipient = "550 no such user"
    written(cellar, people, **letter)
    post(cellar)
    server.recipient = "250 OK"
    return tasks(cellar)[-1]


def test_a_corrected_address_gets_whatever_did_not_arrive(cellar: Cellar, people: Cast, server: Relay) -> None:
    bounced(cellar, people, server)
    task = bounced(cellar, people, server)
    for email, refused in ((OLD, Incomplete), ("no address", Incomplete)):
        with pytest.raises(refused), cellar.work() as work:
            delivery.correct(work, people.lead.actor, work.rows.get_one(Undelivered, task.id), email)
    with pytest.raises(NotAllowed), cellar.work() as work:
        delivery.correct(work, people.reviewer.actor, work.rows.get_one(Undelivered, task.id), NEW)
    with cellar.work() as work:
        delivery.correct(work, people.lead.actor, work.rows.get_one(Undelivered, task.id), NEW)
    post(cellar)
    assert [one["To"] for one in server.taken] == [NEW, NEW]
    assert [one.outcome for one in tasks(cellar)] == ["corrected", "corrected"]
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Contact.email).where(Contact.party_id == people.party.id)).all() == [NEW]
    with pytest.raises(NotNow), cellar.work() as work:
        delivery.correct(work, people.lead.actor, work.rows.get_one(Undelivered, task.id), "third@example.jp")


def test_an_accounts_address_and_a_used_link_are_not_the_leads_to_change(
        cellar: Cellar, people: Cast, server: Relay) -> None:
    server.recipient = "550 no such user"
    flow.ask(cellar, people)
    post(cellar)
    of_account = tasks(cellar)[0]
    invitation = bounced(cellar, people, server, kind="invitation", code="abc-code")
    for task in (of_account, invitation):
        with pytest.raises(NotNow), cellar.work() as work:
            delivery.correct(work, people.lead.actor, work.rows.get_one(Undelivered, task.id), NEW)
    with pytest.raises(NotNow), cellar.work() as work:
        delivery.send_again(work, people.lead.actor, work.rows.get_one(Undelivered, invitation.id))


def test_sent_again_and_refused_again_is_a_task_again(cellar: Cellar, people: Cast, server: Relay) -> None:
    task = bounced(cellar, people, server)
    server.recipient = "550 still no such user"
    with cellar.work() as work:
        delivery.send_again(work, people.lead.actor, work.rows.get_one(Undelivered, task.id))
    with pytest.raises(NotNow), cellar.work() as work:
        delivery.send_again(work, people.lead.actor, work.rows.get_one(Undelivered, task.id))
    post(cellar)
    assert [(one.outcome, one.said) for one in tasks(cellar)] == [
        ("sent_again", "550 no such user"), ("", "550 still no such user")]
    assert tasks(cellar)[1].mail_id == task.mail_id


def test_a_call_settles_the_letters_about_the_same_request_only(cellar: Cellar, people: Cast, server: Relay) -> None:
    about = flow.ask(cellar, people)
    post(cellar)
    for thing in (about, "", "0" * 26):
        bounced(cellar, people, server, thing=thing)
    today = flow.later(0)
    for wrong, fields in ((delivery.Told("fax", today, "x"), ["means"]), (delivery.Told("post", None, " "),
                          ["on", "spoken_to"]), (delivery.Told("post", flow.later(1), "x"), ["on"])):
        with pytest.raises(Incomplete) as refusal, cellar.work() as work:
            delivery.note_contact(work, people.lead.actor, work.rows.get_one(Party, people.party.id), wrong)
        assert list(refusal.value.fields) == fields
    said = delivery.Told("telephone", today, "受付 花子", "期限をお伝えした")
    with pytest.raises(NotAllowed), cellar.work() as work:
        delivery.note_contact(work, people.administrator.actor, work.rows.get_one(Party, people.party.id), said)
    with cellar.work() as work:
        attestation = work.rows.scalars(sa.select(Attestation).where(Attestation.public_id == about)).one()
        delivery.note_contact(work, people.reviewer.actor, work.rows.get_one(Party, people.party.id), said, attestation)
    assert [one.outcome for one in tasks(cellar)] == ["contacted", "", ""]
    with cellar.read() as rows:
        party = rows.get_one(Party, people.party.id)
        told = found.history(rows, people.lead.actor, party, flow.find(cellar, about))
        assert told[0].contact and told[0].contact.spoken_to == "受付 花子"
        assert told[0].by == "審査 一子" and len(told) == 4
        assert found.history(rows, people.stranger.actor, party) == []
    with cellar.work() as work:
        delivery.note_contact(work, people.reviewer.actor, work.rows.get_one(Party, people.party.id), said)
    assert [one.outcome for one in tasks(cellar)] == ["contacted"] * 3
    with pytest.raises(DatabaseError), cellar.engine.begin() as connection:
        connection.execute(sa.update(ContactNote).values(note="x"))


def test_a_letter_is_acknowledged_by_the_readers_first_act(
        cellar: Cellar, people: Cast, server: Relay, clock: Clock) -> None:
    about = flow.ask(cellar, people)
    post(cellar)
    clock.forward(hours=2)
    with cellar.read() as rows:
        party = rows.get_one(Party, people.party.id)
        assert [row.acknowledged_at for row in found.history(rows, people.lead.actor, party)] == [None, None]
    flow.answer_all(cellar, people, about)
    with cellar.read() as rows:
        told = {row.mail.person_id: row.acknowledged_at
                for row in found.history(rows, people.lead.actor, party) if row.mail}
    assert told == {people.clerk.person_id: clock(), people.officer.person_id: None}
