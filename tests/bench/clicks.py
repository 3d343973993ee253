"""What a party's hands meet: clicks for a renewal in which nothing changed, and for what came back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from playwright.sync_api import Browser, Locator

from portal.actions import attest, finish
from portal.actions.review import Judgement
from portal.models import Attestation, Party
from portal.queries import checklists
from portal.web.factory import create_app
from tests import cast
from tests.actions import flow
from tests.bench.figure import Figure, figure
from tests.bench.screens import Hand, at, chromium
from tests.bench.world import World, empty
from tests.ui.journey.party import LATER, text

CODE, RETURNED = "LAB", ("LAB-02", "LAB-04", "LAB-09")
PICKS = "input[type=radio], input[type=checkbox][name$='.choices'], input[type=checkbox][name$='.none']"


@contextmanager
def laboratory() -> Iterator[World]:
    """A world whose party has the laboratory's checklist of the library to answer."""
    with empty() as cellar:
        people = cast.gather(cellar)
        yield World(cellar, create_app(cellar), people, "", "", "")


def later(of: World, **parts: int) -> None:
    """Let time pass."""
    now = of.cellar.clock()
    of.cellar.clock = lambda: now + timedelta(**parts)


def hand_in(hand: Hand) -> None:
    """Certify and submit what is complete, from the task list on."""
    hand.click(hand.page.locator("ul.tasks a[href*='/attestations/']").first)
    hand.click(hand.page.locator("a[href$='/check']").last)
    hand.click(hand.page.locator("label[for=is_declared]"))
    hand.click(hand.page.locator("main form button.button").last)
    assert hand.page.url.endswith("/receipt"), hand.page.locator("main").inner_text()


def renew(hand: Hand) -> None:
    """Confirm what did not change in blocks, answer the rest as last year, section by section."""
    page = hand.page
    hand.click(page.locator("ul.tasks a[href*='/attestations/']").first)
    hand.click(page.locator("a[href$='/same']"))
    for box in page.locator("input[name=section]").all():
        hand.click(box)
    hand.click(page.locator("main form button.button"))
    hand.click(page.locator("ul.tasks a[href*='/sections/']").first)
    while "/sections/" in page.url:
        for question in page.locator("section.question").all():
            answer(hand, question)
        hand.click(page.locator("button[value=next]"))


def answer(hand: Hand, question: Locator) -> None:
    """Answer as last year what stands open, and say why no file is attached where one is asked for."""
    picks, field = question.locator(PICKS), question.locator("[name$='.text']:not([type=radio])")
    if picks.count() and not question.locator(f":is({PICKS}):checked").count():
        hand.click(picks.first)
    elif field.count() and not field.first.input_value():
        hand.click(field.first)
        hand.page.keyboard.type(text(question))
    else:
        return
    if question.locator("input[type=file]").count():
        hand.click(question.locator("[name$='.comment']"))
        hand.page.keyboard.type(LATER)


def renewal(browser: Browser) -> Figure:
    """Clicks of clerk and officer from the task list to the receipt, when last year's answers still hold."""
    with laboratory() as of:
        flow.signed_off(of.cellar, of.people, CODE)
        later(of, days=365)
        with of.cellar.work() as work:
            template = checklists.newest(work.rows, CODE)
            assert template is not None
            party = work.rows.get_one(Party, of.people.party.id)
            attest.request(work, of.people.lead.actor, party, attest.Asked(template, 2027, date(2027, 12, 17)))
        with at(browser, of, of.people.clerk, "/my/") as clerk:
            renew(clerk)
        with at(browser, of, of.people.officer, "/my/") as officer:
            hand_in(officer)
        return figure([float(clerk.clicks + officer.clicks)], "clicks")


def returns(browser: Browser) -> Figure:
    """Clicks a returned item to put it right, without the two that open the letter and its first item."""
    with laboratory() as of:
        come_back(of, flow.submitted(of.cellar, of.people, CODE))
        later(of, hours=1)
        with at(browser, of, of.people.clerk, "/my/") as clerk:
            clerk.click(clerk.page.locator("ul.tasks a[href$='/return']").first)
            clerk.click(clerk.page.locator("main a.button.primary"))
            while "/sections/" in clerk.page.url:
                correct(clerk)
        return figure([(clerk.clicks - 2) / len(RETURNED)], "clicks/item")


def correct(clerk: Hand) -> None:
    """Write to every open question of the page what was asked for, and save."""
    for field in clerk.page.locator("textarea[name$='.comment']").all():
        clerk.click(field)
        clerk.page.keyboard.type("夜間・休日の端末を含みます。")
    clerk.click(clerk.page.locator("button[value=return]"))


def come_back(of: World, public_id: str) -> None:
    """Return three questions of a submission."""
    flow.taken(of.cellar, of.people, public_id)
    flow.judged(of.cellar, of.people, public_id, **{
        name.replace("-", "_"): Judgement(name, "return", "対象の範囲が分かりません。") for name in RETURNED})
    digest = flow.digest_of(of.cellar, public_id)
    with of.cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(of.cellar, public_id).id)
        finish.return_to_party(work, of.people.reviewer.actor, found, digest,
                               finish.Letter("3点をご確認ください。", date(2026, 12, 15)))


FIGURES: dict[str, Callable[[], Figure]] = {
    "clicks_unchanged": lambda: renewal(chromium()), "clicks_per_return": lambda: returns(chromium()),
}
