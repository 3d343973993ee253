"""Names for the frame of a page."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.models import Party


def party(rows: Session, actor: Actor, language: str) -> str:
    """Give the name of the actor's own party in a language, or nothing."""
    found = rows.execute(sa.select(Party.name_ja, Party.name_en).where(Party.id == actor.party_id)).first()
    if found is None:
        return ""
    return str(found.name_en or found.name_ja) if language == "en" else str(found.name_ja)


def parties(rows: Session, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Give the names (Japanese, English or else Japanese) of parties that were found already."""
    found = rows.execute(sa.select(Party.id, Party.name_ja, Party.name_en).where(Party.id.in_(sorted(ids))))
    return {number: (ja, en or ja) for number, ja, en in found}
