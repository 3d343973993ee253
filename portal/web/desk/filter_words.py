"""What filters of the desk's pages are called, and what their values say, in the reader's language."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext

from portal.core.straying import KINDS
from portal.models import Person
from portal.web.desk.register_forms import coded, states
from portal.web.languages import language


def page_names() -> dict[str, str]:
    """What the pages are called."""
    return {"home": gettext("Desk"), "parties": gettext("Parties"), "findings": gettext("Findings"),
            "search": gettext("Search"), "contracts_ending": gettext("Contracts that end"),
            "contradictions": gettext("Contradictions")}


def labels() -> dict[str, str]:
    """What the nouns of the search are called as headings."""
    return {"party": gettext("Parties"), "reentrusted": gettext("Re-entrusted bodies"),
            "question": gettext("Questions"), "answer": gettext("Answers"),
            "evidence": gettext("Evidence"), "finding": gettext("Findings"), "comment": gettext("Comments")}


def _filter_names() -> dict[str, str]:
    view = gettext("View")
    return {"q": gettext("Words"), "kind": gettext("Kind"), "country": gettext("Country"), "tier": gettext("Tier"),
            "status": gettext("Status"), "lead": gettext("Lead"), "severity": gettext("Severity"),
            "state": gettext("State"), "tab": view, "view": view, "in": view, "step": view,
            "waiting": gettext("Waiting for a decision")}


def lead_names(people: Sequence[Person]) -> dict[str, str]:
    """What the filter for a party's lead offers."""
    return {"me": gettext("Me"), "none": gettext("Nobody"), **{person.public_id: person.name for person in people}}


def _values(page: str, people: Sequence[Person]) -> dict[str, Mapping[str, str]]:
    if page == "home":
        return {"tab": {"mine": gettext("Your turn"), "waiting": gettext("Waiting for others"),
                        "overdue": gettext("Overdue"), "all": gettext("All")}}
    if page == "findings":
        return {"view": {"running": gettext("Not closed"), "overdue": gettext("Overdue"),
                         "expired": gettext("Acceptance expired"), "closed": gettext("Closed"), "all": gettext("All")},
                "severity": dict(states("severity")), "state": dict(states("finding"))}
    if page == "parties":
        return {"kind": dict(coded("party_kind")), "tier": dict(states("tier")), "status": dict(states("party")),
                "lead": lead_names(people)}
    if page == "contradictions":
        return {"kind": {code: text.get(language()) for code, text in KINDS.items()},
                "waiting": {"yes": gettext("Yes")}}
    return {"in": labels(), "step": {
        "over": gettext("Ended"), "30": gettext("Within 30 days"), "60": gettext("31 to 60 days"),
        "90": gettext("61 to 90 days")}}


def called(filters: Sequence[str]) -> list[str]:
    """What filters are called; one that no page knows stands as it was kept."""
    names = _filter_names()
    return [names.get(name, name) for name in filters]


def told(page: str, query: Mapping[str, str], people: Sequence[Person]) -> list[tuple[str, str]]:
    """The filters of a kept search as (name, value); what the page no longer knows stands as it was kept."""
    names, values = _filter_names(), _values(page, people)
    return [(names.get(name, name), values.get(name, {}).get(value, value)) for name, value in query.items()]
