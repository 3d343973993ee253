"""One attestation of one party on its way; every person has a browser of their own."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from portal.core.readable import day_in
from portal.core.words import word
from tests.served import Portal
from tests.ui.visitor import Visitor, visiting

PARTIES = {("ja", True): "【架空】例示損害保険株式会社", ("en", True): "【架空】例示広告配信株式会社",
           ("ja", False): "【架空】仮想みなみ病院", ("en", False): "【架空】エグザンプリア幹細胞登録"}
TODAY = day_in(datetime.now(UTC))
COPIES = """Object.keys(localStorage).filter((name) => name.startsWith("draft:") && [...document.forms].some(
  (form) => name.endsWith(form.dataset.copy || form.dataset.autosave || form.action))).length"""


@dataclass
class Journey:
    """One attestation of one party on its way; every person has a browser of their own."""

    portal: Portal
    browser: Browser
    language: str
    scripts: bool
    stack: ExitStack
    files: list[Path] = field(default_factory=list)
    number: str = ""
    sent: int = 0
    people: dict[str, Visitor] = field(default_factory=dict)

    @property
    def checklist(self) -> str:
        """The checklist of this journey: a laboratory's where real files go with it."""
        return "LAB" if self.files else "ITO"

    @property
    def returned(self) -> str:
        """The question that is returned once."""
        return f"{self.checklist}-04"

    @property
    def party(self) -> str:
        """The party of this journey, as the sign-in page names it."""
        return PARTIES[self.language, self.scripts]

    def staff(self, name: str) -> Visitor:
        """One of JMDP who has signed in, by name; the same browser each time."""
        return self._person(name)

    def member(self, role: str) -> Visitor:
        """One of the party who has signed in, by role; the same browser each time."""
        return self._person(self.party, word("role", role).get(self.language))

    def _person(self, *words: str) -> Visitor:
        key = " ".join(words)
        if key not in self.people:
            self.people[key] = self.anyone()
            self.people[key].enter(*words)
        return self.people[key]

    def anyone(self) -> Visitor:
        """Somebody who has not signed in."""
        return self.stack.enter_context(visiting(self.browser, self.portal.address, self.language, self.scripts))


def again_until(visitor: Visitor, seen: Callable[[], object], seconds: int = 120) -> None:
    """Load a page again each second until something is seen there."""
    for _ in range(seconds):
        if seen():
            return
        visitor.page.wait_for_timeout(1000)
        visitor.page.reload()
    pytest.fail(f"not seen within {seconds} s: {visitor.page.locator('main').inner_text()}")


def saved(visitor: Visitor) -> None:
    """Wait until the page has saved by itself what was typed: then this browser keeps no copy of it."""
    for _ in range(200):
        if not visitor.page.evaluate(COPIES):
            return
        visitor.page.wait_for_timeout(100)
    pytest.fail("it did not save itself within 20 s")
