"""How long a record is kept, by its manner; and what does not belong into one."""

from datetime import date

import pytest

from portal.core.recordkeeping import ASKED, Manner, is_reference, kept_until, looks_personal
from portal.store import shelf

KINDS = shelf.catalogue().record_types
MADE, LAST = date(2026, 11, 25), date(2026, 9, 30)


@pytest.mark.parametrize(("kind", "manner", "until"), [
    ("provision_record", "each", date(2029, 11, 25)),
    ("provision_record", "batch", date(2029, 9, 30)),
    ("provision_record", "contract", date(2027, 9, 30)),
    ("receipt_record", "batch", date(2029, 9, 30)),
    ("statutory_log", "each", date(2031, 11, 25)),
    ("na_log", "batch", date(2033, 9, 30)),
])
def test_a_record_is_kept_from_its_making_or_the_last_act(kind: str, manner: Manner, until: date) -> None:
    assert kept_until(KINDS[kind], manner, MADE, LAST) == until


def test_every_kind_is_of_the_catalogue_and_asked_in_both_languages() -> None:
    assert set(ASKED) < set(KINDS)
    assert all(asked.label.ja and asked.label.en.isascii() for kind in ASKED.values() for asked in kind)
    wanted = {kind for route in shelf.catalogue().rules.route for kind in route.records}
    files = {"supervision_file", "joint_use_file", "eq_check_log"}
    assert wanted - files == set(ASKED) - {"na_log"} | ({"na_log"} & wanted)


@pytest.mark.parametrize("text", ["番号 1234 5678 9018", "123456789018", "連絡先 taro@example.jp"])
def test_what_is_of_a_person_is_seen(text: str) -> None:
    assert looks_personal(["第1号", text])


@pytest.mark.parametrize("text", ["個情法27条1項2号", "2026年9月分・一括", "R-2026-00012", ""])
def test_what_is_not_of_a_person_passes(text: str) -> None:
    assert not looks_personal([text])


def test_references() -> None:
    assert [is_reference(text) for text in ("CORE/2026-09.b1", "a", "山田太郎", "", "x y", "-1", "a" * 81)] == [
        True, True, False, False, False, False, False]
