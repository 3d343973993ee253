"""What JMDP's own files say of a scope line: the joint-use notice, and from it the facts the law table asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.core.jointuse import gaps
from portal.models import Engagement, Party, ScopeLine
from portal.queries import jointuse

COMPUTED = frozenset({"ju_notice_incomplete", "PC-JUNOTICE"})
"""The facts this module answers wherever they matter."""
JOINT = ("joint_use", "pseudonymised")


@dataclass(frozen=True, slots=True)
class Filed:
    """The flags that were found, and the needs that are met."""

    flags: Mapping[str, bool]
    done: frozenset[str]


def of_line(rows: Session, line: ScopeLine, on: tuple[Party, Engagement], today: date) -> Filed:
    """Give what the files say of a line, its party and engagement, on a day."""
    party, engagement = on
    flags, done = (_notice(rows, line, party, today) if engagement.relation in JOINT else ({}, set()))
    return Filed(flags, frozenset(done))


def _notice(rows: Session, line: ScopeLine, party: Party, today: date) -> tuple[dict[str, bool], set[str]]:
    notice = jointuse.in_force(rows, today)
    lacks = notice is None or bool(gaps(jointuse.as_notice(notice), jointuse.use_of(line, party), today))
    met = notice is not None and not lacks and jointuse.is_current(rows, notice, today)
    return {"ju_notice_incomplete": lacks}, {"PC-JUNOTICE"} if met else set()
