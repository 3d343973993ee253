"""How each state is marked on paper: a shape, a word and a tone, so that no state rests on colour."""

from dataclasses import dataclass

from portal.packet.speech import pgettext
from portal.packet.value import Words

NOTHING = Words("")


@dataclass(frozen=True)
class Sign:
    """One mark: its shape, its words, the class of its colour, and what it means where that needs saying."""

    shape: str
    words: Words
    tone: str
    meaning: Words = NOTHING


def verdicts() -> dict[str, Sign]:
    """Give the marks of a question's verdict, with their meaning."""
    return {
        "conforms": Sign(
            "○",
            pgettext("packet", "Conforms"),
            "ok",
            pgettext("packet", "The answer and its evidence meet the requirement."),
        ),
        "finding": Sign(
            "▲",
            pgettext("packet", "Finding"),
            "bad",
            pgettext("packet", "The requirement is not met; a finding was opened."),
        ),
        "returned": Sign(
            "◆",
            pgettext("packet", "Returned"),
            "warn",
            pgettext("packet", "The answer was returned for correction and is awaited."),
        ),
        "not_applicable": Sign(
            "－",
            pgettext("packet", "Not applicable"),
            "mute",
            pgettext("packet", "The reviewer accepted that the question does not apply."),
        ),
        "open": Sign(
            "…",
            pgettext("packet", "Not yet judged"),
            "mute",
            pgettext("packet", "No verdict had been given as of the packet's date."),
        ),
    }


def severities() -> dict[str, Sign]:
    """Give the marks of a finding's severity, with their meaning."""
    return {
        "grave": Sign(
            "■",
            pgettext("packet", "Grave"),
            "bad",
            pgettext("packet", "Sharing may have to be suspended; the approver decides."),
        ),
        "high": Sign(
            "▲",
            pgettext("packet", "High"),
            "bad",
            pgettext("packet", "To be mended within the agreed days, with evidence."),
        ),
        "medium": Sign(
            "△", pgettext("packet", "Medium"), "warn", pgettext("packet", "To be mended by the agreed date.")
        ),
        "low": Sign(
            "▽", pgettext("packet", "Low"), "mute", pgettext("packet", "An improvement to be looked at next time.")
        ),
    }


def standings() -> dict[str, Sign]:
    """Give the cover's seal for each standing of the packet."""
    return {
        "signed_off": Sign("○", pgettext("packet", "Signed off"), "ok"),
        "conditional": Sign("△", pgettext("packet", "With conditions"), "warn"),
        "not_signed": Sign("…", pgettext("packet", "Copy, not signed off"), "mute"),
        "withdrawn": Sign("×", pgettext("packet", "Withdrawn"), "bad"),
    }


def duties() -> dict[str, Sign]:
    """Give the marks of a duty's state."""
    return {
        "met": Sign("○", pgettext("packet", "Met"), "ok"),
        "due": Sign("◆", pgettext("packet", "Due"), "warn"),
        "failing": Sign("■", pgettext("packet", "Failing"), "bad"),
    }


def presences() -> dict[str, Sign]:
    """Give the marks of a clause's presence in a contract."""
    return {
        "met": Sign("○", pgettext("packet", "Present"), "ok"),
        "equivalent": Sign("◎", pgettext("packet", "Equivalent"), "ok"),
        "waived": Sign("－", pgettext("packet", "Waived"), "mute"),
        "missing": Sign("■", pgettext("packet", "Missing"), "bad"),
    }


def lawfulness() -> dict[str, Sign]:
    """Give the marks of a scope line's verdict under the law table."""
    return {
        "PERMITTED": Sign("○", pgettext("packet", "Permitted"), "ok"),
        "INCOMPLETE": Sign("◆", pgettext("packet", "Incomplete"), "warn"),
        "NO_BASIS": Sign("■", pgettext("packet", "No basis"), "bad"),
        "PROHIBITED": Sign("×", pgettext("packet", "Prohibited"), "bad"),
    }


def scans() -> dict[str, Sign]:
    """Give the marks of a file's malware scan; not scanned is never shown as clean."""
    return {
        "clean": Sign("○", pgettext("packet", "Nothing found"), "ok"),
        "infected": Sign("■", pgettext("packet", "Infected"), "bad"),
        "not_scanned": Sign("◆", pgettext("packet", "Not scanned"), "warn"),
    }
