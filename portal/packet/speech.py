"""The packet's own words in both languages at once: English source texts, Japanese from the catalogue `packet.po`."""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from portal.packet.value import Words

CATALOGUE = Path(__file__).parents[1] / "translations" / "ja" / "LC_MESSAGES" / "packet.po"


@cache
def _japanese() -> dict[str, str]:
    with CATALOGUE.open("rb") as stream:
        return {str(message.id): str(message.string) for message in read_po(stream, locale="ja") if message.string}


def say(english: str, **values: object) -> Words:
    """Give a text in both languages, with values put in; LookupError where it has no Japanese."""
    try:
        japanese = _japanese()[english]
    except KeyError:
        raise LookupError(f"no Japanese in packet.po for: {english}") from None
    return Words(japanese.format(**values), english.format(**values)) if values else Words(japanese, english)
