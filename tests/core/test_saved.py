"""What of an address is kept as a view, what of a view still holds, and which views carry a count."""

import pytest

from portal.core import handing, saved
from portal.core.handing import Standing

OFFERED = {"kind": ("testing_lab", "hospital"), "lead": ("me", "none", "a" * 26)}


@pytest.mark.parametrize(("page", "given", "kept"), [
    ("parties", {"q": "  見本　 検査 ", "kind": "testing_lab", "page": "7", "next": "https://example.com"},
     {"q": "見本 検査", "kind": "testing_lab"}),
    ("parties", {"kind": "nothing", "tier": "worst", "country": "jp", "lead": "b" * 26, "status": "active"},
     {"status": "active"}),
    ("parties", {"country": "DE", "lead": "me"}, {"country": "DE", "lead": "me"}),
    ("findings", {"severity": "high", "view": "overdue", "kind": "testing_lab"},
     {"view": "overdue", "severity": "high"}),
    ("search", {"in": "evidence", "q": "x" * 300}, {"q": "x" * 100, "in": "evidence"}),
    ("home", {"tab": "yours"}, {}),
])
def test_only_known_filters_with_values_that_hold_are_kept(page: saved.Page, given: dict[str, str],
                                                           kept: dict[str, str]) -> None:
    assert saved.kept(page, given, OFFERED) == kept
    assert saved.gone(page, kept, OFFERED) == []


def test_a_filter_that_is_no_longer_there_is_named() -> None:
    query = {"kind": "lab_of_old", "status": "active", "colour": "red", "lead": "b" * 26}
    assert saved.gone("parties", query, OFFERED) == ["kind", "colour", "lead"]
    assert saved.gone("a_page_of_old", {"q": "x"}, OFFERED) == ["q"]
    assert saved.page_of("parties") == "parties" and saved.page_of("party") is None


@pytest.mark.parametrize(("page", "query", "counted"), [
    ("parties", {"kind": "hospital"}, True), ("parties", {"lead": "me"}, True), ("parties", {"q": "x"}, False),
    ("parties", {"kind": "hospital", "q": "x"}, False), ("parties", {"kind": "hospital", "tier": "low"}, False),
    ("findings", {"view": "overdue"}, True), ("findings", {"view": "running", "severity": "high"}, False),
    ("findings", {"view": "closed"}, False), ("search", {"q": "x"}, False), ("home", {"tab": "mine"}, False),
])
def test_a_count_is_said_only_where_an_index_gives_it(page: str, query: dict[str, str], counted: bool) -> None:
    assert saved.is_counted(page, query) is counted


@pytest.mark.parametrize(("standing", "why"), [
    (Standing(True, "active", False, False), ""), (Standing(True, "candidate", False, False), ""),
    (Standing(False, "active", False, False), handing.MAY_NOT), (Standing(True, "ended", True, True), handing.ENDED),
    (Standing(True, "active", True, True), handing.SAME), (Standing(True, "active", False, True), handing.CONFLICT),
])
def test_why_a_party_is_left_out(standing: Standing, why: str) -> None:
    assert handing.against(standing) == why
