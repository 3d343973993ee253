"""Reads the message catalogues: every `.po` of a language becomes one catalogue in memory."""

import functools
import io
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES = ("ja", "en")
SOURCE = "en"
FOLDER = Path(__file__).parent.parent / "translations"


def po_files(language: str) -> list[Path]:
    """The `.po` files of a language, one for each room that speaks."""
    return sorted((FOLDER / language / "LC_MESSAGES").glob("*.po"))


def read_catalogue(path: Path, language: str) -> Catalog:
    """One `.po` file as a catalogue; a broken file raises PoFileError with its line."""
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def merged(language: str) -> Catalog:
    """All messages of a language; the first file (by name) that translates a message gives it."""
    whole = Catalog(locale=language)
    for path in po_files(language):
        for message in read_catalogue(path, language):
            if message.id and message.string and whole.get(message.id, message.context) is None:
                whole.add(message.id, message.string, context=message.context)
    return whole


@functools.cache
def translations(language: str) -> NullTranslations:
    """The compiled translations of 'ja' or 'en'; English is the source, so it passes messages through."""
    if language == SOURCE:
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, merged(language))
    compiled.seek(0)
    return Translations(compiled)


def country(code: str, language: str) -> str:
    """Give the name of a country by its two letters, with the letters; these alone where no name is known."""
    name = Locale.parse(language).territories.get(code, "")
    return f"{name} ({code})" if name and name != code else code
