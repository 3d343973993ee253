"""The matrix of what is shared: cells, the lines behind them, and the workbook; two queries whatever the register."""

import io

import pytest
import python_calamine
import sqlalchemy as sa
from flask import Flask

from portal.actions import contracts, sharing
from portal.actions import people as acts
from portal.models import Party, ScopeLine
from portal.queries import matrix
from portal.queries.matrix import Cell, Wanted
from portal.store.cellar import Cellar
from tests.cast import Cast, client
from tests.web.walk import Walk


@pytest.fixture
def lines(cellar: Cellar, people: Cast) -> list[str]:
    """Two lines of the cast's party and one of the other; gives their public ids."""
    made = []
    for party, items, purpose in ((people.party, ("hla", "donor_code"), "P01"), (people.party, ("hla",), "P04"),
                                  (people.other, ("hla",), "P01")):
        with cellar.work() as work:
            engaged = contracts.engage(work, people.lead.actor, work.rows.get_one(Party, party.id), "third_party")
            work.rows.flush()
            line = sharing.add_line(work, people.lead.actor, engaged, sharing.LineFacts(items, purpose))
            made.append(line.public_id)
    with cellar.engine.begin() as connection:
        connection.execute(sa.update(ScopeLine).where(ScopeLine.public_id == made[0]).values(
            state="active", route="RT-TP-CONSENT-JP"))
        connection.execute(sa.update(Party).where(Party.id == people.party.id).values(name_en="=1+1"))
    return made


def test_cells_count_the_lines_of_each_item(cellar: Cellar, people: Cast, lines: list[str]) -> None:
    lead, party = people.lead.actor, people.party.public_id
    counted: list[str] = []
    sa.event.listen(cellar.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
    with cellar.read() as rows:
        assert matrix.cells(rows, lead, Wanted()) == [
            Cell("donor_code", "P01", "RT-TP-CONSENT-JP", "JP", 1), Cell("hla", "P01", "", "JP", 1),
            Cell("hla", "P01", "RT-TP-CONSENT-JP", "JP", 1), Cell("hla", "P04", "", "JP", 1)]
        found = {name: len(matrix.lines(rows, lead, asked)) for name, asked in {
            "all": Wanted(), "item": Wanted("donor_code"), "like": Wanted("d_n"), "purpose": Wanted(purpose="P01"),
            "route": Wanted(route="RT-TP-CONSENT-JP"), "place": Wanted(place="EQ"), "state": Wanted(state="active"),
            "party": Wanted(party=party), "page": Wanted(page=2)}.items()}
        assert matrix.cells(rows, people.stranger.actor, Wanted(party=party)) == []
    assert found == {"all": 3, "item": 1, "like": 0, "purpose": 2, "route": 1, "place": 0, "state": 1, "party": 2,
                     "page": 0}
    assert len([text for text in counted if text.startswith("SELECT")]) == 11


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_matrix_is_walked_from_cell_to_line(app: Flask, cellar: Cellar, people: Cast, lines: list[str],
                                                language: str) -> None:
    with cellar.work() as work:
        acts.choose_language(work, people.reviewer.actor, language)
    reviewer, party = Walk(client(app, cellar, people.reviewer)), people.party.public_id
    page = reviewer.get("/desk/parties/matrix")
    cell = "/desk/parties/matrix/lines?item=donor_code&amp;purpose=P01&amp;route=RT-TP-CONSENT-JP&amp;place=JP"
    assert cell in page
    behind = reviewer.get(cell.replace("&amp;", "&"))
    assert lines[0] in behind and lines[1] not in behind and lines[2] not in behind
    assert "donor_code" in reviewer.get(f"/desk/parties/matrix?party={party}")
    assert lines[2] not in reviewer.get(f"/desk/parties/matrix/lines?party={party}")
    reviewer.get("/desk/parties/matrix?place=EQ")
    reviewer.get("/desk/parties/matrix/lines?place=EQ")
    reviewer.get("/desk/parties/matrix?party=unknown", 404)
    assert f"matrix?party={party}" in reviewer.get(f"/desk/parties/{party}?tab=scopes")
    assert client(app, cellar, people.clerk).get("/desk/parties/matrix").status_code == 404


def test_the_workbook_holds_cells_and_lines(app: Flask, cellar: Cellar, people: Cast, lines: list[str]) -> None:
    browser = client(app, cellar, people.reviewer)
    answer = browser.get(f"/desk/parties/matrix.xlsx?party={people.party.public_id}&purpose=P01&lang=en")
    book = python_calamine.load_workbook(io.BytesIO(answer.get_data()))
    cells, told = (book.get_sheet_by_index(number).to_python() for number in (0, 1))
    assert [row[0] for row in cells[1:]] == ["Donor number / GRID", "HLA typing result"]
    assert [(row[0], row[1], row[5]) for row in told[1:]] == [
        ("=1+1", "Donor number / GRID", "JP"), ("=1+1", "HLA typing result", "JP")]
