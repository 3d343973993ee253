"""A request in the party's hand: every row of the desk opens, how far it is, a day put off, a way back."""

import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from portal.actions import attest, checklists, register
from portal.core.dates import fiscal_year
from portal.core.errors import Incomplete
from portal.core.partyfacts import PartyFacts
from portal.core.readable import day_in
from portal.models import Attestation, Contact, Mail
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, client
from tests.conftest import Clock
from tests.web.walk import Walk


def test_every_row_of_the_desk_opens(app: Flask, cellar: Cellar, people: Cast) -> None:
    flow.ask(cellar, people, "ITO")
    flow.submitted(cellar, people)
    lead = Walk(client(app, cellar, people.lead))
    rows = re.findall(r'<th scope="row"><a href="(/desk/[^"]+)"', lead.get("/desk/?tab=all"))
    party = lead.get(f"/desk/parties/{people.party.public_id}?tab=checks")
    rows += re.findall(r'<th scope="row"><a href="(/desk/[^"]+)"', party)
    assert {path.split("/")[2] for path in rows} == {"attestations", "reviews"} and len(rows) == 4
    for path in rows:
        lead.get(path)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_progress_is_told_and_answers_are_not(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    made = flow.ask(cellar, people, "ITO")
    lead = Walk(client(app, cellar, people.lead))
    assert re.search(r"<span>0 / \d+</span>", lead.get(f"/desk/attestations/{made}?lang={language}"))
    flow.answer_all(cellar, people, made, "ひみつの下書き")
    page = lead.get(f"/desk/attestations/{made}")
    told = re.findall(r"<span>(\d+) / (\d+)</span>", page)
    assert told and all(done == total for done, total in told)
    assert "すべての設問に回答済み" in page and "ひみつの下書き" not in page
    assert people.officer.email in page


def test_a_day_is_put_off_and_a_request_withdrawn(app: Flask, cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people, "ITO")
    due = flow.find(cellar, made).due_on
    lead = Walk(client(app, cellar, people.lead))
    for wrong in ("", "x", "2020-01-01", due.isoformat()):
        assert wrong in lead.post(f"/desk/attestations/{made}/extend", 422, due_on=wrong)
    lead.post(f"/desk/attestations/{made}/extend", due_on="2027-03-31")
    assert flow.find(cellar, made).due_on.isoformat() == "2027-03-31"
    assert "理由を入力" in lead.post(f"/desk/attestations/{made}/withdraw", 422, reason=" ")
    lead.post(f"/desk/attestations/{made}/withdraw", reason="契約が終わるため")
    assert flow.find(cellar, made).state == "withdrawn"
    with cellar.read() as rows:
        told = [(mail.kind, mail.recipient) for mail in rows.query(Mail).order_by(Mail.id)]
    assert {("extended", people.officer.email), ("withdrawn", people.officer.email)} <= set(told)
    page = lead.get(f"/desk/attestations/{made}")
    assert "取下げ" in page and "/extend" not in page
    reviewer = Walk(client(app, cellar, people.reviewer))
    assert "/extend" not in reviewer.get(f"/desk/attestations/{made}")


def test_a_review_of_what_was_not_submitted_leads_to_how_far_it_is(app: Flask, cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    asked = client(app, cellar, people.reviewer).get(f"/desk/reviews/{made}")
    assert (asked.status_code, asked.location) == (303, f"/desk/attestations/{made}")
    Walk(client(app, cellar, people.reviewer)).get(f"/desk/reviews/{flow.submitted(cellar, people, 'ITO')}")


def test_a_day_is_a_day_of_japan(cellar: Cellar, people: Cast, clock: Clock) -> None:
    made = flow.ask(cellar, people, "ITO")
    clock.now = datetime(2027, 3, 30, 16, 0, tzinfo=UTC)  # already the 31st in Japan
    with pytest.raises(Incomplete), cellar.work() as work:
        attest.extend(work, people.lead.actor, work.rows.get_one(Attestation, flow.find(cellar, made).id),
                      date(2027, 3, 31))
    assert fiscal_year(day_in(datetime(2027, 3, 31, 16, 0, tzinfo=UTC))) == 2027


def test_the_first_contact_is_written_to_and_invited(app: Flask, cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        checklists.publish_library(work, people.lead.actor)
        party = register.add_party(work, people.lead.actor, PartyFacts("testing_lab", "【架空】新しい検査所"))
        work.rows.flush()
        where = f"/desk/parties/{party.public_id}/requests/new"
    lead = Walk(client(app, cellar, people.lead))
    offered = re.findall(r'<option value="(\w{26})"', lead.get(where))
    asked = {"template": offered[0], "due_on": "2027-01-29"}
    refused = lead.post(where, 422, contact_name="新任　太郎", **asked)
    assert 'id="contact_email-error"' in refused and "新任　太郎" in refused
    with cellar.read() as rows:
        assert rows.query(Mail).count() == 0 == rows.query(Attestation).count()
    asked |= {"contact_name": "新任　太郎", "contact_email": "New@lab.example", "contact_language": "ja"}
    lead.post(where, **asked)
    lead.post(where, 422, **asked)
    with cellar.read() as rows:
        assert [mail.kind for mail in rows.query(Mail).filter_by(recipient="new@lab.example").order_by(Mail.id)] == [
            "invitation", "request"]
        assert [row.email for row in rows.query(Contact)] == ["new@lab.example"]
    assert "new@lab.example" in lead.get(where)
