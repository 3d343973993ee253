"""The legal-basis table as typed values: conditions, routes, blocks, overlays, needs and where facts come from."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec
from msgspec import Struct

from portal.core.bilingual import Text

Verified = Literal["source", "knowledge"]


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """Edition of one catalogue file and the day from which it applies."""

    edition: str
    valid_from: date
    title: Text
    watch: Text | None = None


class Condition(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a line must look like; an empty list asks nothing, all keys must hold together."""

    relation: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    party_kind: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    data_any: tuple[str, ...] = ()
    data_none: tuple[str, ...] = ()
    data_only: tuple[str, ...] = ()
    flags_true: tuple[str, ...] = ()
    flags_false: tuple[str, ...] = ()

    def flags(self) -> tuple[str, ...]:
        """Give every flag the condition asks about."""
        return self.flags_true + self.flags_false


class Coded(Struct, frozen=True, forbid_unknown_fields=True):
    """One value of a fixed set, such as a relation or a data class; a place under the law names its countries."""

    set: str
    code: str
    label: Text
    countries: tuple[str, ...] = ()


class Basis(Struct, frozen=True, forbid_unknown_fields=True):
    """A provision the rules rest on: how it is cited and what it says in our words."""

    id: str
    cite: Text
    gist: Text
    verified: Verified


class Variant(Struct, frozen=True, forbid_unknown_fields=True):
    """A need worded differently on certain routes or in certain cases."""

    label: Text
    route: tuple[str, ...] = ()
    when: Condition = Condition()
    evidence: tuple[str, ...] = ()


class Precondition(Struct, frozen=True, forbid_unknown_fields=True):
    """A need of a route; months of validity 0 means as long as the thing itself, or as `validity` says."""

    id: str
    label: Text
    check: Literal["data", "document", "workflow"]
    evidence: tuple[str, ...]
    validity_months: int
    basis: tuple[str, ...]
    validity: Literal["months", "tier", "study"] = "months"
    not_required_when: tuple[Condition, ...] = ()
    variants: tuple[Variant, ...] = ()


class Route(Struct, frozen=True, forbid_unknown_fields=True):
    """A legal way for a line, with its needs and the records it makes."""

    id: str
    label: Text
    when: Condition
    basis: tuple[str, ...]
    needs: tuple[str, ...]
    records: tuple[str, ...]
    verified: Verified
    note: Text | None = None


class Block(Struct, frozen=True, forbid_unknown_fields=True):
    """A bar by law, by the policy or by a JMDP rule, with the cases that cancel it."""

    id: str
    label: Text
    when: Condition
    unless: tuple[Condition, ...]
    basis: tuple[str, ...]
    level: Literal["law", "policy", "jmdp_rule"]
    verified: Verified
    when_running: Literal["stop", "refer", "warn"] = "stop"
    note: Text | None = None


class Overlay(Struct, frozen=True, forbid_unknown_fields=True):
    """Needs added to every matching route, or only to those named in `routes`."""

    id: str
    label: Text
    when: Condition
    needs: tuple[str, ...]
    basis: tuple[str, ...]
    verified: Verified
    routes: tuple[str, ...] = ()

    def adds_to(self, route: str) -> bool:
        """Say whether the overlay reaches a route."""
        return not self.routes or route in self.routes


class Renamed(Struct, frozen=True, forbid_unknown_fields=True):
    """An id of an earlier edition and what it is called now, on lines of the given relations."""

    old: str
    new: str
    relation: tuple[str, ...]
    note: Text


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole decision table of one law edition."""

    header: Header
    enum: tuple[Coded, ...]
    basis: tuple[Basis, ...]
    precondition: tuple[Precondition, ...]
    route: tuple[Route, ...]
    block: tuple[Block, ...]
    overlay: tuple[Overlay, ...]
    renamed: tuple[Renamed, ...] = ()

    def codes(self, name: str) -> dict[str, Text]:
        """Give the values of one set (relation, data_class, location, party_kind) with their labels."""
        return {item.code: item.label for item in self.enum if item.set == name}

    def place_of(self, country: str) -> str:
        """Give the place under the law of a country by its two letters: JP, EQ or OTHER (APPI Art. 28(1))."""
        return next((item.code for item in self.enum if item.set == "location" and country in item.countries), "OTHER")

    def conditions(self) -> Iterator[Condition]:
        """Give every condition of the table, whatever row it stands in."""
        for route in self.route:
            yield route.when
        for block in self.block:
            yield block.when
            yield from block.unless
        for overlay in self.overlay:
            yield overlay.when

    def flags(self) -> frozenset[str]:
        """Give every flag the table asks about."""
        return frozenset(flag for condition in self.conditions() for flag in condition.flags())


RowKind = Literal[
    "answers", "approval", "attestation", "check", "clauses", "contract", "engagement", "evidence", "finding",
    "notice", "party", "place", "provision", "receipt", "reentrustment", "scope", "selection",
]


class Fact(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a flag or a need comes from: computed from rows, or stated by a named person with evidence."""

    id: str
    kind: Literal["flag", "need"]
    source: Literal["rows", "statement"]
    reads: tuple[RowKind, ...]
    question: Text
    evidence: tuple[str, ...]


class Statute(Struct, frozen=True, forbid_unknown_fields=True):
    """A Japanese law that may be cited as the basis of Art. 27(1)(i)."""

    id: str
    label: Text
    verified: Verified


class Ground(Struct, frozen=True, forbid_unknown_fields=True):
    """A ground of Art. 20(2) for receiving special-care data."""

    id: str
    label: Text
    basis: str
    verified: Verified


class Facts(Struct, frozen=True, forbid_unknown_fields=True):
    """The table beside the rules: facts, statutes and grounds."""

    header: Header
    fact: tuple[Fact, ...]
    statute: tuple[Statute, ...]
    ground: tuple[Ground, ...]


def read_rules(text: str) -> Rules:
    """Take the text of a rules file; give the table, or raise msgspec.ValidationError naming the bad place."""
    return msgspec.toml.decode(text, type=Rules)


def read_facts(text: str) -> Facts:
    """Take the text of a facts file; give the table, or raise msgspec.ValidationError naming the bad place."""
    return msgspec.toml.decode(text, type=Facts)
