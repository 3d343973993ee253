"""A page given back after a clash holds every text: what was typed, what stands, and rows on either side."""

import re

from flask import Flask

from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, client
from tests.web.test_clashes import ROW, cells, kept, place_of, save
from tests.web.walk import Walk

THEIRS, MINE = "同僚の大事な文", "私の文"


def fields(page: str) -> dict[str, str]:
    """The cells of the table on a page."""
    return dict(re.findall(r'<input name="(LAB-18\.[^"]+)" value="([^"]*)"', page))


def names(answer: tuple[object, ...]) -> list[str]:
    """The names in the rows of a kept table."""
    value = answer[0]
    assert isinstance(value, dict)
    return [row["name"] for row in value.get("raw", value)["rows"]]


def test_a_question_that_was_not_on_the_page_keeps_its_text(app: Flask, cellar: Cellar, people: Cast) -> None:
    place = place_of(cellar, flow.ask(cellar, people, "MED"), "MED-03")
    officer, clerk = client(app, cellar, people.officer), Walk(client(app, cellar, people.clerk))
    assert save(officer, place, "MED-02:0", {"MED-02.text": "both"})[0] == 200
    assert save(officer, place, "MED-03:0", {"MED-03.text": "yes", "MED-03.comment": THEIRS})[0] == 200
    page = clerk.post(place, 409, version="MED-02:0", **{"MED-02.text": "both", "MED-02.comment": MINE})
    assert MINE in page and THEIRS in page and "MED-03:1" in page
    area = re.search(r'name="MED-03.comment"[^>]*>([^<]*)<', page)
    assert area and area[1] == THEIRS and 'name="MED-03.text" value="yes" checked' in page
    clerk.post(place, 303, version="MED-02:1 MED-03:1", **{
        "MED-02.text": "both", "MED-02.comment": MINE, "MED-03.text": "yes", "MED-03.comment": area[1]})
    assert kept(cellar, "MED-03")[1] == THEIRS and kept(cellar, "MED-02")[1] == MINE


def test_a_question_that_is_asked_no_longer_keeps_both_texts(app: Flask, cellar: Cellar, people: Cast) -> None:
    place = place_of(cellar, flow.ask(cellar, people, "MED"), "MED-03")
    officer, clerk = client(app, cellar, people.officer), Walk(client(app, cellar, people.clerk))
    for version, typed in (("MED-02:0", {"MED-02.text": "both"}),
                           ("MED-03:0", {"MED-03.text": "yes", "MED-03.comment": THEIRS}),
                           ("MED-02:1", {"MED-02.text": "collection"})):
        assert save(officer, place, version, typed)[0] == 200
    page = clerk.post(place, 409, version="MED-03:0", **{"MED-03.text": "yes", "MED-03.comment": MINE})
    assert MINE in page and THEIRS in page


def test_rows_that_a_colleague_took_away_stay_where_they_were_typed(app: Flask, cellar: Cellar, people: Cast) -> None:
    place = place_of(cellar, flow.ask(cellar, people), "LAB-18")
    officer, clerk = client(app, cellar, people.officer), client(app, cellar, people.clerk)
    rows = [ROW | {"name": f"架空{number}"} for number in range(4)]
    assert save(officer, place, "LAB-18:0", cells(*rows))[0] == 200
    assert save(officer, place, "LAB-18:1", cells())[0] == 200
    page = Walk(clerk).post(place, 409, version="LAB-18:1", **cells(*rows, ROW | {"name": "仮想"}))
    shown = fields(page)
    assert [shown[f"LAB-18.name.{number}"] for number in range(5)] == [*(row["name"] for row in rows), "仮想"]


def test_rows_that_a_colleague_added_stay_though_the_page_had_none(app: Flask, cellar: Cellar, people: Cast) -> None:
    place = place_of(cellar, flow.ask(cellar, people), "LAB-18")
    officer, clerk = client(app, cellar, people.officer), Walk(client(app, cellar, people.clerk))
    rows = [ROW | {"name": f"架空{number}"} for number in range(5)]
    assert save(officer, place, "LAB-18:0", cells(*rows))[0] == 200
    page = clerk.post(place, 409, version="LAB-18:0", **cells(ROW | {"name": "仮想"}, *rows[1:3], room=0))
    clerk.post(place, 303, version="LAB-18:1", **fields(page))
    assert names(kept(cellar, "LAB-18")) == ["仮想", "架空1", "架空2", "架空3", "架空4"]


def test_odd_numbers_in_a_form_are_no_fault_of_the_portal(app: Flask, cellar: Cellar, people: Cast) -> None:
    place = place_of(cellar, flow.ask(cellar, people), "LAB-18")
    officer, clerk = client(app, cellar, people.officer), client(app, cellar, people.clerk)
    assert save(officer, place, "LAB-18:0", cells(ROW))[0] == 200
    assert save(clerk, place, "LAB-18:0", cells() | {"LAB-18.name.²": "x", "LAB-18.name.99999": "x"})[0] == 409
    before = kept(cellar, "LAB-18")
    assert save(clerk, place, "LAB-18:² LAB-18:" + "9" * 400, cells())[0] == 200
    assert kept(cellar, "LAB-18") == before
