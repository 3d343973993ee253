"""The evidence a version rests on: one number a file, whatever number of questions cite it."""

import re
from collections import defaultdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import frozen
from portal.core.catalogue import Catalogue
from portal.core.readable import day_in
from portal.models import AttestationVersion, Evidence, PageImage
from portal.packet import answers
from portal.packet.gather.people import People
from portal.packet.gather.wording import words
from portal.packet.value import Acted, Spell, Words

VALID = Words("有効期間", "Valid")
OTHER = Words("その他の証跡", "Other evidence")
ATTACHED_UP_TO = 64 << 20


def files(rows: Session, version: AttestationVersion, people: People, catalogue: Catalogue
          ) -> tuple[answers.File, ...]:
    """Give the index of evidence in the order in which the questions cite it."""
    cited: defaultdict[str, list[str]] = defaultdict(list)
    for answer in frozen.read(version.body).answers:
        for piece in answer.evidence:
            cited[piece.id].append(answer.question)
    found = {row.public_id: row for row in rows.scalars(
        sa.select(Evidence).where(Evidence.public_id.in_(list(cited)), Evidence.party_id == version.party_id))}
    pictures: dict[int, str] = dict(rows.execute(
        sa.select(PageImage.evidence_id, PageImage.digest)
        .where(PageImage.page == 1, PageImage.evidence_id.in_([row.id for row in found.values()]))).all())
    return tuple(
        _file(number, found[name], cited[name], pictures.get(found[name].id, ""), (people, catalogue))
        for number, name in enumerate((name for name in cited if name in found), start=1)
    )


def _file(number: int, row: Evidence, questions: list[str], picture: str, known: tuple[People, Catalogue]
          ) -> answers.File:
    people, catalogue = known
    kind = catalogue.evidence.get(row.evidence_type)
    spell = None
    if row.valid_from or row.valid_to:
        spell = Spell(name=VALID, start=row.valid_from or day_in(row.uploaded_at), until=row.valid_to)
    return answers.File(
        number=number, name=row.name, ascii=f"{number:03d}_{_plain(row.ascii_name)}", mime=row.mime, size=row.size,
        sha256=row.digest, kind=words(kind.label) if kind else OTHER, questions=tuple(questions),
        pages=row.pages or None, received=Acted(who=people.named(row.uploaded_by_id), at=row.uploaded_at),
        scan="clean" if row.scan == "clean" else "infected" if row.scan == "infected" else "not_scanned",
        scanned_by="ClamAV" if row.scan == "clean" else "", valid=spell, picture=picture,
        attached=row.size <= ATTACHED_UP_TO,
    )


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)[-60:]
