"""One act as a ledger leaf: canonical JSON with ids, states and digests; personal values only as commitments."""

import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec

_CODE = re.compile(r"[\x21-\x3f\x41-\x7e]{0,160}")
Fact = int | bool | str | None | Sequence[str] | Sequence[int]


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal value (name, address, free text) that the leaf holds only as HMAC-SHA-256 under a random salt."""

    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened: who did which event to which thing, and the state before and after; time in UTC."""

    at: datetime
    person_id: int
    party_id: int | None
    event: str
    noun: str
    thing: str
    before: str = ""
    after: str = ""
    facts: Mapping[str, Fact | Personal] = field(default_factory=dict)


class Leaf(msgspec.Struct, omit_defaults=True):
    """The leaf as it is written and read back."""

    seq: int
    at: str
    by: int
    event: str
    noun: str
    thing: str
    party: int | None = None
    before: str = ""
    after: str = ""
    facts: dict[str, Any] = {}


def commitment(salt: bytes, value: str) -> str:
    """Give the commitment to a personal value under a salt."""
    return "hmac:" + hmac.new(salt, value.encode(), sha256).hexdigest()


def moment(at: datetime) -> str:
    """Give a moment as the ledger writes it: UTC, microseconds, Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _checked(name: str, value: Fact | Personal, salts: Mapping[str, bytes]) -> Fact:
    if isinstance(value, Personal):
        return commitment(salts[name], value.value)
    texts = [value] if isinstance(value, str) or not isinstance(value, Sequence) else value
    if any(isinstance(text, str) and not _CODE.fullmatch(text) for text in texts):
        raise ValueError(f"the fact '{name}' is not a code; wrap personal or free text in Personal")
    return value


def leaf(entry: Entry, sequence: int, salts: Mapping[str, bytes]) -> bytes:
    """Give the canonical JSON of an entry; ValueError when a fact could be personal and is not wrapped."""
    facts = {name: _checked(name, value, salts) for name, value in entry.facts.items()}
    row = Leaf(sequence, moment(entry.at), entry.person_id, entry.event, entry.noun, entry.thing,
               entry.party_id, entry.before, entry.after, facts)
    return msgspec.json.encode(row, order="deterministic")


_decoder = msgspec.json.Decoder(Leaf)


def read(text: bytes) -> Leaf:
    """Read a leaf back; msgspec.ValidationError when it is not one."""
    return _decoder.decode(text)
