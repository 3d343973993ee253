"""The judge gives the hand-written results of the vectors, and refuses what it cannot judge."""

import tomllib
from pathlib import Path

import pytest

from portal.core.judging import BadVectors, judge_file
from portal.core.legal import Rules

TEXT = (Path(__file__).parent / "legal_vectors.toml").read_text(encoding="utf-8")
VECTORS = {vector["id"]: vector for vector in tomllib.loads(TEXT)["vector"]}


@pytest.mark.parametrize("name", VECTORS)
def test_vector(name: str, rules: Rules) -> None:
    expected, given = VECTORS[name], judge_file(TEXT, rules)[name]
    assert given["verdict"] == expected["expect"]
    assert set(given["blocks"]) == set(expected["expect_blocks"])
    assert set(expected["expect_routes_include"]) <= set(given["routes"])
    if expected["expect"] == "PERMITTED":
        assert [] in given["routes"].values()


def test_what_is_expected_is_not_read(rules: Rules) -> None:
    lies = TEXT.replace('expect = "PERMITTED"', 'expect = "PROHIBITED"')
    assert lies != TEXT
    assert judge_file(lies, rules) == judge_file(TEXT, rules)


def test_a_missing_flag_is_no(rules: Rules) -> None:
    assert judge_file(case("flags = { purpose_set = true }"), rules)["A"]["verdict"] == "PERMITTED"
    assert judge_file(case(""), rules)["A"]["blocks"] == ["BL-09"]


def test_missing_needs_are_named(rules: Rules) -> None:
    text = case("flags = { purpose_set = true }").replace('"PC-REC29"', '"PC-ENC"')
    assert judge_file(text, rules)["A"] == {
        "verdict": "INCOMPLETE",
        "blocks": [],
        "routes": {"RT-TP-CONSENT-JP": ["PC-REC29"], "RT-TP-27-1-1": ["PC-LAWREF"]},
        "overlays": [],
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not toml at all [", "not a file of"),
        ("schema = 1", "vector"),
        ("[[vector]]\nid = 'A'\nrelation = 'entrustment'", "data"),
    ],
)
def test_bad_files_say_what_is_wrong(text: str, says: str, rules: Rules) -> None:
    with pytest.raises(BadVectors, match=says):
        judge_file(text, rules)


def test_an_unknown_word_is_not_no_basis(rules: Rules) -> None:
    with pytest.raises(BadVectors, match=r"A: relation 'third-party' is not known; use one of entrustment"):
        judge_file(case("").replace("third_party", "third-party"), rules)
    with pytest.raises(BadVectors, match="two cases are called A"):
        judge_file(case("") + case(""), rules)


def case(more: str) -> str:
    """A permitted provision by consent inside Japan, if the flags are given."""
    return f"""
[[vector]]
id = "A"
relation = "third_party"
data = ["ordinary"]
location = "JP"
party_kind = "insurer"
purpose = "P02"
done = ["PC-PURPOSE", "PC-CONSENT", "PC-REC29"]
{more}
"""
