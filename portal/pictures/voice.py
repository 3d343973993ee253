"""Sentences that pictures say: a message and its values, put into the reader's language by a voice."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from portal.core import readable

Value = str | int | date


class Catalogue(Protocol):
    """The part of a gettext catalogue that a voice needs."""

    def gettext(self, message: str) -> str:
        """One message in the language."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """One message in the language, in the form for n."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message with its values; `many` and `num` where a count chooses its form."""

    one: str
    values: dict[str, Value]
    many: str = ""
    num: int = 0


def sentence(message: str, **values: Value) -> Sentence:
    """A message without a count; the message is found for translation by this call."""
    return Sentence(message, values)


def counted(one: str, many: str, num: int, **values: Value) -> Sentence:
    """A message whose form depends on a count, which it may show as `%(num)s`."""
    return Sentence(one, {"num": num, **values}, many, num)


@dataclass(frozen=True, slots=True)
class Voice:
    """A language ('ja' or 'en') and its catalogue."""

    language: str
    catalogue: Catalogue

    def say(self, said: Sentence) -> str:
        """The sentence in the language; dates among its values are written in full."""
        text = (self.catalogue.ngettext(said.one, said.many, said.num) if said.many
                else self.catalogue.gettext(said.one))
        return text % {name: self.written(value) for name, value in said.values.items()}

    def written(self, value: Value) -> Value:
        """A value as it stands in a sentence."""
        return readable.date_long(value, self.language) if isinstance(value, date) else value

    def month(self, first: date) -> str:
        """A month on an axis: `4月` or `Apr`."""
        return f"{first.month}月" if self.language == "ja" else readable.MONTHS[first.month - 1][:3]
