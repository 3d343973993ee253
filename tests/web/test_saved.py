"""Saved views by their pages: kept from a list, shown above it and on the desk, shared, arranged, gone."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import people as acts
from portal.actions import saved
from portal.models import SavedView
from portal.store.cellar import Cellar
from tests.cast import Cast, client
from tests.web.walk import Walk

WORDS = {"ja": ("この条件を保存", "無効な条件あり", "当法人の職員全員", "同じ名称"),
         "en": ("Keep this search", "a filter is gone", "All of JMDP", "of this name already")}
KEPT = "/desk/views/new/parties?kind=testing_lab"


def ids(cellar: Cellar) -> dict[str, str]:
    """The public ids of the views by their names."""
    with cellar.read() as rows:
        return dict(rows.execute(sa.select(SavedView.title, SavedView.public_id)).all())


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_view_from_its_list_to_its_end(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    with cellar.work() as work:
        for who in (people.lead, people.reviewer):
            acts.choose_language(work, who.actor, language)
    lead, reviewer = (Walk(client(app, cellar, who)) for who in (people.lead, people.reviewer))
    keep, gone, staff, taken = WORDS[language]
    assert keep not in lead.get("/desk/parties"), "without a filter there is nothing to keep"
    page = lead.get("/desk/parties?kind=testing_lab&next=https://example.com&page=1")
    assert keep in page and f'href="{KEPT}"' in page
    assert 'aria-invalid="true"' in lead.post(KEPT, 422, title=" ")
    assert lead.post(KEPT + "&next=//example.com", title="私の検査所").endswith("/desk/parties?kind=testing_lab")
    assert taken in lead.post(KEPT, 422, title="私の検査所")
    assert keep not in lead.get("/desk/parties?kind=testing_lab"), "it is kept already"
    lead.post("/desk/views/new/findings?view=overdue&severity=high", title="遅れた指摘")
    lead.post("/desk/views/new/home?q=LAB&tab=all", title="検査の点検票")
    desk = lead.get("/desk/")
    assert re.search(r'href="/desk/parties\?kind=testing_lab">私の検査所 <span class="count">1</span>', desk)
    assert ">遅れた指摘</a>" in desk, "no count where no index gives one"
    assert re.search(r'aria-current="page">検査の点検票<', lead.get("/desk/?q=LAB&tab=all"))
    one = ids(cellar)["私の検査所"]
    assert "私の検査所" not in reviewer.get("/desk/parties") + reviewer.get("/desk/") + reviewer.get("/desk/views")
    reviewer.post(f"/desk/views/{one}/share", 404)
    lead.post(f"/desk/views/{one}/share")
    assert staff in lead.get("/desk/views")
    assert "主管 花子" in reviewer.get("/desk/parties") and "私の検査所 <span" in reviewer.get("/desk/")
    for act in ("remove", "up", "unshare"):
        reviewer.post(f"/desk/views/{one}/{act}", 404)
    lead.post(f"/desk/views/{one}/wonder", 404)
    lead.post(f"/desk/views/{one}/down")
    assert re.findall(r'name="title"[^>]*value="([^"]+)"', lead.get("/desk/views"))[:2] == ["遅れた指摘", "私の検査所"]
    with cellar.work() as work:
        work.rows.scalars(sa.select(SavedView).where(SavedView.public_id == one)).one().query = {"kind": "lab_of_old"}
    for path in ("/desk/", "/desk/parties", "/desk/views"):
        assert f"/desk/views#{one}" in lead.get(path) or path == "/desk/views"
    assert gone in lead.get("/desk/parties") and "lab_of_old" in lead.get("/desk/views")
    lead.post(f"/desk/views/{one}/remove")
    assert one not in lead.get("/desk/views")


def test_a_name_typed_over_another_is_told_and_kept(app: Flask, cellar: Cellar, people: Cast) -> None:
    lead = Walk(client(app, cellar, people.lead))
    lead.post(KEPT, title="甲")
    one = ids(cellar)["甲"]
    lead.post(f"/desk/views/{one}/rename", version="1", title="乙")
    late = lead.post(f"/desk/views/{one}/rename", 409, version="1", title="丙")
    assert 'value="丙"' in late and ">乙</a>" in late
    assert 'value=" "' in lead.post(f"/desk/views/{one}/rename", 422, version="2", title=" ")


def test_a_party_s_people_have_no_views(app: Flask, cellar: Cellar, people: Cast) -> None:
    clerk = Walk(client(app, cellar, people.clerk))
    for path in ("/desk/views", KEPT, "/desk/parties/hand-over"):
        clerk.get(path, 404)
    clerk.post(KEPT, 404, title="x")
    assert ids(cellar) == {}
    Walk(client(app, cellar, people.lead)).get("/desk/views/new/party?kind=testing_lab", 404)


@pytest.mark.parametrize("path", ["/desk/", "/desk/parties", "/desk/findings", "/desk/search?q=見本",
                                  "/desk/parties/ending", "/desk/parties/contradictions", "/desk/views"])
def test_many_views_ask_no_more_than_one(app: Flask, cellar: Cellar, people: Cast, path: str) -> None:
    lead, asked = Walk(client(app, cellar, people.lead)), []
    counted: list[str] = []

    def keep(numbers: range) -> None:
        with cellar.work() as work:
            for number in numbers:
                page, given = (("findings", {"view": "overdue"}), ("parties", {"lead": "me"}))[number % 2]
                saved.keep(work, people.lead.actor, page, f"条件{number}", given)

    for numbers in (range(2), range(2, 30)):
        keep(numbers)
        lead.get(path)
        sa.event.listen(cellar.engine, "before_cursor_execute", record := lambda *given: counted.append(given[2]))
        lead.get(path)
        sa.event.remove(cellar.engine, "before_cursor_execute", record)
        asked.append(len(counted))
        counted.clear()
    assert asked[0] == asked[1] > 0
