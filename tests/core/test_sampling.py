"""The draw: the same from the same seed for everybody, of the right size, even; and who may be drawn at all."""

from datetime import date
from fractions import Fraction
from hashlib import sha256
from math import ceil

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.catalogue import Catalogue
from portal.core.frozen import FrozenAnswer
from portal.core.sampling import Candidate, File, Rule, drawn, is_enough, ordered, size, why_not

CODES = st.lists(st.from_regex(r"[A-Z]{3}-[0-9]{2}", fullmatch=True), unique=True, max_size=40)
SEEDS = st.binary(min_size=32, max_size=32).map(bytes.hex)
UNTIL = date(2026, 12, 18)


@given(st.integers(1, 100), st.integers(1, 9), st.integers(0, 400))
def test_the_size_is_a_share_rounded_up_with_a_minimum(percent: int, minimum: int, number: int) -> None:
    rule = Rule(percent, minimum)
    drawn_size = size(rule, number)
    assert drawn_size == min(number, max(minimum, ceil(Fraction(number * percent, 100))))
    assert is_enough(rule, number) == (drawn_size < number)


@pytest.mark.parametrize(("number", "wanted"), [(0, 0), (2, 2), (3, 3), (4, 3), (30, 3), (31, 4), (100, 10), (101, 11)])
def test_ten_per_cent_and_at_least_three(number: int, wanted: int) -> None:
    assert size(Rule(), number) == wanted


@given(SEEDS, SEEDS, CODES, st.randoms())
def test_a_draw_follows_from_its_seed_alone(seed: str, digest: str, codes: list[str], dice) -> None:
    shuffled = [*codes, *codes[:2]]
    dice.shuffle(shuffled)
    found = drawn(Rule(), seed, digest, codes)
    assert found == drawn(Rule(), seed, digest, shuffled)
    assert set(found) <= set(codes) and len(found) == size(Rule(), len(codes)) == len(set(found))
    keys = [sha256(f"{seed}\n{digest}\n{code}".encode()).hexdigest() for code in ordered(seed, digest, codes)]
    assert keys == sorted(keys)


@given(SEEDS, SEEDS, CODES.filter(bool))
def test_taking_an_answer_away_moves_no_other(seed: str, digest: str, codes: list[str]) -> None:
    order = ordered(seed, digest, codes)
    assert ordered(seed, digest, codes[1:]) == tuple(code for code in order if code != codes[0])


def test_every_answer_is_drawn_about_as_often() -> None:
    codes = [f"LAB-{number:02}" for number in range(20)]
    counts = dict.fromkeys(codes, 0)
    for number in range(4000):
        for code in drawn(Rule(), sha256(f"{number}".encode()).hexdigest(), "d" * 64, codes):
            counts[code] += 1
    assert sum(counts.values()) == 12000
    assert all(480 < count < 720 for count in counts.values()), counts


def good(catalogue: Catalogue) -> Candidate:
    """An unchanged yes to a question of middling weight that wants no evidence."""
    question = msgspec.structs.replace(catalogue.templates["LAB"].question("LAB-05"), criticality="high")
    answer = FrozenAnswer("LAB-05", {"choice": "yes"})
    return Candidate(question, question, answer, answer, was_accepted=True, tier="high")


def test_a_good_unchanged_answer_may_stand_in_a_block(catalogue: Catalogue) -> None:
    assert why_not(good(catalogue), UNTIL) == ""
    held = File("accepted", "EV-X", None, UNTIL)
    assert why_not(msgspec.structs.replace(good(catalogue), files=(held,)), UNTIL) == ""


@pytest.mark.parametrize(("changes", "why"), [
    ({"answer": None}, "own"),
    ({"last": None}, "new"),
    ({"before": None}, "new"),
    ({"tier": "critical"}, "tier"),
    ({"answer": FrozenAnswer("LAB-05", {"choice": "yes"}, "追記")}, "changed"),
    ({"was_accepted": False}, "not_accepted"),
    ({"was_returned": True}, "returned"),
    ({"has_finding": True}, "finding"),
    ({"is_remarked": True}, "verdict"),
    ({"files": (File("accepted", valid_to=date(2026, 12, 17)),)}, "evidence"),
    ({"files": (File("quarantined"),)}, "evidence"),
    ({"files": (File("accepted"), File("flagged"))}, "evidence"),
])
def test_anything_else_is_read_by_itself(catalogue: Catalogue, changes: dict, why: str) -> None:
    assert why_not(msgspec.structs.replace(good(catalogue), **changes), UNTIL) == why


@pytest.mark.parametrize(("value", "changes", "why"), [
    ({"choice": "no"}, {}, "answer"),
    ({"choice": "partial"}, {}, "answer"),
    ({"choice": "na"}, {}, "answer"),
    ({"choice": "yes"}, {"good": "no"}, "answer"),
    ({"choice": "yes"}, {"criticality": "critical"}, "critical"),
    ({"choice": "yes"}, {"evidence": ("EV-X",), "evidence_when": "on_yes"}, "evidence"),
    ({"choice": "yes"}, {"finding_when": ("yes",), "good": "either"}, "answer"),
    ({"choice": "yes"}, {"finding_when": ("greater_than:agreed_days",)}, "answer"),
])
def test_only_a_good_answer_to_a_lesser_question(catalogue: Catalogue, value: dict, changes: dict, why: str) -> None:
    base = good(catalogue)
    question = msgspec.structs.replace(base.question, **changes)
    answer = FrozenAnswer("LAB-05", value)
    assert why_not(Candidate(question, question, answer, answer, was_accepted=True), UNTIL) == why


def test_a_question_worded_otherwise_is_read(catalogue: Catalogue) -> None:
    base = good(catalogue)
    other = msgspec.structs.replace(base.question, validity_months=base.question.validity_months + 1)
    assert why_not(msgspec.structs.replace(base, before=other), UNTIL) == "reworded"
