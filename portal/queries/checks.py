"""What anybody may know of a packet who holds its code."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.models import Packet


def packet(rows: Session, code: str) -> Packet | None:
    """Give a kept packet by its code, or None; the pages show its number, date, state and digest only."""
    return rows.scalar(sa.select(Packet).where(Packet.code == code, Packet.sealed_digest != ""))
