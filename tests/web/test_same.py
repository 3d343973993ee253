"""What is the same as last year: all at once or by sections, less what changed; the ledger says one and the same."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import people as acts
from portal.core import entry
from portal.models import Answer, AnswerEvidence, LedgerEntry
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.actions.test_confirm import asked, rows_of
from tests.cast import Cast, client
from tests.web.walk import Walk

__all__ = ["asked"]
WORDS = {
    "ja": ("前年度と同じであることを", "「変更あり」以外をすべて確認する", "残りの6問をまとめて回答する",
           "別途提出します。"),
    "en": ("all 16 answers listed", "Confirm all but those marked as changed", "Answer the 6 questions that are left",
           "別途"),
}


def listed(page: str) -> str:
    """The questions that a page lists, as its form carries them."""
    found = re.search(r'name="listed" value="([^"]+)"', page)
    assert found
    return found[1]


def told(cellar: Cellar) -> list[tuple[str, str, str]]:
    """What the ledger says of confirmations and linked files: event, question, version or file."""
    with cellar.read() as rows:
        leaves = [
            (row.event, entry.read(row.leaf.encode()).facts)
            for row in rows.scalars(
                sa.select(LedgerEntry)
                .where(LedgerEntry.event.in_(("attestation.confirmed_unchanged", "attestation.evidence_linked")))
                .order_by(LedgerEntry.id)
            )
        ]
    return sorted(
        (event, str(facts["question"]), str(facts.get("version", facts.get("evidence")))) for event, facts in leaves
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_one_button_confirms_all_but_what_has_changed(
    app: Flask,
    cellar: Cellar,
    people: Cast,
    asked: str,
    language: str,
) -> None:
    with cellar.work() as work:
        acts.choose_language(work, people.clerk.actor, language)
    browser, place = Walk(client(app, cellar, people.clerk)), f"/my/attestations/{asked}/same"
    page = browser.get(place)
    states, button, onward, _ = WORDS[language]
    assert states in page and button in page and people.clerk.actor.name in page
    critical = [
        name for name, row in rows_of(cellar, people.clerk, asked).items() if row.question.criticality == "critical"
    ]
    assert len(critical) == 6 and not set(critical) & set(listed(page).split())
    browser.post(place, all="yes", listed=listed(page) + " " + " ".join(critical), changed=["LAB-07", "LAB-12"])
    found = rows_of(cellar, people.clerk, asked)
    confirmed = {name for name, row in found.items() if row.answer}
    assert confirmed == set(listed(page).split()) - {"LAB-07", "LAB-12"}
    assert all(row.answer.confirmed_version_id for row in found.values() if row.answer)
    assert onward.replace("6", "8") in browser.get(f"/my/attestations/{asked}")
    browser.post(place, all="yes", listed=listed(browser.get(place)))
    assert onward in browser.get(f"/my/attestations/{asked}")


def test_all_at_once_is_told_as_section_by_section(app: Flask, cellar: Cellar, people: Cast, asked: str) -> None:
    before = told(cellar)
    browser, place = Walk(client(app, cellar, people.clerk)), f"/my/attestations/{asked}/same"
    page = browser.get(place)
    sections = re.findall(r'name="section" value="(\w+)"', page)
    browser.post(place, listed=listed(page), section=sections)
    single = told(cellar)
    with cellar.work() as work:
        where = flow.find(cellar, asked).id
        work.rows.execute(sa.delete(AnswerEvidence).where(AnswerEvidence.attestation_id == where))
        work.rows.execute(sa.delete(Answer).where(Answer.attestation_id == where))
    browser.post(place, listed=listed(page), all="yes")
    once = list(single)
    for row in before:
        once.remove(row)
    assert [event for event, _, _ in once].count("attestation.confirmed_unchanged") == 16 < len(once)
    assert sorted(single + once) == told(cellar)


def test_only_what_was_shown_is_confirmed(app: Flask, cellar: Cellar, people: Cast, asked: str) -> None:
    browser, place = Walk(client(app, cellar, people.clerk)), f"/my/attestations/{asked}/same"
    browser.get(place)
    refused = browser.post(place, 422, all="yes", changed=["LAB-07"])
    assert 'id="changed-LAB-07" name="changed" value="LAB-07" checked' in refused
    browser.post(place, 422, listed="LAB-07", section=["TEC"])
    browser.post(place, all="yes", listed="LAB-07")
    assert [name for name, row in rows_of(cellar, people.clerk, asked).items() if row.answer] == ["LAB-07"]
    Walk(client(app, cellar, people.stranger)).post(place, 404, all="yes", listed="LAB-03")


def test_last_years_comment_and_file_are_one_press_each(
    app: Flask,
    cellar: Cellar,
    people: Cast,
    asked: str,
) -> None:
    browser, place = Walk(client(app, cellar, people.clerk)), f"/my/attestations/{asked}/left"
    page = browser.get(place)
    assert 'name="recall" value="LAB-02"' in page
    again = re.search(r'formaction="([^"]+/LAB-09/link)" aria-label="[^"]*LAB-09.pdf', page)
    assert again and page.index(again[0]) < page.index('<details class="offered">', page.index('id="LAB-09"'))
    assert browser.post(place, version="LAB-02:0", after="", recall="LAB-02", **{"LAB-02.text": "yes"}).endswith(
        "/left#LAB-02"
    )
    assert rows_of(cellar, people.clerk, asked)["LAB-02"].is_done, "answered by the person, explained by last year's"
    browser.post(again[1], version="LAB-09:0", after="", **{"LAB-09.text": "yes"})
    assert rows_of(cellar, people.clerk, asked)["LAB-09"].is_done
    own = browser.post(place, version="LAB-04:0", recall="LAB-04", **{"LAB-04.comment": "今年の言葉"})
    row = rows_of(cellar, people.clerk, asked)["LAB-04"]
    assert own.endswith("#LAB-04") and row.answer and row.answer.comment == "今年の言葉"
