"""Whether a password may be used: long enough, and not what everybody would try first (NIST SP 800-63B, 5.1.1.2)."""

import re
import unicodedata
from collections.abc import Iterable

from portal.core.errors import N_

LEAST, LEAST_STAFF, LONGEST = 12, 15, 1000
LEFT = 7
"""So many characters, of at least five kinds, must be left when what everybody tries is taken out."""
KINDS = 5

WORDS = """
    password passwort passw0rd passphrase pass secret letmein welcome hello login signin default changeme temp
    test testing demo sample admin administrator root user guest master super system manager qwerty qwertyuiop
    asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc iloveyou love dragon monkey football baseball princess sunshine
    shadow superman batman trustno charlie michael jordan summer winter spring autumn january february march april
    june july august september october november december monday tuesday wednesday thursday friday saturday sunday
    company office work japan tokyo osaka nippon nihon sakura fujisan arigato konnichiwa ohayo pasuwado aikotoba
    himitsu hanako taro yamada suzuki tanaka kaisha jimukyoku jmdp kotsuzui kotsuzuibank marrow donor bank portal
    tenken kanri kanto shinsa shonin supervision personal information jouhou joho kojinjoho abc xyz
    パスワード ぱすわーど ひみつ 秘密 合言葉 骨髄 骨髄バンク 日本骨髄バンク 個人情報 点検 監督 管理者 ポータル
    さくら 東京 日本
"""
COMMON = frozenset(WORDS.split())
_LIKE = str.maketrans("013457@$!", "oieastasi")
_DATE = re.compile(r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))?")
_LONG_FIRST = sorted(COMMON, key=len, reverse=True)

TOO_SHORT = N_("Choose a password of at least %(least)s characters.")
TOO_LONG = N_("Choose a password of at most 1,000 characters.")
TOO_COMMON = N_("This password is easy to guess: without its usual words, names, numbers and repetitions too little is "
                "left of it. Put several words together that have nothing to do with you or with this portal.")


def normal(password: str) -> str:
    """Give a password as it is hashed: full-width letters are the same as half-width ones, nothing is trimmed."""
    return unicodedata.normalize("NFKC", password)


def least(is_staff: bool) -> int:
    """Give the shortest length: JMDP's people hold more than a party's."""
    return LEAST_STAFF if is_staff else LEAST


def problem(password: str, shortest: int, own: Iterable[str] = ()) -> str:
    """Give the sentence (gettext source) that refuses a password, or nothing; `own` are the person's names, address."""
    plain = normal(password)
    if len(plain) < shortest:
        return TOO_SHORT
    if len(plain) > LONGEST:
        return TOO_LONG
    rest = left(plain, own)
    return TOO_COMMON if len(rest) < LEFT or len(set(rest)) < KINDS else ""


def left(plain: str, own: Iterable[str]) -> str:
    """Give what is left of a password without common words, own names, dates, and runs like 1234 or aaa."""
    words = [*_own_words(own), *_LONG_FIRST]
    text = plain.casefold()
    return min((_rest(spelled, words) for spelled in (text, text.translate(_LIKE))), key=len)


def _rest(text: str, words: list[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return _without_runs(_DATE.sub("", text))


def _without_runs(text: str) -> str:
    """Keep only the first two letters of what counts up, counts down or repeats."""
    kept = ""
    for at, letter in enumerate(text):
        steps = {ord(text[at - back]) - ord(text[at - back - 1]) for back in (0, 1)} if at > 1 else set()
        if not (len(steps) == 1 and steps <= {-1, 0, 1}):
            kept += letter
    return kept


def _own_words(own: Iterable[str]) -> list[str]:
    parts = [part for name in own for part in re.split(r"[\s@.\-_]+", normal(name).casefold())]
    return sorted({part for part in parts if len(part) > 2}, key=len, reverse=True)
