"""The review workspace with its scripts: keys, drafts of verdicts, copies, and what others changed meanwhile."""

from playwright.sync_api import Page, expect

from tests.gallery import Heard
from tests.ui.drafted import drafts, kept, last, typing


def review(page: Page, gallery: str) -> None:
    """Open the workspace."""
    page.goto(f"{gallery}/sample/review?lang=ja")
    expect(page.locator("[data-panel]:visible")).to_have_count(1)


def current(page: Page) -> str:
    """The question that is shown."""
    return page.locator("[data-panel]:visible").get_attribute("data-panel") or ""


def test_one_key_is_one_verdict_and_the_next_question(page: Page, gallery: str, heard: Heard) -> None:
    review(page, gallery)
    page.keyboard.press("a")
    assert current(page) == "A02"
    drafts(heard, 1, page)
    assert heard.drafts[0]["A01.verdict"] == ["conforms"]
    assert not [name for name in heard.drafts[0] if name.startswith("A02")]
    page.keyboard.press("r")
    page.keyboard.insert_text("範囲をご追記ください。")
    page.keyboard.press("Control+Enter")
    assert current(page) == "A03"
    drafts(heard, 2, page)
    assert heard.drafts[-1]["A02.verdict"] == ["return"]
    assert heard.drafts[-1]["A02.comment"] == ["範囲をご追記ください。"]
    expect(page.locator("[data-meter]")).to_contain_text("2 / 3")
    for key in ("z", "z"):
        page.keyboard.press(key)
    assert current(page) == "A01" and page.locator(":checked").count() == 0
    expect(page.locator("[data-meter]")).to_contain_text("0 / 3")


def test_a_comment_typed_without_a_rest_is_saved_meanwhile(page: Page, gallery: str, heard: Heard) -> None:
    review(page, gallery)
    page.keyboard.press("r")
    typing(page, "[name='A01.comment']")
    drafts(heard, 3, page)  # the verdict's, and two of the comment while typing goes on
    first, second = (draft["A01.comment"][0] for draft in heard.drafts[1:3])
    assert len(second) > len(first) >= 1
    page.evaluate("clearInterval(window.typing)")
    last(heard, page, "A01.comment", page.input_value("[name='A01.comment']"))


def test_a_key_on_a_link_is_no_part_of_its_name_in_the_help(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/sample/inbox?lang=en")
    page.evaluate("""document.querySelector("main").insertAdjacentHTML("beforeend",
      '<a href="#" data-key="s">Sample and block <kbd class="key">S</kbd></a>')""")
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_contain_text("Sample and block")


def test_the_workspace_walks_and_writes_phrases(page: Page, gallery: str, heard: Heard) -> None:
    review(page, gallery)
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    assert current(page) == "A02" and page.url.endswith("#A02")
    page.keyboard.press("2")
    assert page.locator("[name='A02.comment']").input_value() == "範囲が分かりません。"
    page.locator("a[data-question=A03]").click()
    assert current(page) == "A03"
    drafts(heard, 1, page)


def test_a_new_submission_begins_without_the_copies_of_the_last(page: Page, gallery: str, heard: Heard) -> None:
    review(page, gallery)
    page.keyboard.press("a")
    page.goto(f"{gallery}/sample/tasks?lang=ja")
    drafts(heard, 1, page)
    assert len(kept(page)) == 1
    heard.round = 1
    review(page, gallery)
    page.keyboard.press("a")
    drafts(heard, 2, page)
    assert heard.drafts[1]["A01.verdict"] == ["conforms"] and page.locator(".conflict").count() == 0


def test_a_verdict_changed_elsewhere_is_shown(page: Page, gallery: str, heard: Heard) -> None:
    review(page, gallery)
    heard.clash = {"A01": {"version": "6", "verdict": "return", "comment": "先に書いた文"}}
    page.keyboard.press("c")
    page.keyboard.insert_text("あとから書いた文")
    expect(page.locator(".conflict").first).to_be_visible()
    page.locator(".conflict", has_text="先に書いた文").get_by_role("button", name="入力した文を残す").click()
    page.locator(".conflict").get_by_role("button", name="この文に置き換える").click()
    drafts(heard, 2, page)
    assert heard.drafts[1]["A01.version"] == ["6"] and heard.drafts[1]["A01.verdict"] == ["return"]
    assert heard.drafts[1]["A01.comment"] == ["あとから書いた文"]
