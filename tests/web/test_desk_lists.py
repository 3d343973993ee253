"""The desk's tabs and counts, and the register's countries, against the same said plainly over every row."""

from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa
from flask import Flask

from portal import demo
from portal.actions import checklists
from portal.core.actor import SYSTEM, Actor
from portal.core.workflow import THEIRS
from portal.models import Attestation, Party
from portal.queries import desk, parties
from portal.store.cellar import Cellar
from tests.cast import Cast, client

TODAY = date(2027, 1, 20)
MONDAY = date(2027, 1, 18)
PARTIES = 130


def filled(cellar: Cellar, people: Cast) -> list[Attestation]:
    """Attestations in every state; some under review by one reviewer, the rest by the other."""
    with cellar.work() as work:
        checklists.publish_library(work, SYSTEM)
    demo.grow(cellar, demo.Size(PARTIES, 1, 1), lambda line: None)
    with cellar.work() as work:
        found = list(work.rows.scalars(sa.select(Attestation).order_by(Attestation.due_on, Attestation.id)))
        for turn, row in enumerate(found):
            row.reviewer_id = (people.reviewer if turn % 2 else people.reviewer2).person_id
    return found


def turn_of(actor: Actor) -> Callable[[Attestation], bool]:
    """Whose turn a thing is, said without SQL."""
    def holds(row: Attestation) -> bool:
        if "reviewer" in actor.roles:
            return row.state == "submitted" or (row.state == "under_review" and row.reviewer_id == actor.person_id)
        return "approver" in actor.roles and row.state == "awaiting_approval"
    return holds


def test_tabs_and_counts_are_those_of_every_row(cellar: Cellar, people: Cast) -> None:
    everything = filled(cellar, people)
    for member in (people.reviewer, people.reviewer2, people.approver, people.lead):
        is_mine = turn_of(member.actor)
        expected = {
            "mine": [row for row in everything if is_mine(row)],
            "waiting": [row for row in everything if row.state in desk.OPEN and not is_mine(row)],
            "overdue": [row for row in everything if row.state in THEIRS and row.due_on < TODAY],
            "all": everything,
        }
        with cellar.read() as rows:
            stands = desk.standing(rows, member.actor, TODAY)
            assert (stands.mine, stands.waiting, stands.overdue) == tuple(
                len(expected[tab]) for tab in ("mine", "waiting", "overdue"))
            assert stands.weeks == [(monday, sum(
                row.state in desk.OPEN and monday <= row.due_on < monday + timedelta(weeks=1) for row in everything))
                for monday in (MONDAY + timedelta(weeks=week) for week in range(26))]
            for tab, of in expected.items():
                for page in (1, 2, 3):
                    found = desk.listing(rows, member.actor, desk.Wanted(TODAY, tab, page=page))
                    start = (page - 1) * desk.PAGE
                    assert [row.id for row in found] == [row.id for row in of[start:start + desk.PAGE + 1]]


def test_words_of_the_desk_are_looked_for_in_every_name(cellar: Cellar, people: Cast) -> None:
    everything = filled(cellar, people)
    with cellar.read() as rows:
        for words in ("bulk 0001", "量産見本", "100%", everything[0].number.lower(), "%", "_"):
            found = desk.listing(rows, people.lead.actor, desk.Wanted(TODAY, "all", words))
            names = {row.id: f"{row.number} {row.party.name_ja} {row.party.name_en} {row.template.title_ja}".lower()
                     for row in found}
            assert all(word in name for name in names.values() for word in words.split())
            assert bool(names) == (words in ("bulk 0001", "量産見本", everything[0].number.lower()))


def test_countries_are_those_of_the_parties_one_may_see(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        work.rows.get_one(Party, people.party.id).country = "US"
        work.rows.get_one(Party, people.other.id).country = "DE"
    with cellar.read() as rows:
        assert parties.countries(rows, people.lead.actor) == ["DE", "US"]
        assert parties.countries(rows, people.stranger.actor) == ["DE"]
        assert parties.countries(rows, people.officer.actor) == ["US"]


def test_no_page_lies_too_far(app: Flask, cellar: Cellar, people: Cast) -> None:
    """Whatever number an address names as a page, the list answers."""
    asked = 0
    for who in (people.lead, people.administrator, people.clerk):
        browser = client(app, cellar, who)
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and not rule.arguments and rule.endpoint.startswith(
                    ("desk.", "admin.", "my.")) and rule.endpoint != "admin.setup":
                for number in ("9" * 30, "-" + "9" * 30, "99999"):
                    answer = browser.get(f"{rule.rule}?page={number}&year={number}")
                    assert answer.status_code < 500, (rule.rule, number)
                    asked += answer.status_code == 200
    assert asked > 60
