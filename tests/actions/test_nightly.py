"""The night removes litter, and nothing that a row names or that came a moment ago."""

import io
import os
from datetime import timedelta
from pathlib import Path

from portal.actions import intake
from portal.jobs import nightly, runner
from portal.jobs.kinds import KINDS
from portal.models import Party
from portal.store.cellar import Cellar
from tests.cast import Cast
from tests.world import pdf


def aged(cellar: Cellar, party: str, digest: str) -> None:
    """Let a kept file have been untouched for three days of the cellar's clock."""
    path = Path(cellar.settings.folder) / "files" / party / digest[:2] / digest
    then = (cellar.clock() - timedelta(days=3)).timestamp()
    os.utime(path, (then, then))


def test_litter_goes_and_what_a_row_names_stays(cellar: Cellar, people: Cast) -> None:
    party = people.party.public_id
    kept, litter, fresh = (cellar.blobs.keep(party, io.BytesIO(pdf(mark))).digest for mark in ("台帳", "残り", "新着"))
    with cellar.work() as work:
        intake.receive(work, people.clerk.actor, work.rows.get_one(Party, people.party.id),
                       intake.Arrived("台帳.pdf", kept, 1))
    for digest in (kept, litter):
        aged(cellar, party, digest)
    now = cellar.clock().timestamp()
    os.utime(Path(cellar.settings.folder) / "files" / party / fresh[:2] / fresh, (now, now))
    for _ in range(2):
        nightly.ask(cellar)
        for job in runner.due(cellar, kind="nightly"):
            assert runner.run(cellar, KINDS, job)
    assert [cellar.blobs.exists(party, digest) for digest in (kept, litter, fresh)] == [True, False, True]
