"""Files from strangers: each hostile file gets its verdict and reason; accidents never get past the child."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal.core.evidence.verdicts import SENTENCES, Verdict
from portal.store.examine import Examined, examine
from tests import hostile

SEED = 20260401
MUTANTS = 4


def looked_at(folder: Path, files: list[tuple[str, bytes]]) -> list[Examined]:
    """Examine files two at a time."""
    paths = []
    for number, (name, data) in enumerate(files):
        paths.append((folder / f"{number:04}", name))
        paths[-1][0].write_bytes(data)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda pair: examine(*pair), paths))


def test_each_hostile_file_is_judged_as_it_must_be(tmp_path: Path) -> None:
    cases = hostile.cases()
    found = looked_at(tmp_path, [(case.name, case.make(random.Random(SEED))) for case in cases])
    wrong = [(case.name, case.verdict, case.reason, one.verdict.value, one.reasons)
             for case, one in zip(cases, found, strict=True)
             if (case.verdict != hostile.ANY and one.verdict != case.verdict) or (case.reason != (one.reason or "")
                                                                                  and case.verdict != hostile.ANY)]
    assert wrong == []
    slow = [(case.name, one.seconds) for case, one in zip(cases, found, strict=True) if one.seconds > 12]
    assert slow == []


def test_accidents_never_get_past_the_child(tmp_path: Path) -> None:
    rnd = random.Random(SEED)
    sound = [case for case in hostile.cases() if case.verdict in (hostile.ACCEPTED, hostile.FLAGGED)]
    wholes = [(case.name, data) for case in sound if len(data := case.make(rnd)) < 1 << 20]
    files = [(name, hostile.mutated(data, rnd)) for name, data in wholes for _ in range(MUTANTS)]
    assert len(files) + len(hostile.cases()) >= 300
    start = time.monotonic()
    found = looked_at(tmp_path, files)
    assert {reason for one in found for reason in one.reasons} <= set(SENTENCES)
    assert max(one.seconds for one in found) < 12
    assert {one.verdict for one in found} == set(Verdict)
    fell = [name for (name, _), one in zip(files, found, strict=True) if "parser_fell" in one.reasons]
    assert len(fell) <= len(files) // 20, fell
    assert time.monotonic() - start < 120


@pytest.mark.parametrize("seed", [1, 2])
def test_another_seed_makes_other_files(seed: int) -> None:
    for case in hostile.lies():
        assert case.make(random.Random(seed)) == case.make(random.Random(seed))
    assert hostile.page(random.Random(seed)) != hostile.page(random.Random(seed + 1))


def test_the_name_declares_and_the_bytes_must_agree(tmp_path: Path) -> None:
    data = hostile.real_pdf(random.Random(1))
    for name, reason in (("A.PDF", None), ("a.pdf.exe", "kind_not_taken"), ("a.pdf ", "kind_not_taken"),
                         ("a", "kind_not_taken"), ("報告.ｐｄｆ", "kind_not_taken"), (".pdf", None)):
        [found] = looked_at(tmp_path, [(name, data)])
        assert found.reason == reason, name
