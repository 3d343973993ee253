"""The portal's own pages in a real browser, as its people see them: no barrier, and words that save themselves."""

import threading
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from portal.actions import building, checklists
from portal.core.actor import SYSTEM
from portal.core.evidence.kinds import MIME, Kind
from portal.models import Answer, Verdict
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, Member, client
from tests.gallery import Quiet
from tests.sheets import books
from tests.ui.test_browser import barriers

Enter = Callable[[Member | None], Page]


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The application on a free port."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)


@pytest.fixture
def enter(browser: Browser, site: str, app: Flask, cellar: Cellar) -> Iterator[Enter]:
    """Opens a browser in which one of the cast has signed in; fails on what scripts or the policy complain of."""
    wrong: list[str] = []
    contexts = []

    def opened(member: Member | None) -> Page:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=site, reduced_motion="reduce")
        contexts.append(context)
        if member:
            cookie = client(app, cellar, member).get_cookie("portal")
            assert cookie is not None
            context.add_cookies([{"name": "portal", "value": cookie.value, "url": site}])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def first_section(page: Page, public_id: str) -> None:
    """Open the first section of a checklist by its link."""
    page.goto(f"/my/attestations/{public_id}")
    page.locator(".tasks a").first.click()
    expect(page.locator("form[data-autosave]")).to_be_visible()


def check(page: Page, path: str) -> None:
    """A page of the portal: answered, without barriers, on a laptop and at 320 px without sideways scrolling."""
    answer = page.goto(path)
    assert answer is not None and answer.status == 200, path
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert (path, barriers(page)) == (path, [])
    page.set_viewport_size({"width": 320, "height": 700})
    assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 320)
    page.set_viewport_size({"width": 1366, "height": 768})


def test_the_partys_pages(enter: Enter, cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    page = enter(people.clerk)
    first_section(page, public_id)
    section = page.url
    for path in ("/my/", f"/my/attestations/{public_id}", section, f"/my/attestations/{public_id}/check"):
        check(page, path)


def test_the_desks_pages(enter: Enter, cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    flow.taken(cellar, people, public_id)
    page = enter(people.reviewer)
    for path in ("/desk/", f"/desk/reviews/{public_id}", f"/desk/reviews/{public_id}/finish"):
        check(page, path)
    page.goto(f"/desk/reviews/{public_id}")
    assert page.evaluate("document.documentElement.scrollHeight") <= 768


def test_the_builders_pages(enter: Enter, cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        row = checklists.publish_library(work, SYSTEM)[0]
        draft = building.begin(work, people.lead.actor, row)
        building.remove_question(work, people.lead.actor, draft, "LAB-02")
    page, place = enter(people.lead), f"/desk/checklists/drafts/{draft.public_id}"
    for path in ("/desk/checklists/", f"/desk/checklists/{row.public_id}", f"/desk/checklists/{row.public_id}/preview",
                 "/desk/checklists/new", "/desk/checklists/take", place, f"{place}/head", f"{place}/questions/LAB-01",
                 f"{place}/questions/LAB-18", f"{place}/publish"):
        check(page, path)


def test_a_question_shows_what_fits_its_type(enter: Enter, cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        draft = building.begin(work, people.lead.actor, checklists.publish_library(work, SYSTEM)[0])
    page = enter(people.lead)
    page.goto(f"/desk/checklists/drafts/{draft.public_id}/questions/LAB-01")
    expect(page.locator("[name='choice.code.0']")).to_be_visible()
    expect(page.locator("[name='unit_ja']")).to_be_hidden()
    page.locator("[name=answer_type]").select_option("number")
    expect(page.locator("[name='choice.code.0']")).to_be_hidden()
    expect(page.locator("[name='unit_ja']")).to_be_visible()


def test_the_workbooks_pages(enter: Enter, cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    page = enter(people.clerk)
    page.goto(f"/my/attestations/{public_id}/workbook")
    rows = (["No.", "確認項目", "回答"], ["LAB-02", "登録", "○"], ["2", "ラベルを符号のみに限っていますか。", "なし"])
    page.locator("[name=file]").set_input_files(
        {"name": "点検.xlsx", "mimeType": MIME[Kind.XLSX], "buffer": books.sheet(*rows)})
    page.locator("form[enctype] button").click()
    page.wait_for_url("**/my/workbooks/*")
    for path in (f"/my/attestations/{public_id}/workbook", page.url):
        check(page, path)


def test_pages_for_anyone(enter: Enter) -> None:
    page = enter(None)
    for path in ("/", "/sign-in", "/privacy", "/accessibility"):
        check(page, path)


def test_an_answer_saves_itself(enter: Enter, cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    page = enter(people.clerk)
    first_section(page, public_id)
    comment = page.locator("textarea[name$='.comment']").first
    comment.fill("自動で残る言葉")
    expect(page.locator("[data-saved]")).to_contain_text("最終保存")
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Answer.comment)).all() == ["自動で残る言葉"]
    page.reload()
    assert comment.input_value() == "自動で残る言葉"


def test_two_people_never_overwrite_each_other(enter: Enter, cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    pages = [enter(people.clerk), enter(people.officer)]
    for page in pages:
        first_section(page, public_id)
    for page, words in zip(pages, ("先の文", "後の文"), strict=True):
        page.locator("textarea[name$='.comment']").first.fill(words)
        expect(page.locator("[data-saved]")).to_contain_text("最終保存" if page is pages[0] else "重なりました")
    box = pages[1].locator(".conflict")
    expect(box).to_contain_text("先の文")
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Answer.comment)).all() == ["先の文"]
    box.get_by_role("button", name="入力した文を残す").click()
    expect(pages[1].locator("[data-saved]")).to_contain_text("最終保存")
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Answer.comment)).all() == ["後の文"]


def test_a_verdict_saves_itself_by_one_key(enter: Enter, cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    flow.taken(cellar, people, public_id)
    page = enter(people.reviewer)
    page.goto(f"/desk/reviews/{public_id}")
    first = page.locator("[data-panel]:visible").get_attribute("data-panel")
    page.keyboard.press("a")
    expect(page.locator("[data-saved]")).to_contain_text("最終保存")
    assert page.locator("[data-panel]:visible").get_attribute("data-panel") != first
    with cellar.read() as rows:
        assert rows.execute(sa.select(Verdict.question, Verdict.verdict)).all() == [(first, "conforms")]
