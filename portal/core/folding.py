"""Folds text for search: width, case, and hiragana against katakana; kana also as romaji."""

import unicodedata

KATAKANA = range(0x30A1, 0x30F7)
TO_HIRAGANA = {code: code - 0x60 for code in KATAKANA} | {0x30FD: 0x309D, 0x30FE: 0x309E}
HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))

ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
HEPBURN = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu"}
SYLLABLES = {
    kana: HEPBURN.get(head + vowel, head + vowel)
    for head, row in ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
} | {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "ゐ": "i", "ゑ": "e", "を": "o", "ん": "n", "ゔ": "vu"}
SMALL_Y = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
SMALL_VOWELS = {"ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
GLIDES = {"shi": "sh", "chi": "ch", "ji": "j"}


def fold(text: str) -> str:
    """Give text in the form it is searched in: NFKC, case folded, katakana as hiragana, single spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(HYPHENS).translate(TO_HIRAGANA)
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def romaji(text: str) -> str:
    """Give kana in Hepburn letters without long marks (つうち → tsuuchi); other letters stay as they are."""
    out = ""
    doubled = False
    for letter in fold(text):
        if letter == "っ":
            doubled = True
            continue
        if letter in SMALL_Y and out.endswith("i"):
            head = next((h for end, h in GLIDES.items() if out.endswith(end)), None)
            stem = out[: -len(next(end for end in GLIDES if out.endswith(end)))] + head if head else out[:-1] + "y"
            out = stem + SMALL_Y[letter]
            continue
        if letter in SMALL_VOWELS and out and out[-1] in "aiueo":
            out = out[:-1] + SMALL_VOWELS[letter]
            continue
        sound = "" if letter == "ー" else SYLLABLES.get(letter, letter)
        out += ("t" if sound.startswith("ch") else sound[:1]) * doubled + sound
        doubled = False
    return out


def search_text(*parts: str) -> str:
    """Give one folded text to search in, with the romaji of every part that is written in kana alone."""
    folded = [fold(part) for part in parts if part]
    kana = [romaji(part) for part in folded if part and all("ぁ" <= c <= "ゖ" or c in " ー・" for c in part)]
    return " ".join(dict.fromkeys([*folded, *kana]))
