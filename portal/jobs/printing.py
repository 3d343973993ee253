"""Builds a packet: gathered, printed, sealed, kept; progress is told on its row, a fault leaves the case usable."""

from collections.abc import Callable, Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.actions import packets as acts
from portal.core.actor import SYSTEM
from portal.jobs import sealing
from portal.models import Packet
from portal.packet import paper
from portal.packet.authority import Authority
from portal.packet.contents import NotForThem
from portal.packet.gather import Gathered, Means, gather
from portal.packet.gather.wording import ISSUER
from portal.packet.pressroom import CannotPrint, Pressroom
from portal.packet.record import Seal
from portal.packet.seal import WANTED, CannotSeal, Sealed
from portal.settings import Settings
from portal.store import keys
from portal.store.cellar import Cellar

FAULTS = (CannotPrint, CannotSeal, NotForThem, paper.WrongFile)
DONE = ("kept", "superseded", "withdrawn")


def run(cellar: Cellar, packet: str) -> None:
    """Build one packet; one that is kept already is left as it is."""
    with cellar.work() as work:
        row = work.rows.scalars(sa.select(Packet).where(Packet.public_id == packet)).one()
        if row.state in DONE:
            return
        acts.begin(work, SYSTEM, row)
    try:
        _build(cellar, packet)
    except FAULTS as fault:
        with cellar.work() as work:
            acts.fail(work, SYSTEM, _row(work.rows, packet), str(fault))


def _build(cellar: Cellar, packet: str) -> None:
    authority = sealing.authority(cellar)
    note = cellar.checkpoint()
    with cellar.read() as rows:
        gathered = gather(rows, _row(rows, packet), Means(
            cellar.catalogue, cellar.settings.address, _signer(cellar.settings, authority),
            keys.log_key(cellar.settings.keys), note))
    _tell(cellar, packet, "print", 15)
    with Pressroom(kept=Shelf(cellar.settings.folder / "sections")) as room:
        printed = paper.make(gathered.contents, _pictures(cellar, gathered), _originals(cellar, gathered), room)
    _tell(cellar, packet, "seal", 85)
    sealed = sealing.sealer(cellar).seal(printed.pdf)
    blob = cellar.blobs.keep(gathered.party, [sealed.pdf])
    with cellar.work() as work:
        acts.keep(work, SYSTEM, _row(work.rows, packet), _printed(printed, sealed, blob.size))


def _printed(printed: paper.Paper, sealed: Sealed, size: int) -> acts.Printed:
    return acts.Printed(pages=printed.pages, size=size, level=sealed.level, manifest_digest=printed.manifest,
                        unsigned_digest=printed.sha256, sealed_digest=sealed.sha256)


def _row(rows: Session, packet: str) -> Packet:
    return rows.scalars(sa.select(Packet).where(Packet.public_id == packet)).one()


def _tell(cellar: Cellar, packet: str, stage: str, progress: int) -> None:
    with cellar.work() as work:
        row = _row(work.rows, packet)
        row.stage, row.progress = stage, progress


def _pictures(cellar: Cellar, gathered: Gathered) -> Mapping[str, bytes]:
    return {digest: b"".join(cellar.blobs.open(gathered.party, digest)) for digest in gathered.pictures}


def _originals(cellar: Cellar, gathered: Gathered) -> Callable[[str], bytes]:
    return lambda digest: b"".join(cellar.blobs.open(gathered.party, digest))


def _signer(settings: Settings, authority: Authority) -> Seal:
    return Seal(signer=f"{ISSUER.ja} / {ISSUER.en}", fingerprint=authority.fingerprint,
                authority=settings.tsa_url or "local RFC 3161 authority of this portal", level=WANTED)


class Shelf:
    """Printed sections kept by digest, so that only what changed is printed again."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """Give a kept section, or None."""
        path = self._folder / key
        return path.read_bytes() if path.exists() else None

    def put(self, key: str, data: bytes) -> None:
        """Keep a section."""
        draft = self._folder / f".{key}.draft"
        draft.write_bytes(data)
        draft.replace(self._folder / key)
