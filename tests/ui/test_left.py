"""What is left and what is the same, in a real browser: saved as typed, keys in order, no barrier, no scripts."""

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from portal.actions import people as acts
from portal.models import Answer
from portal.store.cellar import Cellar
from tests.actions.test_confirm import asked
from tests.bench.calls import signed_in
from tests.bench.screens import at, site
from tests.bench.weights import squeezed
from tests.bench.world import World
from tests.cast import Cast
from tests.ui.test_browser import SIZES, barriers

__all__ = ["asked"]


@pytest.fixture
def of(app: Flask, cellar: Cellar, people: Cast) -> World:
    """The test's own world, as a browser opens it."""
    return World(cellar, app, people, "", "", "")


def stops(page: Page, presses: int) -> list[str]:
    """The names of the controls that so many presses of the tabulator reach one after another."""
    found = []
    for _ in range(presses):
        page.keyboard.press("Tab")
        found.append(str(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")))
    return found


def test_an_answer_saves_itself_and_leaves_the_page(browser: Browser, of: World, asked: str) -> None:
    with at(browser, of, of.people.clerk, f"/my/attestations/{asked}/left") as hand:
        page = hand.page
        page.check("#LAB-05-yes")
        expect(page.locator("[data-saved]")).to_contain_text("最終保存")
        page.focus("#LAB-02-yes")
        order = stops(page, 4)
        assert order[:3] == ["LAB-02.na", "LAB-02.comment", "recall"] and order[3] != "go"
        page.reload()
        assert not page.locator("#LAB-05").count() and page.locator("#LAB-02").count() == 1
        page.fill("#LAB-07-text", "30")
        page.press("#LAB-07-text", "Enter")
        page.wait_for_load_state()
        with of.cellar.read() as rows:
            kept = rows.scalars(sa.select(Answer).where(Answer.author == "party", Answer.comment == "",
                                                        Answer.question.in_(("LAB-02", "LAB-07")))).all()
        assert [row.question for row in kept] == ["LAB-07"], "the return key saves; it presses no other button"


def test_both_pages_stand_without_scripts(browser: Browser, of: World, asked: str) -> None:
    cookie = signed_in(of, of.people.clerk).cookie.removeprefix("portal=")
    with site(of.app) as address:
        context = browser.new_context(base_url=address, java_script_enabled=False)
        context.add_cookies([{"name": "portal", "value": cookie, "url": address}])
        page = context.new_page()
        page.goto(f"/my/attestations/{asked}/same")
        page.check("#changed-LAB-07")
        page.click("button[name=all]")
        page.click("main a[href$='/left']")
        expect(page.locator("section.question")).to_have_count(7)
        page.check("#LAB-02-yes")
        page.locator("#LAB-02 button[name=recall]").click()
        expect(page.locator("section.question")).to_have_count(6)
        assert not page.locator("#LAB-02").count()
        context.close()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_there_is_no_barrier_and_little_weight(browser: Browser, of: World, asked: str, language: str) -> None:
    with of.cellar.work() as work:
        acts.choose_language(work, of.people.clerk.actor, language)
    with at(browser, of, of.people.clerk) as hand:
        page, bodies = hand.page, list[int]()
        page.on("response", lambda answer: bodies.append(squeezed(answer.body())))
        page.goto(f"/my/attestations/{asked}/left", wait_until="networkidle")
        assert len(bodies) > 5 and sum(bodies) <= 40 * 1024
        for place in ("left", "same"):
            page.goto(f"/my/attestations/{asked}/{place}")
            page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
            for name, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                assert name == "phone" or barriers(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
