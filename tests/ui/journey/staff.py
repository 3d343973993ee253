"""What JMDP's people do: ask for a checklist, judge the answers by keys or by forms, sign off."""

from datetime import timedelta

from playwright.sync_api import Locator

from tests.ui.journey.way import TODAY, Journey, saved
from tests.ui.visitor import Visitor


def request(way: Journey) -> None:
    """The lead finds the party and asks for a checklist."""
    lead = way.staff("主管　花子")
    lead.follow("Parties")
    lead.page.get_by_role("searchbox").fill(way.party.removeprefix("【架空】"))
    lead.press("Search")
    lead.click(lead.page.locator("table th a"))
    lead.follow("Ask for a checklist")
    lead.page.locator("[name=template]").select_option(
        value=lead.page.locator("[name=template] option", has_text=f"{way.checklist} ").first.get_attribute("value"))
    with lead.refused(422):
        lead.press("Save")
    lead.page.locator("[name=due_on]").fill((TODAY + timedelta(days=40)).isoformat())
    lead.page.locator("[name=note]").fill("ご不明な点は電話でもどうぞ。")
    lead.press("Save")
    way.number = lead.page.locator("table tbody tr th").first.inner_text()


def review(way: Journey, returned: set[str]) -> None:
    """The reviewer states that they have no interest, judges every question and finishes once."""
    reviewer = way.staff("審査　一子")
    reviewer.follow("Desk")
    reviewer.click(reviewer.page.locator("table tr", has_text=way.number).locator("th a"))
    if reviewer.page.locator("#interest-no").count():
        reviewer.page.locator("#interest-no").check()
        reviewer.press("State this")
    else:
        reviewer.press("Take for review")
    (by_keys if way.scripts else by_forms)(reviewer, returned)
    reviewer.follow("Finish the review…")
    assert reviewer.page.locator("[name=outcome]:checked").get_attribute("value") == ("return" if returned else "pass")
    reviewer.page.locator("[name=letter]").fill("ご提出ありがとうございました。")
    reviewer.press("Finish now")


def by_keys(reviewer: Visitor, returned: set[str]) -> None:
    """One key for one verdict; JMDP's own questions by their fields."""
    page = reviewer.page
    for panel in page.locator("[data-panel]").all():
        name = panel.get_attribute("data-panel") or ""
        page.locator(f"a[data-question='{name}']").click()
        if not panel.locator("[data-verdict]").count():
            own(panel)
            continue
        page.locator(f"article[data-panel='{name}']").focus()
        page.keyboard.press("r" if name in returned else "a")
        if name in returned:
            page.keyboard.insert_text("対象の範囲が分かりません。")
            page.keyboard.press("Control+Enter")
    saved(reviewer)


def by_forms(reviewer: Visitor, returned: set[str]) -> None:
    """All questions stand below each other; one button saves."""
    for panel in reviewer.page.locator("[data-panel]").all():
        name = panel.get_attribute("data-panel") or ""
        if not panel.locator("[data-verdict]").count():
            own(panel)
            continue
        panel.locator(f"[data-verdict={'return' if name in returned else 'conforms'}]").check()
        panel.locator("[data-comment]").fill("対象の範囲が分かりません。" if name in returned else "")
    reviewer.press("Save drafts")


def own(panel: Locator) -> None:
    """Answer a question that JMDP answers itself."""
    fields = panel.locator("[name$='.text']")
    if not fields.count():
        panel.locator("[name$='.choices']").first.check()
    elif fields.first.get_attribute("type") == "radio":
        fields.first.check()
    else:
        fields.first.fill("0")


def sign_off(way: Journey) -> None:
    """The approver proves once more who they are; what was typed is kept and carried out."""
    approver = way.staff("承認　三郎")
    approver.follow("Desk")
    approver.click(approver.page.locator("table tr", has_text=way.number).locator("th a"))
    approver.page.locator("[name=note]").fill("審査結果を確認しました。")
    approver.press("Sign off")
    approver.press("It is me")
    assert approver.page.locator("[name=note]").input_value() == "審査結果を確認しました。"
    approver.press("Go on")
