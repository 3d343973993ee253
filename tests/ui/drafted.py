"""Typing into a page of the gallery, and what its server has heard of it."""

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import Heard

NOTE = "[name=note]"


def section(page: Page, gallery: str) -> None:
    """Open the section's form with nothing left from before."""
    page.goto(f"{gallery}/sample/section?lang=ja")


def saved(page: Page, heard: Heard) -> None:
    """Wait until the page holds the version its newest draft was given; words alone may be those of an earlier save."""
    for _ in range(100):
        if heard.drafts and page.input_value("[name=version]") == f"v{len(heard.drafts)}":
            break
        page.wait_for_timeout(50)
    expect(page.locator("[data-saved]")).to_contain_text("最終保存")


def kept(page: Page) -> list[str]:
    """The copies this browser holds."""
    names: list[str] = page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft:'))")
    return names


def drafts(heard: Heard, count: int, page: Page) -> None:
    """Wait until the server has heard so many drafts."""
    for _ in range(100):
        if len(heard.drafts) >= count:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"only {len(heard.drafts)} of {count} drafts came")


def typing(page: Page, field: str) -> None:
    """Type into a field without a rest, until the page's `typing` is cleared."""
    page.focus(field)
    page.evaluate("""() => { const field = document.activeElement; window.typing = setInterval(() => {
      field.value += "あ"; field.dispatchEvent(new Event("input", { bubbles: true })); }, 50); }""")


def last(heard: Heard, page: Page, name: str, text: str) -> None:
    """Wait until the last draft that the server has heard holds a text."""
    for _ in range(100):
        if heard.drafts and heard.drafts[-1].get(name) == [text]:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{heard.drafts[-1:]} does not hold {text}")
