"""The sample pages in a real browser: no barrier, no sideways scrolling, no need of scripts, little weight."""

import gzip

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.gallery import PAGES
from tests.house import ROOT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"laptop": (1366, 768), "phone": (390, 844), "narrow": (320, 700)}
EVERY = [*PAGES, "section?failed=1"]


def address(gallery: str, name: str, language: str) -> str:
    """The address of a sample in a language."""
    return f"{gallery}/sample/{name}{'&' if '?' in name else '?'}lang={language}"


def barriers(page: Page) -> list[str]:
    """What axe finds, as rule, place and what would mend it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(
        """(tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }).then(({ violations }) =>
          violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
            `${id} ${target} ${failureSummary ?? ""}`)))""",
        TAGS)
    return found


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", EVERY)
def test_there_is_no_barrier(page: Page, gallery: str, name: str, language: str) -> None:
    page.goto(address(gallery, name, language))
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert barriers(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert barriers(page) == []


@pytest.mark.parametrize("size", ["phone", "narrow"])
@pytest.mark.parametrize("name", EVERY)
def test_nothing_scrolls_sideways(page: Page, gallery: str, name: str, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    for language in ("ja", "en"):
        page.goto(address(gallery, name, language))
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["tasks", "section", "letter", "signin"])
def test_a_partys_targets_are_large(page: Page, gallery: str, name: str) -> None:
    page.goto(address(gallery, name, "ja"))
    heights = page.evaluate(
        "[...document.querySelectorAll('main .button, main input:not([type=hidden]):not([type=radio])"
        ":not([type=checkbox]):not(.date-frame input), main select')].map((one) => one.offsetHeight)")
    assert not heights or min(heights) >= 44


def test_three_panes_fit_an_office_laptop(page: Page, gallery: str) -> None:
    page.goto(address(gallery, "review", "ja"))
    widths = page.evaluate("[...document.querySelectorAll('.pane')].map((one) => one.offsetWidth)")
    assert widths[0] == 264 and widths[1] >= 420 and widths[2] >= 440 and sum(widths) <= 1366
    assert page.evaluate("document.documentElement.scrollHeight") <= 768
    page.set_viewport_size({"width": 1024, "height": 700})
    tops = page.evaluate("[...document.querySelectorAll('.pane')].map((one) => one.getBoundingClientRect().top)")
    assert tops == sorted(set(tops))


def test_every_page_stands_without_scripts(browser: Browser, gallery: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(gallery, "review", "ja"))
    assert page.locator("[data-panel]:visible").count() == 3
    assert page.locator("[data-keys-help]:visible").count() == 0
    page.goto(address(gallery, "section", "ja"))
    page.fill("[name=note]", "夜間帯を含みます")
    page.click("text=保存して次へ")
    assert page.locator("h1").inner_text() == "C　アクセス管理"
    context.close()


def modules(name: str) -> set[str]:
    """A script and all it imports."""
    text = (ROOT / "static" / name).read_text(encoding="utf-8")
    named = {line.split('"./')[1].split('"')[0] for line in text.splitlines() if line.startswith("import ")}
    return {name}.union(*(modules(one) for one in named))


@pytest.mark.parametrize(("name", "limit"), [("party.mjs", 8), ("review.mjs", 20)])
def test_scripts_weigh_little(name: str, limit: int) -> None:
    weights = [len(gzip.compress((ROOT / "static" / one).read_bytes(), 9)) for one in modules(name)]
    assert sum(weights) <= limit * 1024


@pytest.mark.parametrize(("name", "limit"), [("tasks", 30), ("section", 40), ("inbox", 40)])
def test_a_first_view_weighs_little(page: Page, gallery: str, name: str, limit: int) -> None:
    bodies: list[int] = []
    page.on("response", lambda answer: bodies.append(len(gzip.compress(answer.body(), 9))) if answer.ok else None)
    page.goto(address(gallery, name, "ja"), wait_until="networkidle")
    assert len(bodies) > 5 and sum(bodies) <= limit * 1024
    hosts = page.evaluate("performance.getEntriesByType('resource').map((one) => new URL(one.name).host)")
    assert set(hosts) <= {gallery.removeprefix("http://")}
