"""Every picture is sound SVG in both languages, says its finding, and holds its data as a table."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date

import pytest

from portal.pictures import bars, due_strip, findings_trend, flow, result_bar, risk_matrix, year_map
from portal.pictures.ring import ring
from portal.pictures.risk_matrix import Risks
from portal.pictures.svg import SOFT, STEPS, TONES, Picture, breadth, fitted, tag
from portal.pictures.voice import Voice
from portal.store.translations import translations
from tests.house import ROOT
from tests.pictures.samples import FLOWS, MONTHS, OUTCOME, RISKS, SPANS, TODAY, WEEKS, YEAR

JA, EN = Voice("ja", translations("ja")), Voice("en", translations("en"))
DRAW: dict[str, Callable[[Voice], Picture]] = {
    "strip": lambda voice: due_strip.picture(WEEKS, voice),
    "strip-empty": lambda voice: due_strip.picture([], voice),
    "year": lambda voice: year_map.picture(YEAR, date(2026, 4, 1), voice),
    "year-leap": lambda voice: year_map.picture({}, date(2027, 4, 1), voice),
    "risks": lambda voice: risk_matrix.picture(RISKS, voice),
    "risk-moved": lambda voice: risk_matrix.picture(Risks(before=(4, 4), now=(2, 3)), voice),
    "risk-still": lambda voice: risk_matrix.picture(Risks(before=(2, 3), now=(2, 3)), voice),
    "risk-new": lambda voice: risk_matrix.picture(Risks(now=(5, 1)), voice),
    "validity": lambda voice: bars.validity(SPANS, TODAY, voice),
    "validity-empty": lambda voice: bars.validity([], TODAY, voice),
    "terms": lambda voice: bars.terms(SPANS, TODAY, voice),
    "trend": lambda voice: findings_trend.picture(MONTHS, voice),
    "trend-one": lambda voice: findings_trend.picture(MONTHS[:1], voice),
    "trend-empty": lambda voice: findings_trend.picture([], voice),
    "flow": lambda voice: flow.picture(FLOWS, voice),
    "flow-empty": lambda voice: flow.picture([], voice),
    "result": lambda voice: result_bar.picture(OUTCOME, voice),
    "result-empty": lambda voice: result_bar.picture([], voice),
}
SAID = {
    "strip": ("2026年11月23日（月）からの週に61件が集中しています。",
              "The week from 23 November 2026 is the fullest: 61 items."),
    "year": ("年間75件のうち、最も多い日は2026年11月30日（月）の61件です。",
             "Of 75 in the year, 30 November 2026 holds the most: 61 items."),
    "risks": ("37件のうち7件が「高」又は「重大」です。", "7 of 37 are rated high or critical."),
    "risk-still": ("起こりやすさ2、影響の大きさ3で、前年度から変わっていません。",
                   "Likelihood 2, impact 3; no change since last year."),
    "validity": ("3件のうち1件が期限切れです。", "1 of 3 has expired."),
    "terms": ("次の通知期限は2026年12月1日（火）（再委託先の一覧）です。",
              "The next notice day is 1 December 2026, for 再委託先の一覧."),
    "trend": ("未完了は7件で、期間の初めより2件減りました。", "7 are open, 2 fewer than at the start."),
    "result": ("適は100問のうち92問です。", "適: 92 of 100 questions."),
}


@pytest.mark.parametrize("voice", [JA, EN], ids=["ja", "en"])
@pytest.mark.parametrize("name", DRAW)
def test_a_picture_is_sound(name: str, voice: Voice) -> None:
    picture = DRAW[name](voice)
    root = ET.fromstring(picture.drawing)
    names = {part.get("id"): part.text for part in root.iter() if part.get("id")}
    assert [names[one] for one in root.attrib["aria-labelledby"].split()] == [picture.title, picture.sentence]
    assert all(len(row) == len(picture.heads) for row in picture.rows)
    for part in root.iter():
        assert not {"style", "class", "onclick", "href"} & set(part.attrib)
        assert "nan" not in " ".join(part.attrib.values()).split()
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for part in root.iter("{http://www.w3.org/2000/svg}rect"):
        if "x" in part.attrib:
            assert float(part.attrib["x"]) >= -1 and float(part.attrib["x"]) + float(part.attrib["width"]) <= width + 1
            assert float(part.get("y", 0)) + float(part.attrib["height"]) <= height + 1


@pytest.mark.parametrize("name", SAID)
def test_a_picture_says_what_it_shows(name: str) -> None:
    assert (DRAW[name](JA).sentence, DRAW[name](EN).sentence) == SAID[name]


def test_a_flow_map_stays_readable() -> None:
    picture = flow.picture(FLOWS, JA)
    ribbons = picture.drawing.count('fill-opacity="0.6"')
    assert 20 < ribbons <= flow.MOST_RIBBONS
    assert "その他" in picture.drawing and len(picture.rows) == len(FLOWS)
    assert sum(int(row[-1]) for row in picture.rows) == sum(one.lines for one in FLOWS)


def test_a_few_flows_are_not_grouped() -> None:
    few = FLOWS[:5]
    drawn = flow.picture(few, EN).drawing
    assert "other" not in drawn and all(one.party in drawn for one in few)


def test_the_table_of_a_year_lists_its_days_alone() -> None:
    rows = DRAW["year"](JA).rows
    assert rows == (("2026-04-01", 2), ("2026-11-30", 61), ("2027-03-31", 12))
    assert DRAW["year-leap"](JA).drawing.count("<rect") == 366


def test_texts_cannot_become_elements() -> None:
    assert "&lt;2026&gt;" in DRAW["validity"](JA).drawing
    assert tag("text", '<a b="&">', x='"1"') == '<text x="&quot;1&quot;">&lt;a b="&amp;"&gt;</text>'


def test_labels_are_cut_to_their_room() -> None:
    assert fitted("再委託先の一覧", 200) == "再委託先の一覧"
    cut = fitted("再委託先の一覧", 60)
    assert cut.endswith("…") and breadth(cut) <= 60


@pytest.mark.parametrize(("done", "total", "arcs"), [(0, 100, 1), (38, 100, 2), (100, 100, 2), (0, 0, 1)])
def test_a_ring_is_silent(done: int, total: int, arcs: int) -> None:
    drawn = ring(done, total)
    assert 'aria-hidden="true"' in drawn and drawn.count("<circle") == arcs and f">{done}</text>" in drawn


def test_colours_are_those_of_the_styles() -> None:
    tokens = (ROOT / "static" / "tokens.css").read_text(encoding="utf-8")
    strays = {colour for colour in (*TONES.values(), *SOFT.values()) if colour not in tokens}
    assert strays == set()
    assert [step for step in (STEPS[0], *STEPS[3:]) if step not in tokens] == []
