"""What a party's hands meet: clicks for a renewal in which nothing changed, and for what came back."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import sqlalchemy as sa
from playwright.sync_api import Browser, Locator

from portal.actions import attest, finish
from portal.actions.review import Judgement
from portal.models import Answer, Attestation, Party
from portal.queries import checklists
from portal.web.factory import create_app
from tests import cast
from tests.actions import flow
from tests.bench.figure import Figure, figure
from tests.bench.screens import Hand, at, chromium
from tests.bench.world import World, empty
from tests.ui.journey.party import arrived, text
from tests.world import pdf

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


def renew(hand: Hand, changed: Collection[str] = (), files: int = 0) -> None:
    """Confirm with one button what did not change, then answer on one page what is left, some of it with a file."""
    page, last = hand.page, files
    hand.click(page.locator("ul.tasks a[href*='/attestations/']").first)
    hand.click(page.locator("a[href$='/same']"))
    for question in changed:
        hand.click(page.locator(f"#changed-{question}"))
    hand.click(page.locator("button[name=all]"))
    hand.click(page.locator("main a[href$='/left']"))
    for question in [str(place.get_attribute("id")) for place in page.locator("section.question").all()]:
        place = page.locator(f"section.question[id='{question}']")
        answer(hand, place, is_other=question in changed)
        if question in changed and last:
            attach(hand, place, question)
            last -= 1
        elif place.locator("input[type=file]").count():
            hand.click(place.locator("button[name=recall]"))
    if page.locator("section.question").count():  # what is complete has left the page with the last press
        hand.click(page.locator("button[value=next]"))
    assert not (last or page.locator("section.question").count()), page.locator("main").inner_text()


def answer(hand: Hand, question: Locator, *, is_other: bool) -> None:
    """Pick or type the answer, as last year or another one."""
    picks, field = question.locator(PICKS), question.locator("[name$='.text']:not([type=radio])")
    if picks.count():
        hand.click(picks.nth(1 if is_other else 0))
        return
    hand.click(field.first)
    hand.page.keyboard.type("3" if field.first.get_attribute("inputmode") == "numeric" else text(question))


def attach(hand: Hand, question: Locator, name: str) -> None:
    """Choose a file for an answer: one click on the control; what the system's own window takes is not counted."""
    with hand.page.expect_file_chooser() as chooser:
        hand.click(question.locator("input[type=file]"))
    chooser.value.set_files({"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": pdf(name)})
    arrived(question)


def renewal(browser: Browser, changed: int = 0, files: int = 0) -> Figure:
    """Clicks of clerk and officer from the task list to the receipt, when all but some of last year's answers hold."""
    with laboratory() as of:
        before = flow.signed_off(of.cellar, of.people, CODE)
        later(of, days=365)
        with of.cellar.work() as work:
            template = checklists.newest(work.rows, CODE)
            assert template is not None
            party = work.rows.get_one(Party, of.people.party.id)
            made = attest.request(work, of.people.lead.actor, party, attest.Asked(template, 2027, date(2027, 12, 17)))
        may_change = [question.id for question in flow.template_of(of.cellar, before).questions
                      if question.answered_by == "party" and question.criticality != "critical"]
        with at(browser, of, of.people.clerk, "/my/") as clerk:
            renew(clerk, may_change[:changed], files)
        with at(browser, of, of.people.officer, "/my/") as officer:
            hand_in(officer)
        assert differing(of, before, made.public_id) == (set(may_change[:changed]), files)
        return figure([float(clerk.clicks + officer.clicks)], "clicks")


def differing(of: World, before: str, after: str) -> tuple[set[str], int]:
    """The questions of two attestations of which the answers differ, and how many files the later one rests on."""
    with of.cellar.read() as rows:
        old, new = ({row.question: row.value for row in rows.scalars(sa.select(Answer).where(
            Answer.attestation_id == flow.find(of.cellar, name).id, Answer.author == "party"))}
            for name in (before, after))
    return {name for name in old if old[name] != new[name]}, flow.find(of.cellar, after).evidences


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
    "clicks_unchanged": lambda: renewal(chromium()),
    "clicks_changed": lambda: renewal(chromium(), changed=14, files=10),
    "clicks_per_return": lambda: returns(chromium()),
}
