"""The administrators' pages: who may open them, what they show, and that nothing secret is among it."""

import ast
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import people as acts
from portal.core import acts as words
from portal.core import predicates
from portal.core.actor import SYSTEM, Role
from portal.core.policy import Permission
from portal.core.rights import CONDITIONS, PERMISSIONS, ROLES
from portal.core.workflow import Move
from portal.jobs import runner
from portal.jobs.kinds import KINDS
from portal.models import Base, Job, LedgerEntry, Mail, Membership, Person, StaffRole, Token
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, Member, client
from tests.house import Source, dotted, portal_files
from tests.web import doors
from tests.web.walk import Walk

PAGES = ("/admin/", "/admin/people", "/admin/people/invite", "/admin/outbox", "/admin/jobs", "/admin/log",
         "/admin/system")


def enter(app: Flask, cellar: Cellar, member: Member, *, prove: bool = True) -> Walk:
    """A browser of one of the cast who has just proved who they are."""
    secret = doors.equip(cellar, member, factor=True)
    walk = Walk(client(app, cellar, member))
    if prove:
        walk.get("/account/step-up")
        walk.post("/account/step-up", password=doors.PASSWORD, code=doors.code(cellar, secret))
    return walk


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_opens_for_an_administrator(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    flow.ask(cellar, people)
    with cellar.work() as work:
        acts.choose_language(work, people.administrator.actor, language)
    walk = enter(app, cellar, people.administrator)
    for page in PAGES:
        assert "<h1>" in walk.get(page)


def test_a_lead_sees_mails_and_ledger_only(app: Flask, cellar: Cellar, people: Cast) -> None:
    walk = Walk(client(app, cellar, people.lead))
    seen = {page: walk.client.get(page).status_code for page in PAGES}
    assert {page for page, status in seen.items() if status == 200} == {"/admin/", "/admin/outbox", "/admin/log"}
    assert set(seen.values()) == {200, 403}


def test_a_role_is_given_by_two(app: Flask, cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        second = acts.add(work, SYSTEM, acts.NewPerson("second@example.jp", "管理 五郎"))
        acts.grant(work, SYSTEM, second, Role.ADMINISTRATOR)
        person = work.rows.get_one(Person, people.reviewer.person_id)
        who, address = person.public_id, f"/admin/people/{person.public_id}"
        other = Member(second.id, second.email, people.administrator.actor)
    first = enter(app, cellar, people.administrator, prove=False)
    first.get(address)
    kept = first.post(f"{address}/roles", role="approver")
    assert kept.startswith("/account/step-up?ticket=")
    first = enter(app, cellar, people.administrator)
    assert "審査者" in first.get(address)
    first.post(f"{address}/roles", role="approver")
    page = first.get("/admin/people")
    assert "申請を取り下げる" in page and "確認して付与する" not in page
    proposal = page.partition("/admin/proposals/")[2].partition("/")[0]
    first.post(f"/admin/proposals/{proposal}/confirm", 403)
    walk = enter(app, cellar, other)
    assert "確認して付与する" in walk.get("/admin/people")
    walk.post(f"/admin/proposals/{proposal}/confirm")
    walk.post(f"{address}/roles/reviewer/take")
    walk.post(f"{address}/roles", 404, role="system")
    with cellar.read() as rows:
        held = set(rows.scalars(sa.select(StaffRole.role).where(StaffRole.person_id == people.reviewer.person_id)))
    assert held == {"approver"}
    assert sum(mail.to == people.reviewer.email for mail in doors.mails(cellar)) == 2
    assert walk.get(f"/admin/people?q={who}") and "該当" not in walk.get("/admin/people?q=審査")


def test_staff_are_invited_and_the_account_is_closed(app: Flask, cellar: Cellar, people: Cast) -> None:
    walk = enter(app, cellar, people.administrator)
    form = {"email": "r@example.jp", "name": "新任 審査", "role": "reviewer", "language": "ja"}
    walk.get("/admin/people/invite")
    walk.post("/admin/people/invite", 422, **{**form, "email": "nowhere"})
    walk.post("/admin/people/invite", 422, **{**form, "role": "approver"})
    walk.post("/admin/people/invite", **form)
    first = doors.mails(cellar)[-1]
    page = walk.get("/admin/people")
    invitation = page.partition("/admin/invitations/")[2].partition("/")[0]
    walk.post(f"/admin/invitations/{invitation}/resend")
    second = doors.mails(cellar)[-1]
    assert (first.to, second.to) == ("r@example.jp", "r@example.jp") and first.code != second.code
    newcomer = doors.walk(app)
    newcomer.get(f"/invitation/{second.code}")
    answers = {"name": "新任 審査", "language": "ja", "password": doors.PASSWORD, "again": doors.PASSWORD}
    assert newcomer.post(f"/invitation/{second.code}", **answers).endswith("second-factor?next=/desk/")
    assert "/account/security/second-factor" in newcomer.get("/desk/", 303)
    with cellar.read() as rows:
        who = rows.scalars(sa.select(Person.public_id).where(Person.email == "r@example.jp")).one()
    for act in ("sign-out", "lost-factor", "close", "reopen"):
        walk.post(f"/admin/people/{who}/{act}")
    assert newcomer.client.get("/account/").status_code == 303


def test_mails_and_jobs_that_failed_are_tried_again(app: Flask, cellar: Cellar, people: Cast) -> None:
    flow.ask(cellar, people)
    runner.drain(cellar, KINDS)
    with cellar.work() as work:
        mail = work.rows.scalars(sa.select(Mail).limit(1)).one()
        mail.status, mail.error = "bounced", "550 no such user"
        job = work.rows.scalars(sa.select(Job).limit(1)).one()
        job.status = "failed"
        ids = mail.public_id, job.public_id
    walk = enter(app, cellar, people.administrator)
    assert "550 no such user" in walk.get(f"/admin/outbox/{ids[0]}")
    walk.get("/admin/outbox?state=bounced&q=example")
    walk.get("/admin/jobs?state=failed")
    walk.post(f"/admin/outbox/{ids[0]}/again")
    walk.post(f"/admin/jobs/{ids[1]}/again")
    walk.post(f"/admin/jobs/{ids[1]}/again", 409)
    runner.drain(cellar, KINDS)
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Mail.status).where(Mail.public_id == ids[0])).one() == "sent"
        assert rows.scalars(sa.select(Job.status).where(Job.public_id == ids[1])).one() == "done"


def test_the_ledger_is_checked_and_a_change_is_told(app: Flask, cellar: Cellar, people: Cast) -> None:
    walk = enter(app, cellar, people.administrator)
    walk.get("/admin/log?before=5")
    for told in ("改変はありません", "改変が見つかりました"):
        walk.post("/admin/log/verify")
        runner.drain(cellar, KINDS)
        assert told in walk.get("/admin/log")
        _forge(cellar)


def _forge(cellar: Cellar) -> None:
    """Change an entry behind the triggers, as somebody with the database could."""
    with cellar.engine.begin() as connection:
        on = " ON ledger_entry" if cellar.engine.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS ledger_entry_update{on}")
        connection.execute(sa.update(LedgerEntry).where(LedgerEntry.id == 3).values(person_id=99))


def test_the_officer_invites_and_ends(app: Flask, cellar: Cellar, people: Cast) -> None:
    officer, clerk = (Walk(client(app, cellar, who)) for who in (people.officer, people.clerk))
    form = {"email": "new@example.jp", "name": "新任 七子", "title": "主任", "role": "clerk", "language": "en"}
    officer.get("/my/people")
    assert "招待メールを送る" not in clerk.get("/my/people")
    clerk.post("/my/people", 403, **form)
    officer.post("/my/people", 422, **{**form, "email": ""})
    officer.post("/my/people", 422, **{**form, "email": "nowhere"})
    officer.post("/my/people", **form)
    assert doors.mails(cellar)[-1].subject.startswith("[Handling portal] Please set up your account")
    page = officer.get("/my/people")
    assert "新任 七子" in page
    row = page.partition("/my/people/invitations/")[2].partition("/")[0]
    stranger = Walk(client(app, cellar, people.stranger))
    stranger.get("/my/people")
    stranger.post(f"/my/people/invitations/{row}/withdraw", 404)
    officer.post(f"/my/people/invitations/{row}/resend")
    officer.post(f"/my/people/invitations/{row}/withdraw")
    with cellar.read() as rows:
        ids = {person.id: person.public_id for person in rows.scalars(sa.select(Person))}
        assert rows.scalars(sa.select(Token)).all() == []
    stranger.post(f"/my/people/{ids[people.clerk.person_id]}/end", 404)
    officer.post(f"/my/people/{ids[people.officer.person_id]}/end")
    assert "唯一の責任者" in officer.get("/my/people")
    officer.post(f"/my/people/{ids[people.clerk.person_id]}/end")
    assert clerk.client.get("/my/").status_code == 303
    assert "1名のみ" in officer.get("/my/people")
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Membership.is_active).where(
            Membership.person_id == people.clerk.person_id)).one() is False


def test_the_lead_invites_the_first_person_of_a_party(app: Flask, cellar: Cellar, people: Cast) -> None:
    walk, reviewer = (Walk(client(app, cellar, who)) for who in (people.lead, people.reviewer))
    address = f"/desk/parties/{people.other.public_id}/people"
    form = {"email": "first@example.jp", "name": "初任 八子", "title": "", "role": "officer", "language": "ja"}
    walk.get(address)
    walk.post(address, **form)
    assert doors.mails(cellar)[-1].to == "first@example.jp"
    assert "初任 八子" in reviewer.get(address)
    reviewer.post(address, 403, **form)
    walk.get(f"/desk/parties/{'0' * 26}/people", 404)


def test_the_system_page_shows_no_secret(app: Flask, cellar: Cellar, people: Cast) -> None:
    page = enter(app, cellar, people.administrator).get("/admin/system")
    assert cellar.settings.database_url not in page
    assert "PORTAL_DATABASE_URL" in page and "設定あり" in page


def test_every_permission_and_condition_has_its_words() -> None:
    asked = {name for name in vars(predicates) if name.startswith(("is_", "did_", "has_", "belongs_"))}
    assert set(Permission) - set(PERMISSIONS) == set()
    assert asked - ROLES - set(CONDITIONS) == set()


def test_every_act_of_the_ledger_has_its_words() -> None:
    said = {word for source in portal_files() for word in noted(source)} | {move.value for move in Move}
    assert {"requested", "renewed", "amended", "sign_off"} <= said, "the reading of the sources works"
    assert sorted(said - set(words.DONE)) == []
    assert set(words.NOUNS) - set(Base.metadata.tables) == set()
    assert sorted(set(KINDS) - set(words.KINDS)) == []
    assert words.act("attestation.submit").ja == "点検票の回答：証明・提出"


def noted(source: Source) -> Iterator[str]:
    """The events that a file notes, also those chosen between two."""
    for call in source.nodes(ast.Call):
        if isinstance(call, ast.Call) and dotted(call.func) == "record.note":
            event = call.args[3]
            given = [event.body, event.orelse] if isinstance(event, ast.IfExp) else [event]
            yield from (str(one.value) for one in given if isinstance(one, ast.Constant))
