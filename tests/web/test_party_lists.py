"""The register out as a file and in again: a plan first, then all of it or nothing."""

import csv
import io

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.models import LedgerEntry, Party
from portal.queries import parties
from portal.store.cellar import Cellar
from portal.web.downloads import Listed, table_file
from tests.cast import Cast, client
from tests.web.walk import Walk

GOOD = "9010401052465"


def lead_of(app: Flask, cellar: Cellar, people: Cast) -> Walk:
    """The lead's browser."""
    return Walk(client(app, cellar, people.lead))


def rows_of(lead: Walk) -> list[list[str]]:
    """The register as CSV, read."""
    answer = lead.client.get("/desk/parties/parties.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


def hand_in(lead: Walk, rows: list[list[str]], name: str = "一覧.csv") -> str:
    """Hand a list in; gives the address of its plan."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    lead.get("/desk/parties/lists")
    return lead.post("/desk/parties/lists", file=(io.BytesIO(out.getvalue().encode("utf-8-sig")), name))


def test_what_went_out_comes_in_unchanged(app: Flask, cellar: Cellar, people: Cast) -> None:
    lead = lead_of(app, cellar, people)
    page = lead.get(hand_in(lead, rows_of(lead)))
    assert "誤り0件・追加0件・変更0件・同じ2件" in page and "反映する内容がありません" in page
    assert "読み取らない列：</p>" not in page and "リスク区分" in page


def test_a_list_is_taken_whole_or_not_at_all(app: Flask, cellar: Cellar, people: Cast) -> None:
    lead = lead_of(app, cellar, people)
    head, *rows = rows_of(lead)
    at = {name: place for place, name in enumerate(head)}
    rows[0][at["名称（英語）"]] = "Renamed Laboratory"
    new, bad, twice = ([""] * len(head) for _ in range(3))
    new[at["名称（日本語）"]], new[at["種別"]], new[at["法人番号"]] = "【架空】一覧の検査所", "検査機関", GOOD
    bad[at["名称（日本語）"]], bad[at["種別"]], bad[at["法人番号"]] = "番号違い", "なにか", "1234567890123"
    twice[at["名称（日本語）"]], twice[at["種別"]], twice[at["法人番号"]] = "別名", "検査機関", GOOD
    where = hand_in(lead, [head, *rows, new, bad, twice])
    page = lead.get(where)
    assert "誤り2件・追加1件・変更1件・同じ1件" in page
    for told in ("登録簿にない語です", "13桁", "一覧の別の行と同じ相手先", "Renamed Laboratory"):
        assert told in page, told
    wrong = [str(len(rows) + 3), str(len(rows) + 4)]
    refused = lead.post(f"{where}/take", 422, leave=wrong[0])
    assert f"{wrong[1]}行目に誤り" in refused and f'value="{wrong[0]}"' in refused and "checked" in refused
    with cellar.read() as kept:
        assert kept.scalar(sa.select(sa.func.count()).select_from(Party)) == 2
    lead.post(f"{where}/take", leave=wrong)
    with cellar.read() as kept:
        added = kept.scalars(sa.select(Party).where(Party.corporate_number == GOOD)).one()
        assert (added.name_ja, added.kind, added.status) == ("【架空】一覧の検査所", "testing_lab", "active")
        assert kept.scalar(sa.select(sa.func.count()).where(Party.name_en == "Renamed Laboratory")) == 1
        events = set(kept.scalars(sa.select(LedgerEntry.event)))
    assert {"party_list.received", "party_list.taken", "party.amended"} <= events
    assert "追加1件" in lead.get("/desk/parties") and "反映しました" in lead.get(where)
    lead.post(f"{where}/take", 409)


NO_HEADS = "見出しの行が見つかりません"


@pytest.mark.parametrize(("rows", "told"), [
    ([["なにか", "ほか"], ["1", "2"]], NO_HEADS), ([[]], ""), ([["名称"], ["x"]], NO_HEADS)])
def test_what_is_no_list_is_refused(
    app: Flask, cellar: Cellar, people: Cast, rows: list[list[str]], told: str,
) -> None:
    lead = lead_of(app, cellar, people)
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    lead.get("/desk/parties/lists")
    page = lead.post("/desk/parties/lists", 422, file=(io.BytesIO(out.getvalue().encode()), "一覧.csv"))
    assert told in page and 'id="file-error"' in page
    lead.post("/desk/parties/lists", 422)


def test_the_workbook_holds_the_filtered_register(app: Flask, cellar: Cellar, people: Cast) -> None:
    lead = lead_of(app, cellar, people)
    whole = lead.client.get("/desk/parties/parties.xlsx")
    assert whole.status_code == 200 and whole.data[:2] == b"PK"
    assert len(rows_of(lead)) == 3
    few = lead.client.get("/desk/parties/parties.csv?kind=testing_lab").get_data(as_text=True)
    assert len(list(csv.reader(io.StringIO(few)))) < 4
    assert lead.client.get("/desk/parties/parties.pdf").status_code == 404


def test_a_party_is_found_by_every_name(app: Flask, cellar: Cellar, people: Cast) -> None:
    lead = lead_of(app, cellar, people)
    where = f"/desk/parties/{people.party.public_id}"
    lead.get(where)
    lead.post(f"{where}/names", name=" 日赤 ", source="short")
    for wrong in ({"name": "日赤", "source": "own"}, {"name": "", "source": "own"}, {"name": "x", "source": "x"}):
        lead.post(f"{where}/names", **wrong)
    page = lead.get(where)
    assert "登録済み" in page and page.count("/drop") == 1
    assert where in lead.get("/desk/parties?q=日赤")
    with cellar.read() as rows:
        facts = rows.get_one(Party, people.party.id)
    lead.post(f"{where}/edit", name_ja=facts.name_ja, kind=facts.kind, country="JP", location="JP", tier="none",
              status="active", version=facts.version)
    assert where in lead.get("/desk/parties?q=日赤")
    lead.post(page.split('/drop"')[0].rpartition('"')[2] + "/drop")
    assert where not in lead.get("/desk/parties?q=日赤")


def test_a_list_that_is_cut_says_so(app: Flask, cellar: Cellar, people: Cast) -> None:
    """A file for reading tells it in its last row; one that can be handed in again is not given in part."""
    with app.test_request_context():
        told = table_file(Listed("a", "A", [("x", 9)], [["1"], ["2"]], cut=2), "csv").get_data(as_text=True)
        assert "先頭の2件だけ" in told.splitlines()[-1]
    now = cellar.clock()
    with cellar.work() as work:
        work.rows.execute(sa.insert(Party), [
            {"public_id": f"many{number:022d}", "code": f"MANY{number}", "kind": "testing_lab", "version": 1,
             "name_ja": f"多数{number}", "created_at": now} for number in range(parties.MOST + 1)])
    lead = Walk(client(app, cellar, people.lead))
    refused = lead.client.get("/desk/parties/parties.xlsx?kind=testing_lab")
    assert (refused.status_code, refused.location) == (303, "/desk/parties?kind=testing_lab")
    assert "20000" in lead.get(refused.location)
    assert lead.client.get("/desk/parties/parties.csv?q=多数777").status_code == 200
