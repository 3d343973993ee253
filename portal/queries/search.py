"""Search over everything the actor may see, by every word that is typed; Japanese words of two letters too."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import folding, grams
from portal.core.actor import Actor
from portal.core.policy import Permission, require
from portal.models import SearchEntry
from portal.queries.visible import visible_to

FEW, PAGE, MOST_WORDS = 5, 50, 10


@dataclass(frozen=True, slots=True)
class Hits:
    """Entries of one noun, newest first, and whether there are more."""

    noun: str
    found: list[SearchEntry]
    more: bool


def words_of(text: str) -> list[str]:
    """Give the words that are looked for: those with letters or digits, ten at most."""
    return [word for word in folding.fold(text).split() if grams.asked(word)][:MOST_WORDS]


def hits(rows: Session, actor: Actor, words: list[str], noun: str, page: int = 0) -> Hits:
    """Give entries of a noun that hold every word: a few for page 0, else that page; NotAllowed but for staff."""
    require(actor, Permission.READ_REGISTER)
    if not words:
        return Hits(noun, [], False)
    size, skip = (PAGE, (page - 1) * PAGE) if page else (FEW, 0)
    wanted = sorted({f"noun{noun}", *(piece for word in words for piece in grams.asked(word))})
    found = list(rows.scalars(
        sa.select(SearchEntry)
        .where(_has(rows, wanted), sa.or_(SearchEntry.party_id.is_(None), visible_to(actor, SearchEntry.party_id)),
               SearchEntry.party_id.is_(None) | SearchEntry.party_id.not_in(sorted(actor.conflicts)),
               *(SearchEntry.folded.contains(word, autoescape=True) for word in words))
        .order_by(SearchEntry.id.desc()).limit(size + 1).offset(skip)))
    return Hits(noun, found[:size], len(found) > size)


def _has(rows: Session, pieces: list[str]) -> sa.ColumnElement[bool]:
    """The condition that an entry has all pieces, as each database answers it from its index."""
    if rows.get_bind().dialect.name == "postgresql":
        return SearchEntry.pieces.op("@>", is_comparison=True)(
            sa.cast(pieces, sa.ARRAY(sa.Text())))
    match = " ".join(f'"{piece}"' for piece in pieces)
    index = sa.table("search_pieces", sa.column("rowid", sa.Integer))
    return SearchEntry.id.in_(sa.select(index.c.rowid).where(
        sa.literal_column("search_pieces").op("MATCH")(match)))
