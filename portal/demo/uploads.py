"""Evidence of the demo: uploaded, examined and linked by the verbs that the pages use."""

from datetime import timedelta

import sqlalchemy as sa

from portal.actions import intake, resting
from portal.core.actor import Actor
from portal.core.readable import day_in
from portal.demo import papers
from portal.jobs import examine, runner
from portal.models import Attestation, Party
from portal.queries import tasks
from portal.store.cellar import Cellar

EVERY = 5
KINDS = {"examine": examine.run}


def attach(cellar: Cellar, actor: Actor, attestation: int, turn: int) -> None:
    """Attach a file of its own to every fifth question that wants evidence; one file ends soon."""
    with cellar.read() as rows:
        found = rows.scalars(
            sa.select(Attestation).where(Attestation.id == attestation).options(*tasks.WITH_ALL)).one()
        sheet = tasks.sheet(rows, actor, found, cellar.clock().date())
    wanting = [row for row in sheet.rows if row.question.evidence and row.answer and row.is_open and not row.evidence]
    for number, row in enumerate(wanting[turn % 2::EVERY]):
        kind = row.question.evidence[0]
        label = cellar.catalogue.evidence[kind].label.get("ja")
        name, data = _paper(number, label, found.party.name_ja, f"{cellar.clock():%Y-%m-%d}")
        blob = cellar.blobs.keep(found.party.public_id, [data])
        with cellar.work() as work:
            ends = day_in(work.now()) + timedelta(days=20 if number == 1 else 400)
            evidence = intake.receive(work, actor, work.rows.get_one(Party, found.party_id), intake.Arrived(
                name, blob.digest, blob.size, kind, valid_from=day_in(work.now()) - timedelta(days=200), valid_to=ends))
            work.rows.flush()
            resting.link(work, actor, work.rows.get_one(Attestation, attestation), row.question.id, evidence)


def settle(cellar: Cellar) -> None:
    """Let the examinations that are due be done."""
    for job_id in runner.due(cellar, limit=1000, kind="examine"):
        runner.run(cellar, KINDS, job_id)


def _paper(number: int, label: str, party: str, day: str) -> tuple[str, bytes]:
    if number % 4 == 2:
        return f"{label}_一覧.xlsx", papers.workbook(label, party)
    if number % 4 == 3:
        return f"{label}_写真.jpg", papers.photo(label, party)
    return f"{label}（写し）.pdf", papers.document(label, party, day, pages=1 + number % 3)
