"""Editions by forms: loaded, marked and confirmed by two people; what was typed is kept; the gap questionnaire."""

import io
import re
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from portal.actions import checklists, contracts, editions
from portal.actions import people as acts
from portal.core.actor import SYSTEM
from portal.models import Edition, Party, Round, StaffRole
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.actions.test_editions import FIRST, NOTE, SECOND, kept, loaded, second
from tests.actions.test_gap import SAFETY, amended, of
from tests.cast import Cast, Member, client
from tests.conftest import Clock
from tests.test_commands import ask
from tests.web.walk import TOKEN, Walk

PLACE = "/desk/policy/editions"
WORDS = {
    "ja": {"again": "同じ内容", "waits": "確認待ち", "force": "適用中", "marks": "この言語でも",
           "nobody": "依頼する相手先はありません", "left": "この版について依頼済み", "early": "直前の版",
           "meanwhile": "他の利用者がこの版を更新", "pdf": "テキストファイルではありません"},
    "en": {"again": "kept as an edition already", "waits": "Awaiting a second person", "force": "In force",
           "marks": "in this language too", "nobody": "There is nobody to ask", "left": "Asked for this edition",
           "early": "after the one from which the last edition applies", "meanwhile": "Somebody marked this edition",
           "pdf": "no plain text"},
}


def hand_in(browser: FlaskClient, name: str, day: str, content: bytes) -> tuple[int, str]:
    """Send the form with a file; gives the status and the page, or where it leads."""
    token = TOKEN.search(browser.get(f"{PLACE}/new").text)
    told = browser.post(f"{PLACE}/new", data={
        "csrf_token": token[1] if token else "", "name": name, "valid_from": day,
        "file": (io.BytesIO(content), "policy.txt")})
    return told.status_code, unescape(told.headers.get("Location") or told.text)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_edition_by_two_people(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    with cellar.work() as work:
        for who in (people.administrator, people.approver):
            acts.choose_language(work, who.actor, language)
    words, browser = WORDS[language], client(app, cellar, people.administrator)
    admin, approver = Walk(browser), Walk(client(app, cellar, people.approver))
    status, page = hand_in(browser, "決裁第12号", "", FIRST.encode())
    assert status == 422 and "決裁第12号" in page
    status, page = hand_in(browser, "決裁第12号", "2026-04-01", b"%PDF-1.7\n\x00\xff\xfe")
    assert status == 422 and words["pdf"] in page and "2026-04-01" in page
    status, place = hand_in(browser, "決裁第12号", "2026-04-01", FIRST.encode())
    assert status == 303 and words["waits"] in approver.get(place)
    assert f"{place}/confirm" not in admin.get(place), "who loaded it does not confirm it"
    admin.post(f"{place}/confirm", 403)
    page = admin.post(f"{place}/marks", 422, changed=["II.9"], note_ja="安全管理措置", note_en="")
    assert words["marks"] in unescape(page) and "安全管理措置" in page
    admin.post(f"{place}/marks", changed=["II.9"], note_ja="安全管理措置", note_en="Safety")
    page = admin.post(f"{place}/marks", 409, version="1", changed=["II.10"], note_ja="別の変更", note_en="Mine")
    assert words["meanwhile"] in page and "別の変更" in page and "安全管理措置" in page
    approver.post(f"{place}/wonder", 404)
    approver.post(f"{place}/refuse", 422, reason=" ")
    said = {"ja": "安全管理措置", "en": "Safety"}[language]
    assert said in approver.post(f"{place}/confirm", 409, version="1", reason=""), "it was marked since"
    approver.post(f"{place}/confirm")
    assert words["force"] in approver.get(place) and words["force"] in approver.get(PLACE)
    assert "We keep data safe." in approver.get(f"{place}/text")
    assert words["again"] in hand_in(browser, "決裁第13号", "2026-05-01", FIRST.encode())[1]
    assert words["early"] in hand_in(browser, "決裁第13号", "2026-03-31", SECOND.encode())[1]
    after = hand_in(browser, "決裁第13号", "2026-05-01", SECOND.encode())[1]
    compared = unescape(admin.get(f"{after}/text"))
    assert "We keep data safe and lock it." in compared and "決裁第12号" in compared


def test_the_law_table_is_kept_once(app: Flask, cellar: Cellar, people: Cast) -> None:
    admin = Walk(client(app, cellar, people.administrator))
    assert "版として登録" in admin.get(PLACE)
    admin.post(f"{PLACE}/table")
    with cellar.read() as rows:
        row = rows.scalars(sa.select(Edition)).one()
    assert row.kind == "law" and "版として登録済み" in admin.get(PLACE)
    admin.post(f"{PLACE}/table")
    admin.get(f"{PLACE}/{row.public_id}/text", 404)
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count(Edition.id))) == 1


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_gap_questionnaire_is_seen_then_sent(app: Flask, cellar: Cellar, people: Cast, clock: Clock,
                                                 language: str) -> None:
    with cellar.work() as work:
        acts.choose_language(work, people.lead.actor, language)
    flow.signed_off(cellar, people, "LAB")
    flow.ask(cellar, of(people), "LAB")
    edition = amended(cellar, people, clock)
    with cellar.read() as rows:
        place = f"{PLACE}/{rows.get_one(Edition, edition).public_id}"
    words, lead = WORDS[language], Walk(client(app, cellar, people.lead))
    page = unescape(lead.get(f"{place}/gap"))
    name, other = people.party.name(language), people.other.name(language)
    assert name in page and other not in page and "POL" not in page
    touched = [row.id for row in cellar.catalogue.templates["LAB"].questions if "POL-II-9" in row.clauses]
    assert all(f"{id}</th>" in page for id in touched)
    typed = lead.post(f"{place}/gap", 422, title="", due_on="2026-12-18", note="ご確認ください")
    assert "ご確認ください" in typed
    lead.post(f"{place}/gap", 422, title="差分点検", due_on="2026-11-01", note="")
    lead.post(f"{place}/gap", title="差分点検", due_on="2026-12-18", note=SAFETY.note_ja)
    with cellar.read() as rows:
        sent = rows.scalars(sa.select(Round)).one().public_id
    assert sent in lead.get(place)
    page = unescape(lead.get(f"{place}/gap"))
    assert words["nobody"] in page and name not in page
    page = lead.get(f"{place}/gap?view=asked")
    assert words["left"] in page and name in page
    lead.post(f"{place}/gap", 422, title="差分点検", due_on="2026-12-18")
    Walk(client(app, cellar, people.administrator)).get(f"{place}/gap", 403)
    assert client(app, cellar, people.clerk).get(place).status_code == 404


@pytest.mark.parametrize("language", ["ja", "en"])
def test_parties_are_shown_by_kind_of_engagement(app: Flask, cellar: Cellar, people: Cast, clock: Clock,
                                                 language: str) -> None:
    with cellar.work() as work:
        acts.choose_language(work, people.lead.actor, language)
        checklists.publish(work, SYSTEM, work.catalogue.templates["LAB"])
        contracts.engage(work, people.lead.actor, work.rows.get_one(Party, people.party.id), "entrustment")
    edition = amended(cellar, people, clock)
    with cellar.read() as rows:
        place = f"{PLACE}/{rows.get_one(Edition, edition).public_id}"
    lead, name = Walk(client(app, cellar, people.lead)), people.party.name(language)
    assert name not in unescape(lead.get(f"{place}/gap")), "it has no accepted answers"
    page = unescape(lead.get(f"{place}/gap?view=kind"))
    assert name in page and people.other.name(language) not in page and "LAB-04" in page
    lead.post(f"{place}/gap", title="差分点検", due_on="2026-12-18", note="")
    assert name not in unescape(lead.get(f"{place}/gap?view=kind"))


def test_a_sign_off_shows_its_edition(app: Flask, cellar: Cellar, people: Cast) -> None:
    edition = kept(cellar, people, loaded())
    signed = flow.signed_off(cellar, people, "LAB")
    with cellar.read() as rows:
        place = f"{PLACE}/{rows.get_one(Edition, edition).public_id}"
    approver = Walk(client(app, cellar, people.approver))
    assert place in approver.get(f"/desk/approvals/{signed}")
    assert flow.find(cellar, signed).number in approver.get(place)


def test_the_command_line_lists_them(cellar: Cellar, people: Cast) -> None:
    kept(cellar, people, loaded())
    told = ask("editions", PORTAL_HOME=str(cellar.settings.home), PORTAL_DATABASE_URL=cellar.settings.database)
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["policy", "law"]
    assert "[in_force]" in lines[0] and cellar.catalogue.digests["legal_rules.toml"] in lines[1]


def test_a_refused_decision_leaves_the_marks_in_their_form(app: Flask, cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        row, other = editions.load(work, people.administrator.actor, loaded()), second(work)
        editions.mark(work, people.administrator.actor, row, NOTE)
        work.rows.add(StaffRole(person_id=other.person_id, role="administrator", granted_at=work.now()))
        place = f"{PLACE}/{row.public_id}"
    page = Walk(client(app, cellar, Member(other.person_id, "", other))).post(f"{place}/refuse", 422, reason=" ")
    box = re.search(r'<input[^>]*value="II.9"[^>]*>', page)
    assert box and "checked" in box[0] and f"{NOTE.note_ja}</textarea>" in page
    assert re.search(r'name="version"[^>]*value="\d+"', page)
