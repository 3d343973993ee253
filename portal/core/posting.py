"""Letters on their way: which can wait for a digest, when that goes, what of a server's words may be shown."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

MEANS = ("telephone", "post")
OUTCOMES = ("sent_again", "corrected", "contacted")
RHYTHMS = ("instant", "daily")
MORNING = time(8, 30)
"""When a digest goes unless its reader chose another time, on the reader's own clock."""
TIMES = tuple(time(half // 2, half % 2 * 30) for half in range(12, 43))
"""The times that may be chosen: each half hour from 06:00 to 21:00."""
PATIENCE = timedelta(hours=48)
"""How long a letter that a mail server defers is tried again before it counts as undelivered."""
CAN_WAIT = frozenset({"by_proxy", "contracts_ending", "ended_staff", "extended", "handed_over", "overdue_desk",
                      "reentrustment_ending", "round_empty", "signed_off"})
"""Occasions that a person may get in one daily digest; every other is sent at once."""
LONGEST = 300


def waits(occasion: str, rhythm: str) -> bool:
    """Say whether a letter is kept for the reader's digest."""
    return rhythm == "daily" and occasion in CAN_WAIT


def is_due(now: datetime, zone: ZoneInfo, at: time) -> bool:
    """Say whether the time of a reader's digest has come or passed on the reader's day."""
    return now.astimezone(zone).time() >= at


def link(body: str, address: str) -> str:
    """Give the first address of the portal in a letter, or nothing; `address` is the portal's own."""
    lines = (line.strip() for line in body.splitlines())
    return next((line for line in lines if line.startswith(f"{address}/")), "")


def plain(words: str, secrets: Iterable[str]) -> str:
    """Give a server's words as one printable line of at most LONGEST characters, without the secrets."""
    for secret in secrets:
        if secret:
            words = words.replace(secret, "…")
    line = " ".join(words.split())
    return "".join(letter for letter in line if letter.isprintable())[:LONGEST]
