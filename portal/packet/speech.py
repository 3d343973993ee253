"""The packet's own words in both languages at once: English source texts, Japanese from the house's catalogue."""

from portal.packet.value import Words
from portal.store.translations import translations


def pgettext(context: str, english: str, **values: object) -> Words:
    """Give a message of a context in both languages, with values put in; LookupError where it has no Japanese."""
    japanese = str(translations("ja").pgettext(context, english))
    if japanese == english:
        raise LookupError(f"no Japanese for: {english}")
    return Words(japanese % values, english % values) if values else Words(japanese, english)
