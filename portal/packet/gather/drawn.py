"""The draw of a version as it is printed, and the sentence that explains it."""

from msgspec import UNSET, UnsetType
from sqlalchemy.orm import Session

from portal.packet.drawn import DrawnAnswer, Sample
from portal.packet.gather.answered import VERDICTS
from portal.packet.gather.people import People
from portal.packet.speech import pgettext
from portal.packet.value import Acted, Words
from portal.queries import sampling
from portal.queries.reviews import Sheet


def sample(rows: Session, sheet: Sheet, people: People) -> Sample | UnsetType:
    """Give the draw with what became of it; UNSET where nothing was drawn."""
    found = sampling.of(rows, sheet)
    if found is None:
        return UNSET
    draw = found.draw
    return Sample(
        percent=draw.percent, minimum=draw.minimum, seed=draw.seed, version_digest=draw.version_digest,
        eligible=tuple(draw.eligible), accepted=tuple(item.question.id for item in found.block),
        drawn=tuple(DrawnAnswer(
            question=one.item.question.id, opened=one.first_at, files=len(one.files),
            verdict=VERDICTS.get(one.item.verdict.verdict, "open") if one.item.verdict else "open")
            for one in found.drawn),
        by=Acted(who=people.named(draw.drawn_by_id, "reviewer"), at=draw.drawn_at),
    )


def explained(sample: Sample | UnsetType) -> Words:
    """Give the sentence for the reader's guide; empty where nothing was accepted as a block."""
    if isinstance(sample, UnsetType) or not sample.accepted:
        return Words("")
    return pgettext(
        "packet",
        "%(accepted)s unchanged answers of low risk were accepted as a block, after %(drawn)s of %(eligible)s, drawn "
        "at random, had been opened and judged one by one. The draw can be repeated from the seed printed here.",
        accepted=len(sample.accepted), drawn=len(sample.drawn), eligible=len(sample.eligible))
