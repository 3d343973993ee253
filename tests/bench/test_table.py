"""Every figure in small: of the agreed form, and queries that do not grow; times are printed, never asserted."""

import dataclasses
import json
import re
from collections.abc import Iterator

import pytest

from portal import demo
from portal.cli import main
from tests.bench import arrivals, calls, entering, ledgers, pages, table
from tests.bench.figure import Figure
from tests.bench.goals import FLAT, GOALS, Goal
from tests.bench.world import World, made
from tests.house import ROOT

FORM = {"value", "unit", "spread", "floor", "ratio"}


@pytest.fixture(scope="module")
def of() -> Iterator[World]:
    """A world with one page of parties, small checklists for most and a long one for the cast's party."""
    with made(60, 100) as small:
        yield small


@pytest.mark.parametrize("name", pages.PAGES)
def test_a_page_stands_beside_its_floor(of: World, name: str) -> None:
    told = calls.ratio(pages.PAGES[name](of), pages.least(name, of), rounds=1).told()
    assert set(told) == FORM


def test_no_page_asks_more_of_a_larger_world(of: World) -> None:
    before = {name: pages.counted(of, name) for name in pages.PAGES}
    demo.grow(of.cellar, demo.Size(120, 3, 2), lambda line: None)
    assert {name: pages.counted(of, name) for name in pages.PAGES} == before
    assert 0 < min(before.values()) <= max(before.values()) <= 30


def test_a_sign_in_stands_beside_its_floor(of: World) -> None:
    assert set(entering.sign_in(of, rounds=1).told()) == FORM


def test_the_ledger_stands_beside_its_floor() -> None:
    assert set(ledgers.append(rounds=1).told()) == FORM
    assert set(ledgers.verify(ledgers.BATCH).told()) == FORM


def test_an_upload_goes_the_whole_way() -> None:
    found = arrivals.arrivals(2, 1)
    assert set(arrivals.whole(found).told()) == FORM
    assert arrivals.memory(found).value < 64


def test_every_goal_has_its_figure_and_names_are_found() -> None:
    assert set(GOALS) - set(table.FIGURES) == set()
    assert table.chosen(["seal_ms", "speed"])[0] == "seal_ms"
    assert table.chosen([]) == table.chosen(list(table.GROUPS))
    with pytest.raises(KeyError, match="dance"):
        table.chosen(["dance"])


def test_the_document_shows_every_figure() -> None:
    text = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    head, *rows = text.partition("## The last table")[2].split("```")[1].strip().splitlines()
    shown = [row.split()[0] for row in rows]
    named = set(re.findall(r"`(\w+)`", text.partition("## What misses")[2]))
    absent = set(re.findall(r"`(\w+)`", text.partition("## Not in the table")[2]))
    assert head == table.line(table.HEAD)
    assert shown == [name for name in table.FIGURES if name not in absent]
    assert {row.split()[0] for row in rows if row.endswith("MISSED")} <= named <= set(table.FIGURES)


def test_a_goal_is_met_or_missed() -> None:
    figure = Figure(10, "ms", (9, 11), 4, 2.5)
    assert Goal("≤", 2.5, "ratio").met(figure) and not Goal("≤", 2.4, "ratio").met(figure)
    assert Goal("≥", 10).met(figure) and not Goal("≥", 10.1).met(figure)
    assert table.row("register_page_growth", dataclasses.replace(figure, value=FLAT.bound + 0.1)).endswith("MISSED")


def test_one_that_fails_leaves_the_others() -> None:
    table.FIGURES["broken"] = lambda: 1 / 0  # a figure of its own, taken away below
    try:
        found = dict(table.measured(["broken"]))
    finally:
        del table.FIGURES["broken"]
    assert isinstance(found["broken"], ZeroDivisionError)


def test_the_verb_prints_what_was_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--json", "upload_50mb"]) == 0
    assert set(json.loads(capsys.readouterr().out)["upload_50mb"]) == FORM
    assert main(["bench", "upload_50mb"]) == 0
    assert re.search(r"^upload_50mb +[\d.]+ +\([\d.]+ – [\d.]+\) +s ", capsys.readouterr().out, re.MULTILINE)
    assert main(["bench", "dance"]) == 2
    assert "register_page" in capsys.readouterr().err
