"""Warns where a sharing line strays from what its purpose usually needs (policy II.2, II.3); warnings never bar."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from portal.core.entries import DataItem, Purpose
from portal.core.sentences import sentence

KIND = sentence("This kind of party is not usual for the purpose.")
RELATION = sentence("This relation is not usual for the purpose.")
PLACE = sentence("This place is not usual for the purpose.")
CLASSES = sentence("These data are not usual for the purpose: %(items)s")
IDENTIFIERS = sentence("The purpose asks for codes only, yet these items identify a person directly: %(items)s")
MINIMISE = sentence("Leave out what identifies a person directly unless it is needed: %(items)s")
JUSTIFY = sentence("This purpose is a catch-all: state why it is needed, for which activity, and have it approved.")
LEAST = sentence("Consider statistics, anonymised and pseudonymised data first, and record why they do not do.")
BOTH_SIDES = sentence("The line holds data that identify both donors and patients.")


class Line(Struct, frozen=True):
    """A sharing line as the linter sees it."""

    relation: str
    party_kind: str
    location: str
    items: tuple[DataItem, ...]


class Warning(Struct, frozen=True):
    """One warning: an English source sentence and the values for its places."""

    message: str
    values: Mapping[str, Any] = {}


def lint(line: Line, purpose: Purpose) -> tuple[Warning, ...]:
    """Give the warnings for a line under a purpose, in the order in which to mend them."""
    found = []
    if not {line.party_kind, "any"} & set(purpose.party_kinds):
        found.append(Warning(KIND))
    if line.relation not in purpose.relations:
        found.append(Warning(RELATION))
    if line.location not in purpose.locations:
        found.append(Warning(PLACE))
    strange = tuple(item.label for item in line.items if item.data_class not in purpose.data_classes)
    if strange:
        found.append(Warning(CLASSES, {"items": strange}))
    return (*found, *_identity(line, purpose))


def _identity(line: Line, purpose: Purpose) -> list[Warning]:
    """Warn by how far the purpose lets a person be identified, and where both sides of a transplant meet."""
    direct = tuple(item.label for item in line.items if item.direct_identifier)
    found = []
    if direct and purpose.identifiable in ("no", "coded_only"):
        found.append(Warning(IDENTIFIERS, {"items": direct}))
    if direct and purpose.identifiable == "minimise":
        found.append(Warning(MINIMISE, {"items": direct}))
    personal = {item.data_class for item in line.items} & {"ordinary", "special_care"}
    if purpose.identifiable == "prefer_no" and personal:
        found.append(Warning(LEAST))
    if purpose.identifiable == "justify":
        found.append(Warning(JUSTIFY))
    if {item.side for item in line.items} >= {"donor", "patient"} and direct:
        found.append(Warning(BOTH_SIDES))
    return found
