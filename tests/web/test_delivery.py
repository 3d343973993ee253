"""Letters that did not arrive, on the pages: the desk, the party, the request; each way out by its form."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import delivery, register
from portal.actions import people as acts
from portal.models import ContactNote, Mail, Party, Person, Undelivered
from portal.store.cellar import Cellar
from portal.store.work import Letter
from tests.actions import flow
from tests.cast import Cast, client
from tests.web.walk import Walk

OLD = "old@example.jp"


def missed(cellar: Cellar, people: Cast, about: str = "") -> str:
    """A letter to a contact that was refused; gives the task's public id."""
    with cellar.work() as work:
        party = work.rows.get_one(Party, people.party.id)
        register.add_contact(work, people.lead.actor, party, register.NewContact("旧担当", OLD))
        mail = work.mail(Letter(OLD, "ご回答のお願い", "本文です", "request", thing=about, party_id=party.id))
        mail.status, mail.error, mail.tries = "bounced", "550 <no> such user", 1
        task = delivery.missed(work, mail)
        assert task is not None
        return task.public_id


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_lead_corrects_an_address(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    with cellar.work() as work:
        acts.choose_language(work, people.lead.actor, language)
    task = missed(cellar, people)
    lead, reviewer = (Walk(client(app, cellar, who)) for who in (people.lead, people.reviewer))
    told = {"ja": "届かなかったお知らせが1件あります", "en": "1 letter did not arrive"}[language]
    assert told in lead.get("/desk/") and told not in reviewer.get("/desk/")
    assert task in lead.get("/desk/undelivered") and "550 &lt;no&gt; such user" in lead.get(f"/desk/undelivered/{task}")
    for tab in ("overview", "letters"):
        assert task in lead.get(f"/desk/parties/{people.party.public_id}?tab={tab}")
    assert f"{task}/address" not in reviewer.get(f"/desk/undelivered/{task}")
    assert 'value="x y"' in lead.post(f"/desk/undelivered/{task}/address", 422, email="x y")
    lead.post(f"/desk/undelivered/{task}/address", 422, email=OLD)
    lead.post(f"/desk/undelivered/{task}/address", email="new@example.jp")
    lead.post(f"/desk/undelivered/{task}/address", 409, email="third@example.jp")
    lead.post(f"/desk/undelivered/{task}/again", 409)
    assert told not in lead.get("/desk/") and task not in lead.get("/desk/undelivered")
    assert "new@example.jp" in lead.get(f"/desk/parties/{people.party.public_id}?tab=contacts")
    assert client(app, cellar, people.clerk).get(f"/desk/undelivered/{task}").status_code == 404


def test_a_call_is_kept_with_the_request(app: Flask, cellar: Cellar, people: Cast) -> None:
    about = flow.ask(cellar, people)
    task = missed(cellar, people, about)
    reviewer, other = (Walk(client(app, cellar, who)) for who in (people.reviewer, people.approver))
    page = reviewer.get(f"/desk/attestations/{about}")
    assert task in page and f"contacted?about={about}" in page
    address = f"/desk/parties/{people.party.public_id}/contacted"
    assert f'selected value="{about}"' in reviewer.get(f"{address}?about={about}")
    other.get(address, 403)
    wrong = {"means": "telephone", "on": "2026-11-26", "spoken_to": "受付 花子", "about": about, "note": "折り返し待ち"}
    assert "折り返し待ち" in reviewer.post(address, 422, **wrong)
    reviewer.post(address, 422, **wrong | {"on": "2026-11-24", "about": "0" * 26})
    reviewer.post(address, **wrong | {"on": "2026-11-24"})
    page = reviewer.get(f"/desk/attestations/{about}")
    assert task not in page and "受付 花子" in page and "電話" in page and "審査 一子" in page
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Undelivered.outcome)).one() == "contacted"
        assert rows.scalars(sa.select(ContactNote.on)).one().isoformat() == "2026-11-24"


def test_sent_again_leaves_the_list(app: Flask, cellar: Cellar, people: Cast) -> None:
    task = missed(cellar, people)
    lead = Walk(client(app, cellar, people.lead))
    lead.post(f"/desk/undelivered/{task}/again")
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Mail.status).where(Mail.recipient == OLD)).one() == "queued"
    assert task not in lead.get("/desk/undelivered")


def test_everybody_chooses_how_notices_come(app: Flask, cellar: Cellar, people: Cast) -> None:
    walk = Walk(client(app, cellar, people.clerk))
    form = {"name": "担当 次子", "language": "ja", "zone": "Asia/Tokyo", "rhythm": "daily", "digest_at": "07:00:00"}
    walk.post("/account/", 422, **form | {"digest_at": "03:00:00"})
    walk.post("/account/", 422, **form | {"digest_at": "soon"})
    walk.post("/account/", **form)
    with cellar.read() as rows:
        person = rows.get_one(Person, people.clerk.person_id)
        assert (person.rhythm, f"{person.digest_at:%H:%M}") == ("daily", "07:00")
    assert 'selected value="07:00:00"' in walk.get("/account/")
