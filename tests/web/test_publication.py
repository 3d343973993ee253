"""What must be published and is not: listed by kind, with the page that mends it; gone once it is published."""

from datetime import date

import pytest
from flask import Flask

from portal.actions import contracts, sharing
from portal.core.straying import PUBLICATIONS
from portal.models import Party, ScopeLine
from portal.store.cellar import Cellar
from tests import filed
from tests.cast import Cast, client
from tests.web.walk import Walk

PLACE = "/desk/records/publication"


def shared(cellar: Cellar, people: Cast, relation: str, items: tuple[str, ...], route: str) -> str:
    """A running line on a route; gives its public id."""
    with cellar.work() as work:
        party = work.rows.get_one(Party, people.party.id)
        engaged = contracts.engage(work, people.lead.actor, party, relation, date(2026, 4, 1))
        work.rows.flush()
        line = sharing.add_line(work, people.lead.actor, engaged, sharing.LineFacts(items, "P01"))
        work.rows.flush()
        line.state, line.route = "active", route
        sharing.rejudge(work, people.lead.actor, line)
        return line.public_id


def judged(cellar: Cellar, people: Cast, public_id: str) -> None:
    with cellar.work() as work:
        line = work.rows.query(ScopeLine).filter_by(public_id=public_id).one()
        sharing.rejudge(work, people.lead.actor, line)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_not_published_is_listed_with_the_page_that_mends_it(
        app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    joint = shared(cellar, people, "joint_use", ("donor_code", "hla"), "RT-JU-JP")
    walk = Walk(client(app, cellar, people.reviewer))
    page = walk.get(f"{PLACE}?lang={language}")
    assert f"/desk/scopes/{joint}" in page and page.count('href="/desk/records/joint-use"') > 1
    assert f"/desk/scopes/{joint}" in walk.get(f"{PLACE}?kind=notice")
    assert joint not in walk.get(f"{PLACE}?kind=purpose") and joint not in walk.get(f"{PLACE}?kind=publication")
    assert "<tbody" not in walk.get(f"{PLACE}?page=9")
    filed.build(cellar, people, date(2026, 11, 25))
    judged(cellar, people, joint)
    assert joint not in walk.get(PLACE)
    Walk(client(app, cellar, people.clerk)).get(PLACE, 404)


def test_a_route_that_wants_a_publication_is_listed_until_it_is_stated(
        app: Flask, cellar: Cellar, people: Cast) -> None:
    anonymised = next(code for code, item in cellar.catalogue.data_items.items() if item.data_class == "anonymised")
    line = shared(cellar, people, "anonymised", (anonymised,), "RT-ANON")
    walk = Walk(client(app, cellar, people.lead))
    assert line in walk.get(f"{PLACE}?kind=publication")
    label = next(row.label.ja for row in cellar.catalogue.rules.precondition if row.id == "PC-ANONPUB")
    assert label in walk.get(PLACE)
    with cellar.work() as work:
        row = work.rows.query(ScopeLine).filter_by(public_id=line).one()
        sharing.state(work, people.lead.actor, row, [sharing.Statement("PC-ANONPUB", "yes")])
    assert line not in walk.get(PLACE)


def test_every_publication_is_a_need_of_the_law_table(cellar: Cellar) -> None:
    assert {row.id for row in cellar.catalogue.rules.precondition} >= PUBLICATIONS
