"""Under which editions of the policy and the law table a version was signed off."""

from typing import Literal

from sqlalchemy.orm import Session

from portal.core.actor import SYSTEM
from portal.models import AttestationVersion
from portal.packet.under import Edition
from portal.queries import editions

KINDS: dict[str, Literal["policy", "law"]] = {"policy": "policy", "law": "law"}


def under(rows: Session, version: AttestationVersion) -> tuple[Edition, ...]:
    """Give the editions kept with the sign-off of a version, the policy first; none before the first was kept."""
    return tuple(
        Edition(kind=KINDS[row.kind], name=row.name, valid_from=row.valid_from, digest=row.digest)
        for row in editions.signed_under(rows, SYSTEM, version.id))
