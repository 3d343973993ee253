"""Sessions: an end is an end, limits hold, cookies are bound, a lost session costs a sign-in and never a word."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from portal.actions import attest, credentials, leave, people, roles
from portal.actions.kept import LASTS
from portal.core.actor import SYSTEM, Role
from portal.models import Answer, KeptForm, LoginSession, Person, StaffRole
from portal.store.cellar import Cellar
from portal.web.factory import create_app
from tests.actions import flow
from tests.cast import Cast, client
from tests.conftest import Clock
from tests.web import doors
from tests.web.walk import Walk


def cookie(browser: FlaskClient) -> str:
    """The secret in a browser's cookie."""
    with browser.session_transaction() as kept:
        return str(kept.get("_user_id", ""))


def put(browser: FlaskClient, secret: str) -> None:
    """Put an older secret back into a browser."""
    with browser.session_transaction() as kept:
        kept["_user_id"] = secret


def test_a_cookie_from_before_the_sign_out_is_dead(app: Flask, cellar: Cellar, people: Cast) -> None:
    browser = client(app, cellar, people.clerk)
    secret = cookie(browser)
    walk = Walk(browser)
    walk.get("/my/")
    answer = browser.post("/account/sign-out", data={"csrf_token": walk.token})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    put(browser, secret)
    assert browser.get("/my/").status_code == 303


def test_signing_in_and_proving_again_change_the_cookie(app: Flask, cellar: Cellar, people: Cast) -> None:
    secret = doors.equip(cellar, people.lead, factor=True)
    browser = client(app, cellar, people.lead)
    before = cookie(browser)
    walk = Walk(browser)
    walk.get("/account/step-up")
    walk.post("/account/step-up", password=doors.PASSWORD, code=doors.code(cellar, secret))
    after = cookie(browser)
    assert after != before
    put(browser, before)
    assert browser.get("/desk/").status_code == 303
    assert cookie(client(app, cellar, people.lead)) != after


@pytest.mark.parametrize(("who", "minutes"), [("clerk", 60), ("lead", 30)])
def test_an_idle_session_ends(app: Flask, cellar: Cellar, people: Cast, clock: Clock, who: str, minutes: int) -> None:
    browser = client(app, cellar, getattr(people, who))
    clock.forward(minutes=minutes - 1)
    assert browser.get("/account/").status_code == 200
    clock.forward(minutes=minutes - 1)
    assert browser.get("/account/").status_code == 200, "being used keeps it alive"
    clock.forward(minutes=minutes + 1)
    assert browser.get("/account/").status_code == 303


def test_no_session_lives_longer_than_twelve_hours(app: Flask, cellar: Cellar, people: Cast, clock: Clock) -> None:
    browser = client(app, cellar, people.clerk)
    for _ in range(14):
        clock.forward(minutes=50)
        assert browser.get("/my/").status_code == 200
    clock.forward(minutes=21)
    assert browser.get("/my/").status_code == 303


def test_the_cookie_is_bound(cellar: Cellar, people: Cast) -> None:
    doors.equip(cellar, people.clerk)
    for url, prefix in (("https://portal.example.jp", "__Host-"), ("", "")):
        cellar.settings = replace(cellar.settings, url=url)
        browser = doors.walk(create_app(cellar))
        browser.client.get("/sign-in", base_url=url or None)
        doors.sign_in(browser, people.clerk.email)
        answer = browser.client.get("/", base_url=url or None)
        cookies = answer.headers.getlist("Set-Cookie")
        for line in cookies:
            assert "HttpOnly" in line and "SameSite=Lax" in line and "Path=/" in line, line
            assert line.startswith(prefix)
            assert ("Secure" in line) is bool(url), line


def test_one_sees_and_ends_ones_own_sessions_only(app: Flask, cellar: Cellar, people: Cast) -> None:
    here, there, foreign = (client(app, cellar, who) for who in (people.clerk, people.clerk, people.officer))
    with cellar.read() as rows:
        ids = {row.id: row.public_id for row in rows.scalars(sa.select(LoginSession))}
    walk = Walk(here)
    page = walk.get("/account/sessions")
    assert ids[2] in page and ids[3] not in page
    walk.post(f"/account/sessions/{ids[3]}/end", 404)
    walk.post(f"/account/sessions/{ids[2]}/end")
    assert [browser.get("/my/").status_code for browser in (here, there, foreign)] == [200, 303, 200]


def test_a_changed_password_ends_the_other_sessions(app: Flask, cellar: Cellar, people: Cast) -> None:
    doors.equip(cellar, people.clerk)
    here, there = (client(app, cellar, people.clerk) for _ in range(2))
    walk = Walk(here)
    assert walk.get("/account/security/password", 303) is not None
    walk.get("/account/step-up")
    assert walk.post("/account/step-up?next=/account/security/password",
                     password=doors.PASSWORD) == "/account/security/password"
    walk.get("/account/security/password")
    new = "another three words 二つ"
    walk.post("/account/security/password", 422, password=new, again=f"{new}!")
    walk.post("/account/security/password", 422, password="password1234", again="password1234")
    walk.post("/account/security/password", password=new, again=new)
    assert (here.get("/my/").status_code, there.get("/my/").status_code) == (200, 303)
    doors.sign_in(doors.walk(app), people.clerk.email, doors.PASSWORD, 422)
    doors.sign_in(doors.walk(app), people.clerk.email, new)
    assert any("パスワードが変更" in mail.subject for mail in doors.mails(cellar))


def test_what_one_may_changes_at_once(app: Flask, cellar: Cellar, people: Cast) -> None:
    browser = client(app, cellar, people.reviewer)
    assert browser.get("/desk/").status_code == 200
    actor = replace(people.administrator.actor, has_stepped_up=True)
    with cellar.work() as work:
        roles.take(work, actor, work.rows.get_one(Person, people.reviewer.person_id), Role.REVIEWER)
    assert browser.get("/desk/").status_code == 303
    clerk = client(app, cellar, people.clerk)
    with cellar.work() as work:
        leave.close(work, actor, work.rows.get_one(Person, people.clerk.person_id))
    assert clerk.get("/my/").status_code == 303
    with cellar.read() as rows:
        assert not credentials.fits(rows.get_one(Person, people.clerk.person_id), doors.PASSWORD)
        assert rows.scalar(sa.select(StaffRole.id).where(StaffRole.person_id == people.reviewer.person_id)) is None


def test_a_lost_session_keeps_the_form_for_its_person_only(app: Flask, cellar: Cellar, people: Cast, clock: Clock
                                                           ) -> None:
    public_id = flow.ask(cellar, people)
    doors.equip(cellar, people.clerk)
    walk = Walk(client(app, cellar, people.clerk))
    section = f"/my/attestations/{public_id}/sections/"
    with cellar.read() as rows:
        code = _first_section(rows, cellar, public_id)
    page = walk.get(section + code)
    question = page.partition('name="version" value="')[2].partition(":")[0]
    clock.forward(hours=2)
    fields = {"version": f"{question}:0", f"{question}.text": "yes", f"{question}.comment": "夜間を含みます。",
              "go": "stay"}
    led = walk.post(section + code, **fields)
    assert led.startswith("/sign-in?next=/account/kept/")
    ticket = led.partition("next=")[2]
    doors.equip(cellar, people.officer)
    other = doors.walk(app)
    doors.sign_in(other, people.officer.email)
    other.get(ticket, 404)
    doors.sign_in(walk, people.clerk.email, after=ticket)
    back = walk.get(ticket)
    assert "夜間を含みます。" in back and "csrf_token" in back
    walk.post(section + code, **fields)
    with cellar.read() as rows:
        saved = rows.scalars(sa.select(Answer.comment).where(Answer.question == question)).one()
    assert saved == "夜間を含みます。"


def _first_section(rows: attest.Work, cellar: Cellar, public_id: str) -> str:
    return flow.template_of(cellar, public_id).questions[0].section


def test_a_kept_form_holds_no_password_and_ends_after_an_hour(app: Flask, cellar: Cellar, people: Cast, clock: Clock
                                                              ) -> None:
    walk = Walk(client(app, cellar, people.clerk))
    walk.get("/account/")
    clock.forward(hours=2)
    led = walk.post("/account/", name="担当", password="secret words", code="123456")
    with cellar.read() as rows:
        kept = rows.scalars(sa.select(KeptForm)).one()
    assert ["name", "担当"] in kept.fields
    assert not {"password", "code", "csrf_token"} & {name for name, _ in kept.fields}
    clock.forward(seconds=LASTS.total_seconds() + 1)
    signed = Walk(client(app, cellar, people.clerk))
    signed.get(led.partition("next=")[2], 404)


def test_a_script_without_a_session_is_told_so(app: Flask, cellar: Cellar, people: Cast, clock: Clock) -> None:
    walk = Walk(client(app, cellar, people.clerk))
    walk.get("/my/")
    clock.forward(hours=2)
    answer = walk.client.post("/my/attestations/x/sections/y", data={"csrf_token": walk.token},
                              headers={"X-Requested-With": "autosave"})
    assert (answer.status_code, answer.is_json) == (401, True)
    with cellar.read() as rows:
        assert rows.scalars(sa.select(KeptForm)).all() == []


def test_a_person_without_a_place_is_told_so(app: Flask, cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        person = people_add(work)
        credentials.set_password(work, SYSTEM, person, doors.PASSWORD)
    browser = doors.walk(app)
    assert doors.sign_in(browser, "former@example.jp") == "/"
    assert "所属がありません" in browser.get("/")


def people_add(work: attest.Work) -> Person:
    """Somebody who has an account and nothing else."""
    return people.add(work, SYSTEM, people.NewPerson("former@example.jp", "前任 六子"))
