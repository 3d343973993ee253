"""The values that every page of a packet is made of: texts in two languages, people, spells of time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar, dataclass_transform

from msgspec import UNSET, UnsetType

T = TypeVar("T")


@dataclass_transform(kw_only_default=True, frozen_default=True)
def value(cls: type[T]) -> type[T]:
    """Make a class an immutable value whose fields are given by name."""
    return dataclass(frozen=True, kw_only=True, slots=True)(cls)


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Japanese and in English; either may be empty where it was only given in the other."""

    ja: str
    en: str = ""


@value
class Person:
    """Someone who acted, as they are named on paper."""

    name: str
    role: Words
    body: Words = Words("")


@value
class Acted:
    """A person and the moment (UTC) of what they did; `stead` is the absent person for whom they did it, if any.

    It is left out of the JSON where there is none, so that packets from before it stay the bytes they are.
    """

    who: Person
    at: datetime
    stead: str | UnsetType = UNSET


@value
class Spell:
    """Something that holds for a time: a certificate, an accreditation; `until` None means without end."""

    name: Words
    start: date
    until: date | None = None
