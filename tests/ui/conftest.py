"""A real browser before the sample pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.gallery import Heard, running


@pytest.fixture
def heard() -> Heard:
    """What the gallery was told."""
    return Heard()


@pytest.fixture
def gallery(heard: Heard) -> Iterator[str]:
    """The address of the gallery."""
    with running(heard) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page of an office laptop; it fails on a script's error and on anything the policy had to block."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" and "503" not in said.text
            and "409" not in said.text and "Failed to load resource" not in said.text else None)
    yield page
    context.close()
    assert wrong == []
