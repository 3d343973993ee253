"""The joint-use notice: the five matters of APPI Art. 27(5)(iii), and whether it covers a line (policy II.5)."""

from datetime import date
from typing import Literal

from msgspec import Struct

from portal.core.bilingual import Text

Matter = Literal["fact", "items", "scope", "purpose", "responsible", "address", "representative"]
MATTERS: dict[Matter, Text] = {
    "fact": Text("共同利用する旨", "That the data are jointly used"),
    "items": Text("共同利用される個人データの項目", "Items of personal data"),
    "scope": Text("共同して利用する者の範囲", "Scope of joint users"),
    "purpose": Text("利用目的", "Purpose of use"),
    "responsible": Text("管理責任者の名称", "Name of the responsible party"),
    "address": Text("管理責任者の住所", "Address of the responsible party"),
    "representative": Text("管理責任者の代表者の氏名", "Representative of the responsible party"),
}
REVIEW_MONTHS = 12
"""A notice is looked at again once a year (a JMDP rule; the need PC-JUNOTICE is valid as long)."""
COVERING: dict[str, Text] = {
    "unpublished": Text("公表文が施行されていない", "No notice is in force"),
    "party_not_covered": Text("相手先が範囲に含まれない", "The party is outside the scope"),
    "items_not_covered": Text("項目が公表の範囲外", "An item is outside those published"),
    "purpose_not_covered": Text("利用目的が公表の範囲外", "The purpose is outside those published"),
}
"""What a gap of coverage is called; the gap of a matter has the matter's own name."""
BEFORE: frozenset[Matter] = frozenset({"purpose", "responsible"})
WITHOUT_DELAY: frozenset[Matter] = frozenset({"address", "representative"})


class Notice(Struct, frozen=True):
    """A notice as published: the text of each matter, and in codes what it covers."""

    matters: dict[Matter, str]
    published_on: date | None = None
    party_kinds: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()


class Use(Struct, frozen=True):
    """One joint use as it is meant to be: the party and its kind, items and purpose."""

    party: str
    party_kind: str
    items: frozenset[str]
    purpose: str


Gap = Literal["unpublished", "party_not_covered", "items_not_covered", "purpose_not_covered"]


def lacking(notice: Notice) -> tuple[Matter, ...]:
    """Give the matters a notice does not state; the responsible party counts with name, address and representative."""
    return tuple(matter for matter in MATTERS if not notice.matters.get(matter, "").strip())


def gaps(notice: Notice, use: Use, as_of: date) -> tuple[Matter | Gap, ...]:
    """Give everything for which the notice does not carry a use on a day; empty means complete and covering."""
    found: list[Matter | Gap] = list(lacking(notice))
    if notice.published_on is None or notice.published_on > as_of:
        found.append("unpublished")
    if use.party not in notice.parties and use.party_kind not in notice.party_kinds:
        found.append("party_not_covered")
    if not use.items <= notice.items:
        found.append("items_not_covered")
    if use.purpose not in notice.purposes:
        found.append("purpose_not_covered")
    return tuple(found)


def when_to_tell(changed: Matter) -> Literal["before", "without_delay", "new_notice"]:
    """Say when a change must be told: purpose and responsible party before, address and representative without delay.

    Items, scope and the fact itself may in principle not be changed without consent or a fresh notice (Art. 27(6)).
    """
    if changed in BEFORE:
        return "before"
    return "without_delay" if changed in WITHOUT_DELAY else "new_notice"


def changed(before: Notice, after: Notice) -> tuple[Matter, ...]:
    """Give the matters in which two notices differ, in text or in what they cover."""
    covers: dict[Matter, bool] = {
        "items": before.items != after.items, "purpose": before.purposes != after.purposes,
        "scope": (before.party_kinds, before.parties) != (after.party_kinds, after.parties),
    }
    return tuple(matter for matter in MATTERS if covers.get(matter)
                 or before.matters.get(matter, "").strip() != after.matters.get(matter, "").strip())


def named(gap: str) -> Text:
    """Give a gap in words: what the notice does not cover, or the matter it lacks."""
    if gap in COVERING:
        return COVERING[gap]
    matter = next(text for name, text in MATTERS.items() if name == gap)
    return Text(f"記載がない：{matter.ja}", f"Not stated: {matter.en}")
