"""The seal of the house for those jobs that make a document: its authority, read once a day, and its clock."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path

from portal.packet.authority import Authority, open_authority
from portal.packet.gather.wording import ISSUER
from portal.packet.seal import OutsideClock, Sealer
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
