"""The seal of the house for those jobs that make a document, and the short papers that are printed and kept with it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path

from portal.packet.authority import Authority, open_authority
from portal.packet.gather.wording import ISSUER
from portal.packet.press import Printed
from portal.packet.pressroom import Pressroom
from portal.packet.seal import OutsideClock, Sealer
from portal.store.blobs import Blob
from portal.store.cellar import Cellar


@lru_cache(maxsize=4)
def _kept_authority(folder: Path, day: date) -> Authority:
    return open_authority(folder / "seal", ISSUER.en, datetime.combine(day, time(), UTC))


def authority(cellar: Cellar) -> Authority:
    """Give the installation's signing authority as of today (UTC)."""
    return _kept_authority(cellar.settings.keys, cellar.clock().date())


def sealer(cellar: Cellar) -> Sealer:
    """Give what seals a PDF: the authority, with the outside time-stamping service where one is set up."""
    outside = OutsideClock(cellar.settings.tsa_url) if cellar.settings.tsa_url else None
    return Sealer(authority(cellar), cellar.clock, outside)


def paper(cellar: Cellar, party: str, make: Callable[[Pressroom], Printed]) -> tuple[Blob, int]:
    """Print a short paper, seal it, and keep it in a party's space (public id); gives the kept file and its pages."""
    with Pressroom(children=1) as room:
        printed = make(room)
    return cellar.blobs.keep(party, [sealer(cellar).seal(printed.pdf).pdf]), printed.pages
