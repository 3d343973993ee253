"""Which questions an edition touches, and the checklist of only those."""

from datetime import date

import pytest
from msgspec.structs import replace

from portal.core import gap
from portal.core.catalogue import Catalogue
from portal.core.legal import Header
from portal.core.templates import Shown, Template


@pytest.fixture
def whole(catalogue: Catalogue) -> Template:
    """The laboratories' checklist."""
    return catalogue.templates["LAB"]


def ids(template: Template, *clauses: str) -> set[str]:
    """The questions to the party that cite any of the clauses."""
    return {row.id for row in template.questions if row.answered_by == "party" and set(clauses) & set(row.clauses)}


def test_clauses_are_named_as_questions_cite_them() -> None:
    assert gap.as_cited("policy", ["II.9", "WEB ADS"]) == {"POL-II-9", "POL-WEB-ADS"}
    assert gap.as_cited("law", ["APPI-25"]) == {"APPI-25"}


@pytest.mark.parametrize(("cites", "changed", "rests"), [
    ("POL-II-9", "POL-II-9", True), ("POL-II-3", "POL-II-3-8", True), ("POL-II-3-8", "POL-II-3", False),
    ("POL-II-1", "POL-II-11", False), ("GL-10-3", "GL-10-3(2)", True), ("APPI-2", "APPI-25", False),
    ("APPI-25", "APPI-26", False),
])
def test_a_question_rests_on_what_it_cites_and_on_what_that_holds(whole: Template, cites: str, changed: str,
                                                                  rests: bool) -> None:
    question = replace(whole.questions[0], clauses=("X-1", cites))
    assert gap.rests_on(question, frozenset({changed})) is rests


def test_only_questions_to_the_party_are_touched_in_their_order(catalogue: Catalogue) -> None:
    found = {code: gap.touched(template, frozenset({"APPI-25", "POL-II-9"}))
             for code, template in catalogue.templates.items()}
    for code, template in catalogue.templates.items():
        wanted = ids(template, "APPI-25", "POL-II-9")
        assert wanted <= set(found[code])
        assert list(found[code]) == [row.id for row in template.questions if row.id in set(found[code])]
        shown = {row.visible_when.question for row in template.questions if row.id in found[code] and row.visible_when}
        assert set(found[code]) - wanted <= shown, "more only where it shows a touched one"
    assert any(found.values()) and gap.touched(catalogue.templates["LAB"], frozenset()) == ()


def test_a_question_that_shows_a_touched_one_comes_with_it(whole: Template) -> None:
    first, second, third = (replace(row, clauses=(), visible_when=None, answered_by="party")
                            for row in whole.questions[:3])
    rows = (first, replace(second, visible_when=Shown(first.id, ("yes",))),
            replace(third, clauses=("APPI-25",), visible_when=Shown(second.id, ("yes",))))
    assert gap.touched(replace(whole, questions=rows), frozenset({"APPI-25"})) == (first.id, second.id, third.id)
    alone = replace(whole, questions=(*rows[:2], replace(rows[2], visible_when=None)))
    assert gap.touched(alone, frozenset({"APPI-25"})) == (third.id,)


def test_the_questionnaire_holds_only_its_questions_as_they_are(whole: Template) -> None:
    wanted = gap.touched(whole, frozenset({"APPI-25", "APPI-26"}))
    head = Header("1.0", date(2026, 4, 1), whole.checklist.title)
    made = gap.questionnaire(whole, wanted, ("LAB-G1", "第2版", head))
    assert made.questions == tuple(whole.question(id) for id in wanted) and 0 < len(wanted) < len(whole.questions)
    assert made.checklist.code == "LAB-G1" and made.checklist.party_kinds == whole.checklist.party_kinds
    for lang in ("ja", "en"):
        assert "第2版" in made.checklist.title.get(lang)
        assert whole.checklist.title.get(lang) in made.header.title.get(lang)


def test_how_many_questions_rest_on_each_clause(catalogue: Catalogue) -> None:
    counts = gap.resting(catalogue.templates.values())
    assert counts["APPI-25"] == sum(len(ids(template, "APPI-25")) for template in catalogue.templates.values())
