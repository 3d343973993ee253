"""A person at a browser: speaks one language, reads every page that comes, clicks and types by what stands there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, Response

from portal.core.words import word
from portal.store.translations import translations
from tests.ui.test_browser import barriers

LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}

OPEN = "document.querySelectorAll('main details:not([open])').forEach((one) => { one.open = one.dataset.was = true; })"
CLOSE = "document.querySelectorAll('main [data-was]').forEach((one) => { one.open = false; delete one.dataset.was; })"


@dataclass
class Visitor:
    """One browser of one person; `seen` names the pages that were looked at for barriers, each at two widths."""

    page: Page
    language: str
    scripts: bool
    wrong: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    expects: int = 200

    def say(self, text: str, **values: object) -> str:
        """A message of the portal as this person reads it."""
        said = translations(self.language).gettext(text)
        return said % values if values else said

    def state(self, process: str, code: str) -> str:
        """The word of a state as this person reads it."""
        label = word(process, code).get(self.language)
        return label[:1].upper() + label[1:]

    def enter(self, *words: str) -> None:
        """Sign in as the one of the demo's people whose line has these words, and read on in one's own language."""
        self.go("/sign-in")
        line = self.page.locator("ul.demo li")
        for one in words:
            line = line.filter(has_text=one)
        self.click(line.locator("button"))
        self.speak()

    def speak(self) -> None:
        """Switch to one's own language by the link or button that every page has."""
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.page.locator(f"header [lang={self.language}]").click()
        assert self.page.locator("html").get_attribute("lang") == self.language

    def go(self, path: str) -> None:
        """Open an address."""
        self.page.goto(path)
        self.speak()
        self.look()

    def click(self, place: Locator) -> None:
        """Click what leads to another page, and read that page."""
        place.click()
        self.page.wait_for_load_state()
        self.look()

    def press(self, label: str) -> None:
        """Press the button with this label."""
        self.click(self.page.get_by_role("button", name=self.say(label), exact=True).first)

    def follow(self, label: str) -> None:
        """Follow the link with this label."""
        self.click(self.page.get_by_role("link", name=self.say(label), exact=True).first)

    def reads(self, text: str, **values: object) -> bool:
        """Whether the page says this."""
        return self.say(text, **values) in self.page.locator("main").inner_text()

    def reads_state(self, process: str, code: str) -> bool:
        """Whether a chip of the page says this state."""
        return self.page.locator(".chip", has_text=re.compile(f"^\\s*{self.state(process, code)}\\s*$")).count() > 0

    @contextmanager
    def refused(self, status: int) -> Iterator[None]:
        """What is done in this block is answered by a page with this status."""
        self.expects = status
        yield
        self.expects = 200

    def look(self) -> None:
        """Hold the page to what holds for all: answered as expected, no barrier and nothing sideways at two widths."""
        assert not self.wrong, self.wrong
        shown = f"{self.expects} {self.page.url.partition('#')[0]} {self.page.title()}"
        if not self.scripts or shown in self.seen:
            return
        self.page.evaluate(OPEN)
        for size in (PHONE, LAPTOP):
            self.page.set_viewport_size(size)
            found = barriers(self.page)
            assert not found, (shown, size, found)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide == size["width"], (shown, wide)
        self.page.evaluate(CLOSE)
        self.seen.append(shown)

    def answered(self, answer: Response) -> None:
        """Hear of an answer of the server; a page must have the status that is expected, anything else 200 or less."""
        request = answer.request
        is_page = request.is_navigation_request() and answer.frame.parent_frame is None
        if answer.status >= 400 and not (is_page and answer.status == self.expects):
            self.wrong.append(f"{answer.status} {request.method} {answer.url}")


@contextmanager
def visiting(browser: Browser, address: str, language: str, scripts: bool) -> Iterator[Visitor]:
    """A person's own browser; scripts' errors and whatever the policy blocks are taken down."""
    context = browser.new_context(base_url=address, viewport=LAPTOP, java_script_enabled=scripts, locale="ja-JP",
                                  reduced_motion="reduce", accept_downloads=True)
    context.set_default_timeout(20_000)
    page = context.new_page()
    visitor = Visitor(page, language, scripts)
    page.on("response", visitor.answered)
    page.on("pageerror", lambda error: visitor.wrong.append(str(error)))
    page.on("console", lambda said: visitor.wrong.append(said.text)
            if said.type == "error" and "Failed to load resource" not in said.text else None)
    yield visitor
    context.close()
    assert not visitor.wrong, visitor.wrong
