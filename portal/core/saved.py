"""WHETHER a search may be kept under a name: the pages that can be, their filters, and what of them still holds."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from portal.core.straying import KINDS
from portal.core.words import STATES

LONGEST = 60
"""Letters of a view's name."""
MOST = 30
"""Views that one person keeps, and views that are shared in the whole house."""
ON_DESK = 6
"""Saved views that stand on the desk as tabs."""
COUNTED = 99
"""A count is said up to here, and as more beyond."""
WORDS = 100
"""Letters of the words a search looks for."""
COUNTRY = re.compile(r"[A-Z]{2}")
Page = Literal["home", "parties", "findings", "search", "contracts_ending", "contradictions"]
Offered = Mapping[str, Collection[str]]
"""Values that the catalogue and the rows offer now, by filter: kinds of party, people in charge."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a page: free words, a country, fixed values, or (none of these) values that are offered."""

    takes: Literal["words", "country", "fixed", "offered"]
    values: tuple[str, ...] = ()

    def holds(self, value: str, offered: Collection[str]) -> bool:
        """Whether a value is one that the filter knows."""
        if self.takes == "words":
            return len(value) <= WORDS
        if self.takes == "country":
            return COUNTRY.fullmatch(value) is not None
        return value in (self.values if self.takes == "fixed" else offered)


def _one_of(*values: str) -> Filter:
    return Filter("fixed", values)


_WORDS = Filter("words")
PAGES: dict[Page, dict[str, Filter]] = {
    "home": {"tab": _one_of("mine", "waiting", "overdue", "all"), "q": _WORDS},
    "parties": {"q": _WORDS, "kind": Filter("offered"), "country": Filter("country"), "tier": _one_of(*STATES["tier"]),
                "status": _one_of(*STATES["party"]), "lead": Filter("offered")},
    "findings": {"view": _one_of("running", "overdue", "expired", "closed", "all"), "q": _WORDS,
                 "severity": _one_of(*STATES["severity"]), "state": _one_of(*STATES["finding"])},
    "search": {"q": _WORDS, "in": _one_of(
        "party", "reentrusted", "question", "answer", "evidence", "finding", "comment")},
    "contracts_ending": {"step": _one_of("over", "30", "60", "90")},
    "contradictions": {"kind": _one_of(*KINDS), "waiting": _one_of("yes")},
}
INDEXED = ("kind", "country", "tier", "status", "lead")
"""Filters of the register that an index answers by itself."""


def page_of(name: str) -> Page | None:
    """Give the page of this name, None where searches of it cannot be kept."""
    return next((page for page in PAGES if page == name), None)


def tidied(name: str) -> str:
    """Give a view's name with single spaces, as it is kept."""
    return " ".join(name.split())


def kept(page: Page, given: Mapping[str, str], offered: Offered) -> dict[str, str]:
    """Give what of an address is kept: the page's own filters, in their order, with values that hold; nothing else."""
    found = {name: " ".join(given.get(name, "").split())[:WORDS] for name in PAGES[page]}
    return {name: value for name, value in found.items()
            if value and PAGES[page][name].holds(value, offered.get(name, ()))}


def gone(page: str, query: Mapping[str, str], offered: Offered) -> list[str]:
    """Give the filters of a kept search that its page no longer has, or whose value is no longer offered."""
    known = page_of(page)
    filters = PAGES[known] if known else {}
    return [name for name, value in query.items()
            if name not in filters or not filters[name].holds(value, offered.get(name, ()))]


def is_counted(page: str, query: Mapping[str, str]) -> bool:
    """Whether an index answers how many things a search finds, so that a tab may carry the count."""
    if page == "parties":
        return len(query) == 1 and set(query) <= set(INDEXED)
    return page == "findings" and set(query) == {"view"} and query["view"] in ("running", "overdue")
