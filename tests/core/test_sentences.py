"""Sentences of core reach the reader whole, in the reader's language."""

from datetime import date

from portal.core.answers import read_answer
from portal.core.catalogue import Catalogue
from portal.core.checklist import Answer, Asked, unmet
from portal.core.sentences import Reader
from portal.store.translations import merged

JA = merged("ja")


def reader(lang: str, catalogue: Catalogue) -> Reader:
    """A reader with the real translations, to whom kinds of evidence are named."""

    def translate(text: str) -> str:
        found = JA.get(text) if lang == "ja" else None
        return str(found.string) if found else text

    return Reader(lang, translate, lambda id: catalogue.evidence[id].label.get(lang))


def test_a_nested_problem_is_told_in_one_sentence(catalogue: Catalogue) -> None:
    question = catalogue.templates["MYN"].question("MYN-03")
    row = {"tier": "2", "name": "甲", "work": "給与", "permitted_on": "11/30/2026"}
    problem, = read_answer(question, {"rows": [row]}).problems
    assert reader("en", catalogue).say(problem) == (
        "Row 1, “Date of permission”: Day and month cannot be told apart: write the year first, as in 2026-11-30."
    )
    assert reader("ja", catalogue).say(problem) == (
        "1行目「許諾日」：月と日の区別がつきません。2026-11-30のように年から書いてください。"
    )


def test_kinds_of_evidence_and_dates_are_named(catalogue: Catalogue) -> None:
    template = catalogue.templates["LAB"]
    gaps = unmet(template, {"LAB-18": Answer({"rows": [{"name": "甲"}]})}, {}, Asked(date(2026, 11, 30)))
    gap = next(gap for gap in gaps if gap.question == "LAB-18")
    assert reader("ja", catalogue).say(gap).endswith("：再委託先一覧、再委託承諾書（個人番号は許諾書）")
    assert reader("en", catalogue).say(gap).endswith(": Re-entrustment list, Consent to re-entrustment "
                                                     "(permission for My Number)")
