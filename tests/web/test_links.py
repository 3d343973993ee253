"""Mailed links: no authority by GET, one use, one purpose, a short life, and no code kept in the outbox."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import invite, leave, people, reset, roles
from portal.core.actor import SYSTEM, Role
from portal.core.errors import Incomplete, NeedsStepUp, NotAllowed, NotFound, NotNow
from portal.core.workflow import Move
from portal.models import Mail, Membership, Party, Person, RoleGrant, StaffRole, Token
from portal.store.cellar import Cellar
from tests.cast import Cast, client
from tests.conftest import Clock
from tests.web import doors
from tests.web.walk import Walk

FORM = {"name": "新任 七子", "language": "ja", "password": doors.PASSWORD, "again": doors.PASSWORD}


def invited(cellar: Cellar, cast: Cast, email: str = "new@example.jp") -> str:
    """Let the officer invite a clerk; gives the code out of the sent mail."""
    with cellar.work() as work:
        party = work.rows.get_one(Party, cast.party.id)
        invite.to_party(work, cast.officer.actor, party, invite.Guest(email, "新任 七子", Role.CLERK))
    return doors.mails(cellar)[-1].code


def test_an_invitation_makes_an_account_once(app: Flask, cellar: Cellar, people: Cast) -> None:
    code = invited(cellar, people)
    browser = doors.walk(app)
    for _ in range(2):
        assert "新任 七子" in browser.get(f"/invitation/{code}")
    with cellar.read() as rows:
        assert rows.scalar(sa.select(Person).where(Person.email == "new@example.jp")) is None, "looking does nothing"
    browser.post(f"/invitation/{code}", 422, **{**FORM, "password": "short", "again": "short"})
    browser.post(f"/invitation/{code}", 422, **{**FORM, "again": "other"})
    offered = browser.post(f"/invitation/{code}", **FORM)
    assert offered == "/account/security/second-factor?next=/my/"
    assert 'href="/my/"' in browser.get(offered)
    assert "見本検査センター" in browser.get("/my/")
    browser.get(f"/invitation/{code}", 404)
    doors.walk(app).get(f"/invitation/{code}", 404)
    doors.sign_in(doors.walk(app), "new@example.jp")


def test_an_invitation_ends_after_72_hours_and_when_sent_again(app: Flask, cellar: Cellar, people: Cast, clock: Clock
                                                               ) -> None:
    first = invited(cellar, people)
    clock.forward(hours=1)
    second = invited(cellar, people)
    browser = doors.walk(app)
    browser.get(f"/invitation/{first}", 404)
    clock.forward(hours=71)
    browser.get(f"/invitation/{second}")
    clock.forward(hours=2)
    browser.get(f"/invitation/{second}", 404)
    assert "使えません" in browser.post(f"/invitation/{second}", 404, **FORM)


def test_somebody_with_an_account_accepts_with_it(app: Flask, cellar: Cellar, people: Cast) -> None:
    code = invited(cellar, people, people.stranger.email)
    anonymous, other, right = (Walk(client(app, cellar, who)) for who in (None, people.lead, people.stranger))
    assert "/sign-in?next=" in anonymous.get(f"/invitation/{code}")
    other.get("/account/")
    other.post(f"/invitation/{code}/join", 404)
    right.get(f"/invitation/{code}")
    assert right.post(f"/invitation/{code}/join") == "/account/place"
    assert "見本検査センター" in right.get("/account/place")
    right.post(f"/invitation/{code}/join", 404)


def test_a_reset_works_once_and_keeps_the_second_factor(app: Flask, cellar: Cellar, people: Cast) -> None:
    secret = doors.equip(cellar, people.clerk, factor=True)
    old = client(app, cellar, people.clerk)
    browser = doors.walk(app)
    told = []
    for address in ("nobody@example.jp", people.clerk.email):
        browser.get("/sign-in/forgotten")
        told.append(browser.post("/sign-in/forgotten", 200, email=address).replace(address, ""))
    assert told[0] == told[1]
    sent = doors.mails(cellar)
    assert [mail.to for mail in sent] == [people.clerk.email]
    code, new = sent[0].code, "quite different words 四つ"
    browser.get(f"/invitation/{code}", 404)
    browser.get(f"/reset/{code}")
    assert old.get("/my/").status_code == 200, "looking does nothing"
    browser.post(f"/reset/{code}", 422, password="password12345", again="password12345")
    browser.post(f"/reset/{code}", password=new, again=new)
    browser.post(f"/reset/{code}", 404, password=new, again=new)
    assert old.get("/my/").status_code == 303
    doors.sign_in(browser, people.clerk.email, doors.PASSWORD, 422)
    assert doors.sign_in(browser, people.clerk.email, new).startswith("/sign-in/code")
    browser.get("/sign-in/code")
    browser.post("/sign-in/code", code=doors.code(cellar, secret))
    assert [mail.to for mail in doors.mails(cellar) if "再設定されました" in mail.subject] == [people.clerk.email]


def test_a_reset_ends_after_30_minutes(app: Flask, cellar: Cellar, people: Cast, clock: Clock) -> None:
    doors.equip(cellar, people.clerk)
    with cellar.work() as work:
        reset.ask(work, people.clerk.email)
    code = doors.mails(cellar)[-1].code
    clock.forward(minutes=29)
    doors.walk(app).get(f"/reset/{code}")
    clock.forward(minutes=2)
    assert "使えません" in doors.walk(app).get(f"/reset/{code}", 404)


def test_the_outbox_never_shows_a_code(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        party = work.rows.get_one(Party, people.party.id)
        invite.to_party(work, people.officer.actor, party, invite.Guest("new@example.jp", "新任", Role.CLERK))
    with cellar.read() as rows:
        waiting = rows.scalars(sa.select(Mail)).one()
    code = doors.mails(cellar)[-1].code
    with cellar.read() as rows:
        sent = rows.scalars(sa.select(Mail)).one()
        token = rows.scalars(sa.select(Token)).one()
    assert waiting.sealed and code not in waiting.sealed + waiting.body
    assert (sent.sealed, code in sent.body, code in token.token_hash) == ("", False, False)


def test_who_may_invite_whom(cellar: Cellar, people: Cast) -> None:
    guest = invite.Guest("new@example.jp", "新任", Role.CLERK)
    with cellar.work() as work:
        party, other = (work.rows.get_one(Party, one.id) for one in (people.party, people.other))
        for actor, place, refusal in ((people.clerk.actor, party, NotAllowed), (people.officer.actor, other, NotFound),
                                      (people.reviewer.actor, party, NotAllowed)):
            with pytest.raises(refusal):
                invite.to_party(work, actor, place, guest)
        with pytest.raises(NotAllowed):
            invite.to_staff(work, people.lead.actor, replace(guest, role=Role.REVIEWER))
        with pytest.raises(Incomplete):
            invite.to_staff(work, people.administrator.actor, replace(guest, role=Role.APPROVER))
        with pytest.raises(Incomplete):
            invite.to_party(work, people.officer.actor, party, replace(guest, role=Role.LEAD))
        for bad in ("no-address", "a@b@example.jp", "a b@example.jp", "a@example.jp\r\nBcc: x@example.jp"):
            with pytest.raises(Incomplete):
                invite.to_party(work, people.officer.actor, party, replace(guest, email=bad))


def test_an_approver_needs_two_administrators(cellar: Cellar, people: Cast) -> None:
    admin = replace(people.administrator.actor, has_stepped_up=True)
    with cellar.work() as work:
        person = work.rows.get_one(Person, people.lead.person_id)
        with pytest.raises(NeedsStepUp):
            roles.give(work, people.administrator.actor, person, Role.APPROVER)
        proposal = roles.give(work, admin, person, Role.APPROVER)
        assert proposal is not None
        with pytest.raises(NotAllowed):
            roles.decide(work, admin, proposal, Move.CONFIRM)
        second = _administrator(work)
        roles.decide(work, second, proposal, Move.CONFIRM)
        held = set(work.rows.scalars(sa.select(StaffRole.role).where(StaffRole.person_id == person.id)))
        with pytest.raises(NotNow):
            roles.decide(work, second, proposal, Move.CONFIRM)
    assert held == {"lead", "approver"}
    assert any("権限が追加" in mail.subject for mail in doors.mails(cellar))


def test_nobody_confirms_their_own_role(cellar: Cellar, people: Cast) -> None:
    admin = replace(people.administrator.actor, has_stepped_up=True)
    with cellar.work() as work:
        second = _administrator(work)
        proposal = roles.give(work, admin, work.rows.get_one(Person, second.person_id), Role.APPROVER)
        assert proposal is not None
        with pytest.raises(NotAllowed):
            roles.decide(work, second, proposal, Move.CONFIRM)
        roles.decide(work, second, proposal, Move.WITHDRAW)
        assert work.rows.get_one(RoleGrant, proposal.id).state == "withdrawn"


def _administrator(work: people.Work) -> people.Actor:
    person = people.add(work, SYSTEM, people.NewPerson("second@example.jp", "管理 五郎"))
    people.grant(work, SYSTEM, person, Role.ADMINISTRATOR)
    return people.Actor(person.id, person.name, frozenset({Role.ADMINISTRATOR}), has_stepped_up=True)


def test_the_last_ones_stay(cellar: Cellar, people: Cast) -> None:
    admin = replace(people.administrator.actor, has_stepped_up=True)
    with cellar.work() as work:
        person = work.rows.get_one(Person, people.administrator.person_id)
        with pytest.raises(Incomplete):
            roles.take(work, admin, person, Role.ADMINISTRATOR)
        with pytest.raises(Incomplete):
            leave.close(work, admin, person)
        officer = work.rows.scalars(sa.select(Membership).where(Membership.person_id == people.officer.person_id)).one()
        with pytest.raises(Incomplete):
            leave.party(work, people.officer.actor, officer)


def test_the_first_administrator_comes_by_the_console(app: Flask, cellar: Cellar) -> None:
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Person)).all() == [], "no account by default"
    with cellar.work() as work:
        code = people.first_code(work)
    form = {"name": "管理 一", "email": "first@example.jp", "language": "ja", "password": doors.PASSWORD,
            "again": doors.PASSWORD}
    browser = doors.walk(app)
    browser.get("/setup")
    browser.post("/setup", 422, setup_code="wrong", **form)
    browser.post("/setup", 422, setup_code=code, **{**form, "password": "admin1234567890", "again": "admin1234567890"})
    browser.post("/setup", setup_code=code, **form)
    browser.get("/desk/", 303)
    browser.get("/account/security/second-factor")
    again = doors.walk(app)
    again.get("/setup")
    again.post("/setup", 422, setup_code=code, **{**form, "email": "thief@example.jp"})
    with cellar.work() as work:
        people.first_code(work)
        person = people.add(work, SYSTEM, people.NewPerson("b@example.jp", "管理 二"))
        people.grant(work, SYSTEM, person, Role.ADMINISTRATOR)
        with pytest.raises(NotNow):
            people.first_code(work)
