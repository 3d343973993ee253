"""The demo world: fictional parties in every state of the work, made through the same verbs as the pages.

Real bodies stand in the register neutrally: no tier, no request, no verdict. Dates are relative to the day it is made.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from portal.core.readable import JST
from portal.demo import (
    asking,
    assessed,
    corrected,
    editions,
    followed,
    overseas,
    people,
    records,
    reentrusted,
    register,
    sampled,
    saved,
    sharing,
    story,
)
from portal.demo.bulk import Size, grow
from portal.jobs import judging, runner
from portal.jobs.kinds import KINDS
from portal.models import Packet, Party
from portal.store.cellar import Cellar

__all__ = ["Size", "export", "finish", "grow", "is_empty", "make"]


def is_empty(cellar: Cellar) -> bool:
    """Say whether there is no party yet, so that a demo may be made."""
    with cellar.read() as rows:
        return rows.scalar(sa.select(Party.id).limit(1)) is None


def make(cellar: Cellar, tell: Callable[[str], None]) -> None:
    """Make the demo world in an empty database; mails and packets are left as jobs for a worker, or for `finish`."""
    today = cellar.clock().astimezone(JST).date()
    with clock(cellar) as at:
        at(500)
        tell("Demo: people and 38 parties …")
        staff = people.staff(cellar)
        parties = register.make(cellar, staff)
        records.notice(cellar, staff, cellar.clock().astimezone(JST).date())
        editions.first(cellar, staff, cellar.clock().astimezone(JST).date())
        sharing.make(cellar, staff["lead"], parties, today)
        assessed.decide(cellar, staff, parties, cellar.clock().astimezone(JST).date())
        places = people.members(cellar, parties)
        world = story.World(cellar, staff, parties, places, today)
        tell("Demo: last year's checklists, answered and signed off …")
        story.last_year(world, at)
        at(100)
        records.look(cellar, staff)
        assessed.check(cellar, staff, parties, (today, True))
        overseas.renew(cellar, staff["lead"], parties, (cellar.clock().astimezone(JST).date(), today))
        records.provisions(cellar, staff["lead"], cellar.clock().astimezone(JST).date())
        corrected.early(world, at)
        reentrusted.early(world, at)
        tell("Demo: this year's checklists in every state …")
        story.this_year(world, at)
        at(5)
        sampled.make(world)
        corrected.late(world, at)
        reentrusted.late(world, at)
        assessed.check(cellar, staff, parties, (today, False))
        asking.make(world)
        followed.make(world)
        assessed.rate(cellar, staff, parties, today)
        saved.make(cellar, staff, parties)
        editions.amended(cellar, staff, today)
    judging.ask(cellar)


def finish(cellar: Cellar) -> list[Path]:
    """Do the demo's jobs here and now; gives its packets as files in the data folder."""
    runner.drain(cellar, KINDS)
    cellar.checkpoint()
    return export(cellar)


@contextmanager
def clock(cellar: Cellar) -> Iterator[Callable[[float], None]]:
    """Give a hand that sets the cellar's clock to so many days ago; time moves on by a second at each look."""
    real = cellar.clock
    now = real()
    moment = now

    def tick() -> datetime:
        nonlocal moment
        moment += timedelta(seconds=1)
        return moment

    def at(days_ago: float) -> None:
        nonlocal moment
        moment = now - timedelta(days=days_ago)

    cellar.clock = tick
    try:
        yield at
    finally:
        cellar.clock = real


def export(cellar: Cellar) -> list[Path]:
    """Write every kept packet as a file, for the hand and for `verify`."""
    folder = cellar.settings.folder / "packets"
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with cellar.read() as rows:
        found = rows.execute(
            sa.select(Packet.number, Packet.sealed_digest, Party.public_id).join(Party, Party.id == Packet.party_id)
            .where(Packet.sealed_digest != "").order_by(Packet.id)
        ).all()
    for number, digest, party in found:
        path = folder / f"{number}.pdf"
        with path.open("wb") as file:
            file.writelines(cellar.blobs.open(party, digest))
        made.append(path)
    return made
