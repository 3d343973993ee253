"""Many parties of the register by forms: ticked or all that fit, then handed over, asked by a round, or a file."""

import csv
import io

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import demo
from portal.actions import checklists, register
from portal.actions import people as acts
from portal.core import handing
from portal.core.actor import SYSTEM
from portal.core.partyfacts import PartyFacts
from portal.models import Party, Person, Round
from portal.store.cellar import Cellar
from tests.actions.test_handing import handed, second_lead, seen
from tests.cast import Cast, client
from tests.web.walk import Walk

WORDS = {"ja": ("すでにこの主管です。", "その間に変更されました", "件を超えています", "現在の主管"),
         "en": ("In these hands already.", "were changed meanwhile", "More than", "Lead now")}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_parties_are_handed_over_by_forms(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    with cellar.work() as work:
        acts.choose_language(work, people.lead.actor, language)
    to, lead = second_lead(cellar), Walk(client(app, cellar, people.lead))
    already, changed, _, now = WORDS[language]
    one, other = people.party.public_id, people.other.public_id
    page = lead.get("/desk/parties?status=active")
    assert f'name="pick" value="{one}"' in page and 'name="status" value="active"' in page
    chosen = lead.get("/desk/parties/chosen?act=lead&status=active", 303)
    assert "hand-over" not in chosen, "nothing is ticked"
    where = f"/desk/parties/hand-over?party={one}"
    assert where in lead.get(f"/desk/parties/chosen?act=lead&status=active&pick={one}", 303)
    assert "name=\"pick\"" not in lead.get(where), "who takes it over is asked first"
    asked = {"ja": "引き継ぐ主管を選択", "en": "Choose who takes the parties over"}[language]
    assert asked in lead.get(f"{where}&to=") and asked not in lead.get(where)
    shown = lead.get(f"{where}&to={to.public_id}")
    assert f'value="{one}.1"' in shown and other not in shown and now in shown
    lead.post(where, pick=f"{one}.1", to=to.public_id)
    assert handed(cellar) == [one]
    assert "主管 次郎" in lead.get(f"/desk/parties/{one}")
    everything = f"/desk/parties/hand-over?status=active&to={to.public_id}"
    assert already in lead.get(everything)
    with cellar.work() as work:
        party = work.rows.get_one(Party, people.other.id)
        register.amend_party(work, people.lead.actor, party, PartyFacts(
            party.kind, party.name_ja, "Another name", country="JP", location="JP"))
    late = lead.post(everything, 409, pick=f"{other}.1", to=to.public_id)
    assert changed in late and f'value="{other}.{seen(cellar)[other]}"' in late and handed(cellar) == [one]
    lead.post(everything, 422, pick="", to=to.public_id)
    lead.post(everything, 422, pick=f"{other}.{seen(cellar)[other]}", to="nobody")
    lead.post(everything, pick=f"{other}.{seen(cellar)[other]}", to=to.public_id)
    assert handed(cellar) == sorted([one, other])
    assert other in lead.get(f"/desk/parties?lead={to.public_id}") and other not in lead.get("/desk/parties?lead=none")


def test_chosen_parties_go_into_a_round_and_into_a_file(app: Flask, cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        checklists.publish_library(work, SYSTEM)
    lead, one = Walk(client(app, cellar, people.lead)), people.party.public_id
    assert f"/desk/rounds/new?party={one}" in lead.get(f"/desk/parties/chosen?act=round&pick={one}", 303)
    page = lead.get(f"/desk/rounds/new?party={one}")
    assert f'value="{one}.LAB"' in page and people.other.public_id not in page
    assert f'type="hidden" name="party" value="{one}"' in page, "the choice stays when the day is changed"
    lead.post(f"/desk/rounds/new?party={one}&due_on=2027-01-29", title="選んだ相手先", repeat_months="0",
              pick=f"{one}.LAB")
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Round)).one().wanted["chosen"] == [one]
    assert f"/desk/parties/parties.csv?party={one}" in lead.get(f"/desk/parties/chosen?act=csv&pick={one}", 303)
    data = lead.client.get(f"/desk/parties/parties.csv?party={one}").data.decode("utf-8-sig")
    listed = list(csv.reader(io.StringIO(data)))
    assert [row[0] for row in listed[1:]] == ["PTY-001"] and "見本検査センター" in listed[1]
    every = lead.get("/desk/parties/chosen?act=round&all=yes&kind=testing_lab&pick=x", 303)
    assert "/desk/rounds/new?kind=testing_lab" in every and "party=" not in every


def test_other_staff_may_take_a_file_and_nothing_else(app: Flask, cellar: Cellar, people: Cast) -> None:
    reviewer = Walk(client(app, cellar, people.reviewer))
    page = reviewer.get("/desk/parties")
    assert 'value="csv"' in page and 'value="lead"' not in page and 'value="round"' not in page
    reviewer.get("/desk/parties/hand-over", 403)
    reviewer.post("/desk/parties/hand-over", 403, pick=f"{people.party.public_id}.1", to="x")
    assert handed(cellar) == []


def test_too_many_are_refused_and_many_ask_no_more(app: Flask, cellar: Cellar, people: Cast) -> None:
    to, lead = second_lead(cellar), Walk(client(app, cellar, people.lead))
    counted: list[str] = []
    sa.event.listen(cellar.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))

    def asked(path: str) -> int:
        lead.get(path)
        counted.clear()
        lead.get(path)
        return len(counted)

    every = f"/desk/parties/hand-over?to={to.public_id}"
    few = asked(every)
    with cellar.work() as work:
        checklists.publish_library(work, SYSTEM)
    demo.grow(cellar, demo.Size(60, 1, 1), lambda line: None)
    assert asked(every) == few
    with cellar.work() as work:
        for number in range(handing.MOST):
            work.rows.add(Party(code=f"X-{number}", kind="testing_lab", name_ja=f"見本{number}", created_at=work.now()))
    page = lead.get(every)
    assert WORDS["ja"][2] in page and 'name="pick"' not in page
    lead.post(every, 422, to=to.public_id, pick=[f"{key}.{version}" for key, version in seen(cellar).items()])
    assert handed(cellar) == []


def test_a_round_of_all_that_fit_asks_no_others(app: Flask, cellar: Cellar, people: Cast) -> None:
    lead = Walk(client(app, cellar, people.lead))
    lead.get("/desk/parties/chosen?act=round&all=yes&status=suspended", 303)
    assert "取引中の相手先だけ" in lead.get("/desk/parties?status=suspended")
    assert "/desk/rounds/new" in lead.client.get("/desk/parties/chosen?act=round&all=yes&status=active").location


def test_parties_of_who_leads_no_more_are_found(app: Flask, cellar: Cellar, people: Cast) -> None:
    to = second_lead(cellar)
    with cellar.work() as work:
        work.rows.get_one(Party, people.party.id).lead_id = to.id
        work.rows.get_one(Person, to.id).is_active = False
    lead = Walk(client(app, cellar, people.lead))
    page = lead.get(f"/desk/parties?lead={to.public_id}")
    assert f'<option value="{to.public_id}" selected' in page and people.party.public_id in page
    assert f'<option value="{to.public_id}"' not in lead.get(f"/desk/parties/hand-over?party={people.party.public_id}")
