"""Which of the contract clauses an engagement needs, and which are not met on a day (APPI Art. 25; PrivacyMark)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from portal.core.entries import Clause

State = Literal["met", "equivalent", "waived", "missing"]


class Engaged(Struct, frozen=True):
    """What decides which clauses apply: where the party is, whether it is private, what it gets, whether AI is used."""

    location: str = "JP"
    private: bool = True
    data: frozenset[str] = frozenset()
    coded: bool = False
    uses_ai: bool = False


class Standing(Struct, frozen=True):
    """How a clause is met: which terms stand for it (equivalent), or reason, approver and last day (waived)."""

    state: State
    which: str = ""
    reason: str = ""
    approver: str = ""
    until: date | None = None


def code(standing: str, until: date | None) -> str:
    """Give a standing as the ledger writes it: its word, and for a waiver the last day."""
    return f"{standing}:{until.isoformat()}" if standing == "waived" and until else standing


def written(text: str) -> Standing:
    """Read a standing back as the ledger wrote it; what was kept had been stated in due form."""
    state, _, until = text.partition(":")
    said = "ledger"
    return Standing(state_of(state), said, said, said, date.fromisoformat(until) if until else None)


def state_of(word: str) -> State:
    """Give a word as a state of a clause; an unknown one counts as missing."""
    states: dict[str, State] = {"met": "met", "equivalent": "equivalent", "waived": "waived"}
    return states.get(word, "missing")


def required(clauses: Iterable[Clause], of: Engaged) -> tuple[str, ...]:
    """Give the clauses an engagement must hold; anti-social forces concern private parties in Japan alone."""
    applies = {
        "all": True,
        "private_domestic": of.private and of.location == "JP",
        "abroad": of.location == "OTHER",
        "mynumber": "mynumber" in of.data,
        "coded": of.coded or not of.data.isdisjoint({"anonymised", "pseudonymised"}),
        "ai": of.uses_ai,
    }
    return tuple(c.id for c in clauses if applies[c.applies_to] and (c.mandatory or c.applies_to != "all"))


def is_met(standing: Standing | None, as_of: date) -> bool:
    """Say whether a clause is met on a day: there, equivalent by named terms, or waived in due form until then."""
    if standing is None or standing.state == "missing":
        return False
    if standing.state == "equivalent":
        return bool(standing.which.strip())
    if standing.state == "waived":
        in_form = bool(standing.reason.strip() and standing.approver.strip() and standing.until)
        return in_form and standing.until is not None and standing.until >= as_of
    return True


def missing(
    clauses: Iterable[Clause], standings: Mapping[str, Standing], of: Engaged, as_of: date
) -> tuple[str, ...]:
    """Give the required clauses that are not met on a day, in the order of the list."""
    return tuple(id for id in required(clauses, of) if not is_met(standings.get(id), as_of))
