"""The division of a checklist on the task list: one Save without scripts, kept through a refusal, seen by the clerk."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.models import Membership
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.actions.test_dividing import given, id_of, sections
from tests.cast import Cast, client
from tests.web.walk import Walk


def test_the_officer_divides_and_the_clerk_sees_it(app: Flask, cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    a, b = sections(cellar, made)[:2]
    officer, clerk = Walk(client(app, cellar, people.officer)), Walk(client(app, cellar, people.clerk))
    where = f"/my/attestations/{made}"
    assert f"{where}/colleagues" in officer.get(where) and f"{where}/colleagues" not in clerk.get(where)
    chosen = {f"{a}.person": id_of(cellar, people.clerk), f"{a}.due": "2026-12-10", f"{a}.seen": ":",
              f"{b}.person": "", f"{b}.due": "", f"{b}.seen": ":"}
    officer.post(f"{where}/colleagues", **chosen)
    assert "担当 担当 次子（2026-12-10まで）" in officer.get(where)
    assert f"あなたの担当 {a}（2026-12-10まで）" in clerk.get("/my/") and "あなたの担当" not in officer.get("/my/")
    assert "担当 担当 次子（2026-12-10まで）" in clerk.get(f"{where}/sections/{a}")
    assert "2026-12-10" not in clerk.get(f"{where}/sections/{b}")
    assert "by 2026-12-10" in clerk.get(f"{where}?lang=en")


def test_a_refusal_keeps_what_was_chosen(app: Flask, cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    a = sections(cellar, made)[0]
    officer = Walk(client(app, cellar, people.officer))
    where, clerk = f"/my/attestations/{made}", id_of(cellar, people.clerk)
    officer.get(where)
    told = officer.post(f"{where}/colleagues", 422, **{
        f"{a}.person": clerk, f"{a}.due": "2020-01-01", f"{a}.seen": ":"})
    assert 'value="2020-01-01"' in told and "点検票の期限までの日付" in told and f'"{clerk}" selected' in told
    officer.post(f"{where}/colleagues", **{f"{a}.person": clerk, f"{a}.due": "", f"{a}.seen": ":"})
    mine = id_of(cellar, people.officer)
    told = officer.post(f"{where}/colleagues", 409, **{f"{a}.person": mine, f"{a}.due": "2026-12-01", f"{a}.seen": ":"})
    assert "担当 次子さんの担当（2026-12-18まで）" in told and f'"{mine}" selected' in told
    assert given(cellar, people, made)[a][0] == "担当 次子"
    officer.post(f"{where}/colleagues", **{
        f"{a}.person": mine, f"{a}.due": "2026-12-01", f"{a}.seen": f"{clerk}:2026-12-18"})
    assert given(cellar, people, made)[a][0] == "責任 太郎"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_who_has_left_is_named(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    made = flow.ask(cellar, people)
    a, b = sections(cellar, made)[:2]
    officer = Walk(client(app, cellar, people.officer))
    where, clerk = f"/my/attestations/{made}", id_of(cellar, people.clerk)
    officer.get(where)
    officer.post(f"{where}/colleagues", **{f"{code}.{field}": value for code in (a, b) for field, value in (
        ("person", clerk), ("due", ""), ("seen", ":"))})
    with cellar.work() as work:
        work.rows.execute(sa.update(Membership).where(
            Membership.person_id == people.clerk.person_id).values(is_active=False))
    page = officer.get(f"{where}?lang={language}")
    gone = "担当 次子さんは、すでに利用者ではありません" if language == "ja" else "no longer has an account here"
    assert page.count(gone) == 1 and f'value="{clerk}" selected' in page
    officer.post(f"{where}/colleagues", **{f"{code}.{field}": value for code in (a, b) for field, value in (
        ("person", ""), ("due", ""), ("seen", f"{clerk}:2026-12-18"))})
    assert given(cellar, people, made) == {} and f"{where}/colleagues" not in officer.get(where)
