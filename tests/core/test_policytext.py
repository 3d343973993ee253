"""The policy's text is cut where its clauses begin, whatever form its numbers take, and two editions are compared."""

from portal.core import policytext
from portal.store import shelf

CLAUSES = tuple(shelf.catalogue().policy.values())
TEXT = """A policy made up for this test
Opening words of our own.

I. Safety
(Plan)
1. Our body looks at its risks.
II. Persons
(Purposes)
3. Our body uses data for these purposes alone.
(1) Coordinating
(8) Sending samples for tests
(Outsourcers)
11. Our body watches over those it entrusts.
(Complaints)
12. Our body answers complaints soon.
13. Our body may change this text.
About Access Logs
The pages of the site count visits.
"""


def test_a_text_is_cut_where_its_clauses_begin() -> None:
    found = policytext.split(TEXT, CLAUSES)
    assert list(found)[:3] == ["PREAMBLE", "I.1", "II.3"]
    assert {"II.3.(1)", "II.3.(8)", "II.11", "II.12", "II.13"} < set(found)
    assert found["II.11"].endswith("11. Our body watches over those it entrusts.")
    assert "Sending samples" in found["II.3.(8)"] and "Sending samples" not in found["II.3"]
    assert found["PREAMBLE"].count("Opening words") == 1
    assert any("count visits" in text for clause, text in found.items() if clause.startswith("WEB"))


def test_wide_numbers_are_read_as_narrow_ones() -> None:
    wide = "前文\nⅡ．個人情報保護\n（利用目的）\n３．次の目的の範囲内で利用する。\n（８）検査の委託\n" + \
        "１１．委託先の監督"
    found = policytext.split(wide, CLAUSES)
    assert list(found) == ["PREAMBLE", "II.3", "II.3.(8)", "II.11"]
    assert found["II.3"] == "(利用目的)\n3.次の目的の範囲内で利用する。"


def test_each_change_is_told_once() -> None:
    before = policytext.split(TEXT, CLAUSES)
    after = policytext.split(TEXT.replace("those it entrusts", "those it entrusts and theirs")
                             .replace("complaints soon", "complaints at once")
                             .replace("13. Our body may", "17. Our body may"), CLAUSES)
    told = policytext.compare(before, after)
    assert [(change.clause, change.kind) for change in told] == [
        ("II.11", "changed"), ("II.12", "changed"), ("II.17", "added"), ("II.13", "removed")]
    assert "and theirs" in told[0].after and "and theirs" not in told[0].before
    assert policytext.compare(before, before) == ()


def test_spaces_and_width_alone_change_nothing() -> None:
    loose = TEXT.replace("Our body", "Our  body").replace("(8)", "（8）")
    assert policytext.compare(policytext.split(TEXT, CLAUSES), policytext.split(loose, CLAUSES)) == ()


def test_a_clause_as_questions_cite_it() -> None:
    assert [policytext.cited_as(id) for id in ("II.11", "II.3.(8)", "WEB ADS")] == [
        "POL-II-11", "POL-II-3-8", "POL-WEB-ADS"]
