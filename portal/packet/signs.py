"""How each state is marked on paper: a shape, a word and a tone, so that no state rests on colour."""

from dataclasses import dataclass

from portal.packet.speech import say
from portal.packet.value import Words


@dataclass(frozen=True)
class Sign:
    """One mark: its shape, its words, the class of its colour, and what it means where that needs saying."""

    shape: str
    words: Words
    tone: str
    meaning: Words = Words("")


def verdicts() -> dict[str, Sign]:
    """Give the marks of a question's verdict, with their meaning."""
    return {
        "conforms": Sign("○", say("Conforms"), "ok", say("The answer and its evidence meet the requirement.")),
        "finding": Sign("▲", say("Finding"), "bad", say("The requirement is not met; a finding was opened.")),
        "returned": Sign("◆", say("Returned"), "warn", say("The answer was returned for correction and is awaited.")),
        "not_applicable": Sign(
            "－", say("Not applicable"), "mute", say("The reviewer accepted that the question does not apply.")
        ),
        "open": Sign("…", say("Not yet judged"), "mute", say("No verdict had been given as of the packet's date.")),
    }


def severities() -> dict[str, Sign]:
    """Give the marks of a finding's severity, with their meaning."""
    return {
        "grave": Sign("■", say("Grave"), "bad", say("Sharing may have to be suspended; the approver decides.")),
        "high": Sign("▲", say("High"), "bad", say("To be mended within the agreed days, with evidence.")),
        "medium": Sign("△", say("Medium"), "warn", say("To be mended by the agreed date.")),
        "low": Sign("▽", say("Low"), "mute", say("An improvement to be looked at next time.")),
    }


def standings() -> dict[str, Sign]:
    """Give the cover's seal for each standing of the packet."""
    return {
        "signed_off": Sign("○", say("Signed off"), "ok"),
        "conditional": Sign("△", say("With conditions"), "warn"),
        "not_signed": Sign("…", say("Copy, not signed off"), "mute"),
        "withdrawn": Sign("×", say("Withdrawn"), "bad"),
    }


def duties() -> dict[str, Sign]:
    """Give the marks of a duty's state."""
    return {
        "met": Sign("○", say("Met"), "ok"),
        "due": Sign("◆", say("Due"), "warn"),
        "failing": Sign("■", say("Failing"), "bad"),
    }


def presences() -> dict[str, Sign]:
    """Give the marks of a clause's presence in a contract."""
    return {
        "met": Sign("○", say("Present"), "ok"),
        "equivalent": Sign("◎", say("Equivalent"), "ok"),
        "waived": Sign("－", say("Waived"), "mute"),
        "missing": Sign("■", say("Missing"), "bad"),
    }


def lawfulness() -> dict[str, Sign]:
    """Give the marks of a scope line's verdict under the law table."""
    return {
        "PERMITTED": Sign("○", say("Permitted"), "ok"),
        "INCOMPLETE": Sign("◆", say("Incomplete"), "warn"),
        "NO_BASIS": Sign("■", say("No basis"), "bad"),
        "PROHIBITED": Sign("×", say("Prohibited"), "bad"),
    }


def scans() -> dict[str, Sign]:
    """Give the marks of a file's malware scan; not scanned is never shown as clean."""
    return {
        "clean": Sign("○", say("Nothing found"), "ok"),
        "infected": Sign("■", say("Infected"), "bad"),
        "not_scanned": Sign("◆", say("Not scanned"), "warn"),
    }
