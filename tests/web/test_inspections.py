"""A visit by its pages: planned, announced, recorded with a photo, a finding opened of it, read by the party."""

import io
import re

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import people as acts
from portal.models import Inspection
from portal.store.cellar import Cellar
from tests.cast import Cast, client
from tests.web.walk import TOKEN, Walk, faults
from tests.world import pdf

WORDS = {"ja": ("通知済み", "下記のとおり伺います", "実施済み"),
         "en": ("Announced", "We will visit you", "Carried out")}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_visit_from_the_desk(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    with cellar.work() as work:
        for who in (people.reviewer, people.clerk):
            acts.choose_language(work, who.actor, language)
    browser = client(app, cellar, people.reviewer)
    reviewer, clerk = Walk(browser), Walk(client(app, cellar, people.clerk))
    told, asks, held = WORDS[language]
    where = f"/desk/parties/{people.party.public_id}"
    plan = {"on": "2026-12-10", "place": "本社 会議室", "points": "鍵の管理\n廃棄", "ours": "審査 一子"}
    assert "本社 会議室" in reviewer.post(f"{where}/inspections/new", 422, **plan | {"on": "2026-01-01"})
    reviewer.post(f"{where}/inspections/new", **plan)
    with cellar.read() as rows:
        public_id = rows.scalars(sa.select(Inspection.public_id)).one()
    desk, mine = f"/desk/inspections/{public_id}", f"/my/inspections/{public_id}"
    clerk.get(mine, 404)
    reviewer.post(f"{desk}/announce")
    assert told in reviewer.get("/desk/inspections") and asks in clerk.get(mine) and mine in clerk.get("/my/findings")
    went = {"visit-on": "2026-11-24", "visit-attended": "全員", "visit-result": "台帳を見た。"}
    reviewer.post(f"{desk}/visit", 422, **went | {"visit-result": " "})
    reviewer.post(f"{desk}/visit", 422, **went | {"visit-on": "2027-01-01"})
    reviewer.post(f"{desk}/visit", **went)
    token = TOKEN.search(browser.get(desk).text)
    assert token is not None
    sent = browser.post(f"{desk}/files", data={"csrf_token": token[1], "file": (io.BytesIO(pdf("写真")), "写真.pdf")},
                        follow_redirects=True)
    assert "写真.pdf" in sent.text and not faults(sent.text)
    opens = re.search(r'href="([^"]*findings/new\?inspection=[^"]+)"', sent.text)
    assert opens is not None
    reviewer.post(opens[1], fact="鍵の台帳がない。", severity="high", due_on="2027-01-20")
    assert held in clerk.get(mine) and "/my/findings/" in clerk.get(mine)
    assert held in reviewer.get("/desk/inspections?view=held") and "F-2026-" in reviewer.get(desk)
    reviewer.post(f"{desk}/cancel", 422, **{"cancel-reason": "x"})
