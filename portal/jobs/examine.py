"""Examines a file in quarantine: proven by parsing in a child, scanned, its first pages drawn; then it is settled."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from portal.actions import intake as acts
from portal.core.actor import SYSTEM
from portal.core.evidence.kinds import Kind
from portal.core.evidence.verdicts import Verdict
from portal.models import Evidence, Party
from portal.store import examine
from portal.store.cellar import Cellar
from portal.store.intake import Intake, take
from portal.store.scanner import Scanner

FIRST_PAGES = 12
MOST_PAGES = 300
TEXT = 200_000


def run(cellar: Cellar, evidence: str) -> None:
    """Examine one file; run again, it only draws what is missing."""
    with cellar.read() as rows:
        found = rows.execute(
            sa.select(Evidence, Party.public_id).join(Party, Party.id == Evidence.party_id)
            .where(Evidence.public_id == evidence)
        ).first()
    if found is None:
        return
    file, party = found
    with cellar.blobs.on_disk(party, file.digest) as path, tempfile.TemporaryDirectory(prefix="examine-") as folder:
        if file.state == "quarantined":
            taken = take(path, file.name, Scanner(cellar.settings.clamd))
            _settle(cellar, evidence, taken)
            if taken.verdict is Verdict.REFUSED or taken.examined.kind is None:
                return
            for first in range(1, min(taken.examined.pages or 1, MOST_PAGES) + 1, FIRST_PAGES):
                _draw(cellar, evidence, party, _pictures(path, taken, Path(folder), first))


def _settle(cellar: Cellar, evidence: str, taken: Intake) -> None:
    looked = acts.Looked(
        kind=taken.examined.kind.value if taken.examined.kind else "", verdict=taken.verdict.value,
        reasons=tuple(reason.value for reason in taken.examined.reasons), scan=taken.scan.state.value,
        scan_detail=taken.scan.virus or (taken.scan.reason.value if taken.scan.reason else ""),
        pages=taken.examined.pages or 0, text=taken.examined.text[:TEXT],
    )
    with cellar.work() as work:
        row = work.rows.scalars(sa.select(Evidence).where(Evidence.public_id == evidence)).one()
        acts.settle(work, SYSTEM, row, looked)


def _pictures(path: Path, taken: Intake, folder: Path, first: int) -> Iterator[examine.Picture]:
    kind = taken.examined.kind
    if kind in (Kind.XLSX, Kind.DOCX):
        printed = examine.office_pdf(path, taken.examined, folder) if first == 1 else folder / "printed.pdf"
        if printed is None:
            return
        path, kind = printed, Kind.PDF
    if kind in (Kind.PDF, Kind.PNG, Kind.JPEG):
        yield from examine.pages(path, kind, folder, first, FIRST_PAGES).drawn


def _draw(cellar: Cellar, evidence: str, party: str, pictures: Iterator[examine.Picture]) -> None:
    """Bytes first, rows last: each picture is kept before the row that names it."""
    kept = []
    for picture in pictures:
        with Path(picture.path).open("rb") as stream:
            blob = cellar.blobs.keep(party, stream)
        kept.append(acts.Drawn(picture.number, blob.digest, picture.width, picture.height))
    if kept:
        with cellar.work() as work:
            row = work.rows.scalars(sa.select(Evidence).where(Evidence.public_id == evidence)).one()
            for drawn in kept:
                acts.picture(work, SYSTEM, row, drawn)
