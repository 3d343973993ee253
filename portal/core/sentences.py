"""Marks English sentences that core hands out, and fills them for a reader once they are translated."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol, runtime_checkable

from portal.core.bilingual import Text
from portal.core.readable import date_long


@runtime_checkable
class Said(Protocol):
    """Anything that carries a sentence and the values for its places."""

    @property
    def message(self) -> str:
        """The English source sentence."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The values for its places."""


def sentence(text: str) -> str:
    """Take an English source sentence with %(name)s places; give it unchanged, to be translated where it is shown."""
    return text


class Reader:
    """Someone who reads: a language, the catalogue of translations, and the names of coded things."""

    def __init__(self, lang: str, translate: Callable[[str], str], name: Callable[[str], str] = str) -> None:
        self.lang = lang
        self.translate = translate
        self.name = name

    def say(self, said: Said) -> str:
        """Give a sentence in the reader's language: dates written out, lists joined, nested sentences told."""
        return self.translate(said.message) % {place: self._word(value) for place, value in said.values.items()}

    def _word(self, value: Any) -> str:
        if isinstance(value, Said):
            return self.say(value)
        if isinstance(value, Text):
            return value.get(self.lang)
        if isinstance(value, date):
            return date_long(value, "ja" if self.lang.startswith("ja") else "en")
        if isinstance(value, (tuple, list)):
            return ("、" if self.lang.startswith("ja") else ", ").join(self.name(str(item)) for item in value)
        return str(value)
