"""The sample that was drawn before a block was accepted: everything that lets a stranger repeat the draw."""

from datetime import datetime

import msgspec

from portal.core import entry, sampling
from portal.packet.answers import Verdict
from portal.packet.record import Entry
from portal.packet.value import Acted, value

EVENT = "attestation.sample_drawn"


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


def is_entered(sample: Sample, entries: tuple[Entry, ...]) -> bool:
    """Say whether a ledger entry states the same draw: rule, seed, version digest, eligible and drawn questions."""
    wanted = {
        "percent": sample.percent, "minimum": sample.minimum, "seed": sample.seed, "digest": sample.version_digest,
        "eligible": list(sample.eligible), "drawn": [one.question for one in sample.drawn],
    }
    for row in entries:
        try:
            leaf = entry.read(row.leaf.encode())
        except msgspec.DecodeError:
            continue
        if leaf.event == EVENT and all(leaf.facts.get(name) == stated for name, stated in wanted.items()):
            return True
    return False
