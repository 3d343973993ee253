"""The queue between web and workers: it carries job ids only; the job table is the truth."""

import logging

from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.serializer import SignedSerializer

from portal.jobs import digesting, judging, nightly, reminding, runner
from portal.jobs.kinds import KINDS
from portal.settings import Settings
from portal.store import keys
from portal.store.cellar import Cellar

log = logging.getLogger(__name__)


def make_huey(settings: Settings) -> Huey:
    """Give the queue: a file of its own beside the database, or PostgreSQL's."""
    signer = SignedSerializer(secret=keys.secret(settings.keys, "queue.key").decode())
    if settings.queue_url.startswith("postgres"):
        return PostgresHuey("portal", dsn=settings.queue_url.replace("+psycopg", ""), results=False, serializer=signer)
    return SqliteHuey("portal", filename=str(settings.folder / "queue.db"), results=False, serializer=signer)


class Queue:
    """The queue of one process: `ring` tells the workers, `serve` is a worker."""

    def __init__(self, cellar: Cellar) -> None:
        self.cellar = cellar
        self.huey = make_huey(cellar.settings)
        self._run = self.huey.task(name="run")(self._run_job)
        self.huey.periodic_task(crontab(minute="*"), name="sweep")(self._sweep)

    def _run_job(self, job_id: int) -> None:
        runner.run(self.cellar, KINDS, job_id)

    def _sweep(self) -> None:
        """Every minute: what was never rung for or left by a dead worker, the day's work, the ledger's head."""
        nightly.ask(self.cellar)
        judging.ask(self.cellar)
        reminding.ask(self.cellar)
        digesting.ask(self.cellar)
        self.ring(runner.due(self.cellar))
        self.cellar.checkpoint()

    def ring(self, jobs: list[int]) -> None:
        """Tell the workers of jobs; a queue that cannot be reached is no fault of the act, the sweep will find them."""
        try:
            for job_id in jobs:
                self._run(job_id)
        except Exception:
            log.exception("the queue does not answer; %s jobs wait for the sweep", len(jobs))

    def serve(self, workers: int = 2) -> None:
        """Work until SIGTERM or SIGINT; a job in hand is finished or left to its lease."""
        self.ring(runner.due(self.cellar))
        Consumer(self.huey, workers=workers, max_delay=1.0, check_worker_health=True, graceful_signal="TERM").run()
