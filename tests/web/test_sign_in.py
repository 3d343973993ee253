"""Sign-in: the same answer for known and unknown, limits that lock nobody out, factors that serve once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from portal.actions import credentials, people
from portal.core.actor import SYSTEM, Role
from portal.models import LoginSession, Party, Person
from portal.settings import Settings
from portal.store.cellar import Cellar, open_cellar
from portal.store.tries import Tries
from portal.web.factory import create_app
from tests.cast import Cast, client
from tests.conftest import Clock
from tests.web import doors

NOW = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
TOKEN = re.compile(r'name="csrf_token"[^>]*value="[^"]*"')


def test_the_answer_tells_nothing_of_the_person(app: Flask, cellar: Cellar, people: Cast) -> None:
    doors.equip(cellar, people.clerk)
    told = []
    for address in (people.clerk.email, "nobody@example.jp", people.officer.email):
        page = doors.sign_in(doors.walk(app), address, "wrong", 422)
        told.append(TOKEN.sub("", page).replace(address, ""))
    assert told[0] == told[1] == told[2]


def test_an_unknown_address_costs_the_same_work(cellar: Cellar, people: Cast) -> None:
    doors.equip(cellar, people.clerk)
    with cellar.read() as rows:
        known = rows.get_one(Person, people.clerk.person_id)
    for person in (known, None):
        spent = [_timed(person) for _ in range(5)]
        assert min(spent) > 0.005, "argon2 ran"
    assert credentials.HASHER.check_needs_rehash(known.password_hash) is False
    assert known.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def _timed(person: Person | None) -> float:
    begun = datetime.now(UTC)
    assert not credentials.fits(person, "wrong")
    return (datetime.now(UTC) - begun).total_seconds()


def test_ten_tries_and_the_victim_still_gets_in(app: Flask, cellar: Cellar, people: Cast) -> None:
    doors.equip(cellar, people.clerk)
    with time_machine.travel(NOW, tick=False) as time:
        thief = doors.walk(app, "192.0.2.7")
        for _ in range(10):
            doors.sign_in(thief, people.clerk.email, "wrong", 422)
        answer = doors.sign_in(thief, people.clerk.email, doors.PASSWORD, 429)
        assert "5分後" in answer
        doors.sign_in(doors.walk(app, "192.0.2.8"), people.clerk.email)
        time.move_to(NOW + timedelta(minutes=6))
        doors.sign_in(thief, people.clerk.email)


def test_a_success_forgets_the_tries(app: Flask, cellar: Cellar, people: Cast) -> None:
    doors.equip(cellar, people.clerk)
    with time_machine.travel(NOW, tick=False):
        for _ in range(3):
            for _ in range(9):
                doors.sign_in(doors.walk(app), people.clerk.email, "wrong", 422)
            assert doors.sign_in(doors.walk(app), people.clerk.email) == "/my/"


def test_tries_are_counted_exactly_from_many_hands(cellar: Cellar) -> None:
    counters = [Tries(cellar.engine) for _ in range(4)]
    with time_machine.travel(NOW, tick=False):
        waits = [counters[number % 4].wait("sign_in", "a@example.jp", "192.0.2.1") for number in range(12)]
    assert [bool(wait) for wait in waits] == [False] * 10 + [True] * 2


def test_tries_are_counted_exactly_at_the_same_moment(cellar: Cellar) -> None:
    counters = [Tries(cellar.engine) for _ in range(8)]
    with ThreadPoolExecutor(8) as hands:
        waits = list(hands.map(lambda one: one.wait("sign_in", "b@example.jp", "192.0.2.1"), counters * 4))
    assert sum(wait == 0 for wait in waits) == 10


def test_a_code_of_the_app_serves_once(app: Flask, cellar: Cellar, people: Cast, clock: Clock) -> None:
    secret = doors.equip(cellar, people.clerk, factor=True)
    code = doors.code(cellar, secret)
    first, second = doors.walk(app), doors.walk(app)
    for browser in (first, second):
        assert doors.sign_in(browser, people.clerk.email).startswith("/sign-in/code")
        browser.get("/sign-in/code")
    assert first.post("/sign-in/code", code=code) == "/my/"
    second.post("/sign-in/code", 422, code=code)
    clock.forward(seconds=30)
    assert second.post("/sign-in/code", code=doors.code(cellar, secret)) == "/my/"


def test_a_recovery_code_serves_once(app: Flask, cellar: Cellar, people: Cast) -> None:
    secret = doors.equip(cellar, people.clerk)
    with cellar.work() as work:
        secret = credentials.new_secret()
        person = work.rows.get_one(Person, people.clerk.person_id)
        codes = credentials.enrol(work, people.clerk.actor, person, secret, doors.code(cellar, secret))
    assert len(set(codes)) == 10
    for expect, told in ((303, "/my/"), (422, "コードが一致しません")):
        browser = doors.walk(app)
        doors.sign_in(browser, people.clerk.email)
        browser.get("/sign-in/code")
        assert told in browser.post("/sign-in/code", expect, code=codes[0].upper())


def test_five_wrong_codes_and_it_waits(app: Flask, cellar: Cellar, people: Cast) -> None:
    secret = doors.equip(cellar, people.clerk, factor=True)
    with time_machine.travel(NOW, tick=False):
        browser = doors.walk(app)
        doors.sign_in(browser, people.clerk.email)
        browser.get("/sign-in/code")
        for _ in range(5):
            browser.post("/sign-in/code", 422, code="000000")
        assert "5分後" in browser.post("/sign-in/code", 429, code=doors.code(cellar, secret))


def test_no_page_leads_around_the_second_factor(app: Flask, cellar: Cellar, people: Cast) -> None:
    doors.equip(cellar, people.clerk, factor=True)
    with cellar.work() as work:
        person = work.rows.get_one(Person, people.clerk.person_id)
        other = work.rows.get_one(Party, people.other.id)
        _join(work, person, other)
    browser = doors.walk(app)
    doors.sign_in(browser, people.clerk.email)
    browser.get("/sign-in/place", 404)
    browser.post("/sign-in/place", 404, place=people.party.public_id)
    assert "/sign-in?next=/my/" in browser.get("/my/", 303)


def _join(work: people.Work, person: Person, party: Party) -> None:
    people.join(work, SYSTEM, person, people.Place(party, Role.CLERK))


def test_staff_without_a_second_factor_must_set_one_up(app: Flask, cellar: Cellar, people: Cast) -> None:
    doors.equip(cellar, people.lead)
    browser = doors.walk(app)
    doors.sign_in(browser, people.lead.email)
    assert browser.get("/desk/", 303) is not None
    page = browser.get("/account/security/second-factor?next=/desk/")
    sealed = re.search(r'name="sealed"[^>]*value="([^"]+)"', page)
    secret = re.search(r'<code class="code">([A-Z2-7 ]+)</code>', page)
    assert sealed and secret
    plain = secret[1].replace(" ", "")
    browser.post("/account/security/second-factor?next=/desk/", 422, sealed=sealed[1], code="000000")
    codes = browser.post("/account/security/second-factor?next=/desk/", 200, sealed=sealed[1],
                         code=doors.code(cellar, plain))
    assert codes.count("<li>") >= 10 and 'href="/desk/"' in codes
    browser.get("/desk/")


def test_a_person_of_two_places_chooses_and_may_move(app: Flask, cellar: Cellar, people: Cast) -> None:
    doors.equip(cellar, people.clerk)
    with cellar.work() as work:
        _join(work, work.rows.get_one(Person, people.clerk.person_id), work.rows.get_one(Party, people.other.id))
    browser = doors.walk(app)
    assert doors.sign_in(browser, people.clerk.email).startswith("/sign-in/place")
    browser.get("/sign-in/place")
    browser.post("/sign-in/place", place=people.other.public_id)
    assert "例示システム" in browser.get("/my/")
    browser.get("/account/place")
    browser.post("/account/place", place=people.party.public_id)
    assert "見本検査センター" in browser.get("/my/")
    browser.post("/account/place", 404, place="0" * 26)


def test_only_a_path_of_this_site_is_gone_on_to(app: Flask, cellar: Cellar, people: Cast) -> None:
    doors.equip(cellar, people.clerk)
    for target in ("//evil.example/", "https://evil.example/", "/%5Cevil.example"):
        assert doors.sign_in(doors.walk(app), people.clerk.email, after=target) in ("/", "/my/")


def test_a_demo_is_entered_by_one_click_on_a_demo_only(settings: Settings, clock: Clock) -> None:
    for demo, expect in (("yes", 303), ("no", 404)):
        cellar = open_cellar(Settings(home=settings.home, database_url=settings.database_url, demo=demo), clock)
        with cellar.work() as work:
            person = people.add(work, SYSTEM, people.NewPerson(f"{demo}@example.jp", "見本 五子", is_demo=True))
            people.grant(work, SYSTEM, person, Role.REVIEWER)
            who = person.public_id
        browser = doors.walk(create_app(cellar))
        page = browser.get("/sign-in")
        assert ("見本 五子" in page) is (demo == "yes")
        browser.post("/sign-in/demo", expect, person=who)
        cellar.engine.dispose()


@pytest.mark.parametrize("password", ["password123456", "clerk-20261125!!", "ｐａｓｓｗｏｒｄ９９９９",
                                      "aaaabbbbcccc1111", "短い"])
def test_an_easy_password_is_refused(cellar: Cellar, people: Cast, password: str) -> None:
    with pytest.raises(credentials.Incomplete), cellar.work() as work:
        person = work.rows.get_one(Person, people.clerk.person_id)
        credentials.set_password(work, people.clerk.actor, person, password)


def test_full_width_and_half_width_are_one_password(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        person = work.rows.get_one(Person, people.clerk.person_id)
        credentials.set_password(work, people.clerk.actor, person, "Ｔａｎｕｋｉ mochi teapot ")
        assert credentials.fits(person, "Tanuki mochi teapot ")
        assert not credentials.fits(person, "Tanuki mochi teapot"), "nothing is trimmed"


def test_a_new_device_is_told_once(app: Flask, cellar: Cellar, people: Cast) -> None:
    doors.equip(cellar, people.clerk)
    first, second = doors.walk(app), doors.walk(app)
    for browser in (first, first, second, second):
        doors.sign_in(browser, people.clerk.email)
    told = [mail for mail in doors.mails(cellar) if "新しい端末" in mail.subject]
    assert [mail.to for mail in told] == [people.clerk.email]


def test_the_table_of_sessions_holds_no_secret(app: Flask, cellar: Cellar, people: Cast) -> None:
    browser = client(app, cellar, people.clerk)
    with browser.session_transaction() as cookie:
        secret = cookie["_user_id"]
    assert len(secret) >= 43, "256 bits"
    with cellar.read() as rows:
        kept = [value for row in rows.execute(sa.select(LoginSession.__table__)) for value in row]
    assert secret not in kept
