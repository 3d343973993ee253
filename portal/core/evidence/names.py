"""Names of uploaded files: shown and offered for download again, never used as a path."""

import re
import unicodedata

LONGEST = 180
"""Bytes of UTF-8 a name may have; a folder and a zip on any system take it."""

UNSAFE = dict.fromkeys(map(ord, '<>:"|?*\\/'), "_")
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\..*)?")
KEPT_AS_WRITTEN = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
"""Compatibility ideographs: NFC would turn the 神 of a person's name into another form of it."""

NAMELESS = "file"


def safe_name(raw: str) -> str:
    """Give a name safe on every system that still reads as the sender's: no path, control or bidi character.

    NFC, at most LONGEST bytes with the extension kept, never empty, never a name Windows reserves.
    """
    name = re.split(r"[\\/]", raw)[-1]
    name = "".join(char for char in name if not _hidden(char))
    name = "".join(part if KEPT_AS_WRITTEN.fullmatch(part) else unicodedata.normalize("NFC", part)
                   for part in KEPT_AS_WRITTEN.split(name))
    name = re.sub(r"[ \t\n]+", " ", name.translate(UNSAFE)).strip(". \u3000")
    if not name:
        return NAMELESS
    if RESERVED.fullmatch(name) or name.startswith(("-", "~")):
        name = f"_{name}"
    return _shortened(name)


def _hidden(char: str) -> bool:
    # Cc controls, Cf bidi overrides and zero-width characters, Cs half of a pair, Co and Cn no character at all.
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} and char not in "\t\n"


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    ending = dot + extension if stem and len(extension.encode()) <= 16 else ""
    kept = (stem if ending else name).encode()[: LONGEST - len(ending.encode())]
    return kept.decode(errors="ignore").rstrip(". \u3000") + ending
