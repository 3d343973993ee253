"""The sample that was drawn before a block was accepted: everything that lets a stranger repeat the draw."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from portal.core import entry, sampling
from portal.packet.answers import Verdict
from portal.packet.record import Entry
from portal.packet.value import Acted, value

DRAW, BLOCK = "attestation.sample_drawn", "attestation.block_accepted"


@value
class DrawnAnswer:
    """A drawn question: when its reviewer first opened it (UTC), how many of its files they opened, and the verdict."""

    question: str
    opened: datetime | None = None
    files: int = 0
    verdict: Verdict = "open"


@value
class Sample:
    """The rule, the seed, what was drawn from which questions under which version digest, and what was accepted."""

    percent: int
    minimum: int
    seed: str
    version_digest: str
    eligible: tuple[str, ...]
    drawn: tuple[DrawnAnswer, ...]
    accepted: tuple[str, ...]
    by: Acted


def follows(sample: Sample) -> bool:
    """Say whether the drawn questions follow from rule, seed and version digest, and the block from the draw."""
    rule = sampling.Rule(sample.percent, sample.minimum)
    drawn = tuple(one.question for one in sample.drawn)
    rest = set(sample.eligible) - set(drawn)
    return drawn == sampling.drawn(rule, sample.seed, sample.version_digest, sample.eligible) \
        and set(sample.accepted) <= rest


def passed(sample: Sample) -> bool:
    """Say whether every drawn question was opened and conforms, as it must where anything was accepted as a block."""
    return not sample.accepted or all(one.opened is not None and one.verdict == "conforms" for one in sample.drawn)


def is_entered(sample: Sample, entries: tuple[Entry, ...]) -> bool:
    """Say whether a ledger entry states the same draw: rule, seed, version digest, eligible and drawn questions."""
    wanted = {
        "percent": sample.percent, "minimum": sample.minimum, "seed": sample.seed, "digest": sample.version_digest,
        "eligible": list(sample.eligible), "drawn": [one.question for one in sample.drawn],
    }
    return any(all(facts.get(name) == said for name, said in wanted.items()) for facts in stated(DRAW, entries))


def is_block_entered(sample: Sample, entries: tuple[Entry, ...]) -> bool:
    """Say whether the last entry of a block holds all that is accepted; some may have been judged singly since."""
    last = next(reversed(stated(BLOCK, entries)), None)
    return not sample.accepted or (last is not None and set(sample.accepted) <= set(last.get("questions", ())))


def stated(event: str, entries: tuple[Entry, ...]) -> list[Mapping[str, Any]]:
    """Give what the entries of an event state, in the order of the ledger."""
    found: list[Mapping[str, Any]] = []
    for row in entries:
        try:
            leaf = entry.read(row.leaf.encode())
        except msgspec.DecodeError:
            continue
        if leaf.event == event:
            found.append(leaf.facts)
    return found
