"""A request in the party's hand: every row of the desk opens, how far it is, a day put off, a way back."""

import re

import pytest
from flask import Flask

from portal.models import Mail
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, client
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
