"""Records of provision and receipt by forms: set up, made, corrected, listed, and given out as files."""

import csv
import io

import pytest
import python_calamine
import sqlalchemy as sa
from flask import Flask

from portal.actions import people as acts
from portal.models import Party, ScopeLine
from portal.store.cellar import Cellar
from tests.actions.test_provision import recorded, shared
from tests.cast import Cast, client
from tests.filed import RECORD, SETTING
from tests.web.walk import Walk

FORM = {"manner": "batch", "first_on": "2026-09-01", "last_on": "2026-09-30", "persons": "40", "items": ["hla"],
        "reference": "CORE/2026-09", **RECORD.said}
SET = {"manner": "batch", "held_in": SETTING.held_in, "relied_on": "", "ground": "", "statute": "", "article": ""}


def line_of(cellar: Cellar, row_id: int) -> str:
    """A line's public id."""
    with cellar.read() as rows:
        return rows.get_one(ScopeLine, row_id).public_id


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_record_is_set_up_made_and_corrected(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    scope = line_of(cellar, shared(cellar, people))
    with cellar.work() as work:
        acts.choose_language(work, people.lead.actor, language)
    lead, reviewer = (Walk(client(app, cellar, who)) for who in (people.lead, people.reviewer))
    base = f"/desk/scopes/{scope}/records"
    lead.get(base)
    lead.post(base, 422, **{**SET, "held_in": ""})
    assert lead.post(base, **SET) == f"/desk/scopes/{scope}"
    assert base in lead.get(f"/desk/scopes/{scope}")
    lead.get(f"{base}/new/supervision_file", 404)
    assert RECORD.said["name"] in lead.get(f"{base}/new/provision_record")
    typed = lead.post(f"{base}/new/provision_record", 422, **{**FORM, "consent": "1234 5678 9018", "persons": "41"})
    assert 'value="41"' in typed
    lead.post(f"{base}/new/provision_record", 422, **{**FORM, "first_on": "", "persons": "x"})
    place = lead.post(f"{base}/new/provision_record", **FORM)
    assert "CORE/2026-09" in lead.get(place)
    lead.get(f"{place}/correct")
    lead.post(f"{place}/correct", 422, **{**FORM, "persons": "41", "why": ""})
    corrected = lead.post(f"{place}/correct", **{**FORM, "persons": "41", "why": "人数の誤り"})
    assert "人数の誤り" in lead.get(corrected) and f"{place}/correct" not in lead.get(place)
    assert "R-2026-00002" in lead.get(base)
    listed = reviewer.get("/desk/records/")
    assert "R-2026-00002" in listed and "R-2026-00001" not in listed
    assert "R-2026-00002" in reviewer.get("/desk/records/?q=CORE&year=2026&record=provision_record")
    assert "R-2026-00002" not in reviewer.get("/desk/records/?keep=over&page=2")
    reviewer.get("/desk/records/missing")
    reviewer.get(f"{base}/new/provision_record", 403)
    reviewer.post(base, 403, **SET)


def test_the_list_goes_out_as_files_that_run_nothing(app: Flask, cellar: Cellar, people: Cast) -> None:
    line = shared(cellar, people)
    with cellar.engine.begin() as connection:
        connection.execute(sa.update(Party).where(Party.id == people.party.id).values(name_ja="=HYPERLINK(1)"))
    recorded(cellar, people, line)
    with cellar.work() as work:
        acts.choose_language(work, people.lead.actor, "ja")
    browser = client(app, cellar, people.lead)
    text = browser.get("/desk/records/records.csv").get_data().decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text))
    assert (head[0], row[0], row[2]) == ("記録番号", "R-2026-00001", "'=HYPERLINK(1)")
    book = python_calamine.load_workbook(io.BytesIO(browser.get("/desk/records/records.xlsx").get_data()))
    cells = book.get_sheet_by_index(0).to_python()
    assert cells[1][:3] == ["R-2026-00001", "第三者提供記録", "=HYPERLINK(1)"]
    assert browser.get("/desk/records/records.pdf").status_code == 404
    nothing = browser.get("/desk/records/records.csv?q=NOTHING").get_data().decode("utf-8-sig")
    assert len(nothing.splitlines()) == 1


def test_no_party_sees_records(app: Flask, cellar: Cellar, people: Cast) -> None:
    scope = line_of(cellar, line := shared(cellar, people))
    public_id = recorded(cellar, people, line)
    clerk = client(app, cellar, people.clerk)
    paths = ("/desk/records/", f"/desk/records/{public_id}", f"/desk/scopes/{scope}/records",
             "/desk/records/records.csv")
    assert [clerk.get(path).status_code for path in paths] == [404] * 4
