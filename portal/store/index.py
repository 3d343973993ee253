"""The search index: entries written in the same transaction as what they are about, in a fixed number of statements."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, undefer

from portal.core import folding, grams, templates
from portal.models import (
    Answer,
    Attestation,
    Evidence,
    Finding,
    Party,
    Reentrustment,
    SearchEntry,
    Template,
    Verdict,
)

LONGEST = 100_000
"""Letters of a text that are searched; what comes after is not found."""
Touched = set[tuple[str, int]]
_DRAFT = sa.and_(Answer.is_open, Answer.author == "party")
_UNSEEN = {"answer": _DRAFT, "reentrusted": Reentrustment.submitted_at.is_(None), "comment": sa.and_(
    Verdict.comment == "", Verdict.wish == "", Verdict.suggestion == "", Verdict.note == "")}
NOUNS: dict[type[Any], str] = {
    Party: "party", Reentrustment: "reentrusted", Template: "question", Answer: "answer", Evidence: "evidence",
    Finding: "finding", Verdict: "comment"}


def watch(rows: Session, touched: Touched) -> None:
    """Remember in `touched` what a session writes of the things that can be searched."""
    def wrote(session: Session, context: object) -> None:
        for thing in (*session.new, *session.dirty, *session.deleted):
            if type(thing) in NOUNS:
                touched.add((NOUNS[type(thing)], thing.id))

    sa.event.listen(rows, "after_flush", wrote)


def write(rows: Session, touched: Iterable[tuple[str, int]]) -> None:
    """Bring the entries of these things up to date; what is gone loses its entry."""
    by_noun: dict[str, list[int]] = {}
    for noun, number in sorted(touched):
        by_noun.setdefault(noun, []).append(number)
    for noun, ids in by_noun.items():
        ids = _settled(rows, ids) if noun == "answer" else ids
        made = {entry["source"]: entry for entry in _READERS[noun](rows, ids)}
        gone = [f"{noun}:{number}" for number in ids if f"{noun}:{number}" not in made] if noun != "question" else []
        rows.execute(sa.delete(SearchEntry).where(SearchEntry.source.in_([*made, *gone])))
        if made:
            rows.execute(sa.insert(SearchEntry), list(made.values()))


def _settled(rows: Session, ids: Sequence[int]) -> list[int]:
    """Leave out what a party still writes: until it is submitted, what was submitted before is found."""
    drafts = set(rows.scalars(sa.select(Answer.id).where(Answer.id.in_(ids), _DRAFT)))
    return [number for number in ids if number not in drafts]


def missing(rows: Session, limit: int) -> list[tuple[str, int]]:
    """Give some things that have no entry yet, as after an upgrade."""
    found: list[tuple[str, int]] = []
    for model, noun in NOUNS.items():
        name = sa.literal(f"{noun}:") + sa.cast(model.id, sa.String) + (":0" if noun == "question" else "")
        left = _UNSEEN.get(noun, sa.false())
        ids = rows.scalars(sa.select(model.id).where(~sa.exists().where(SearchEntry.source == name), ~left)
                           .order_by(model.id).limit(limit))
        found += [(noun, number) for number in ids]
    return found


def _entry(source: str, party_id: int | None, address: tuple[str, str], title: str, *texts: str) -> dict[str, Any]:
    body = "\n".join(text for text in texts if text)[:LONGEST]
    noun = source.partition(":")[0]
    folded = folding.search_text(title, *body.split("\n"))
    return {"source": source, "noun": noun, "party_id": party_id, "thing": address[0], "place": address[1],
            "title": title, "body": body, "folded": folded,
            "pieces": " ".join(sorted({f"noun{noun}", *grams.written(folded)}))}


def _parties(rows: Session, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    for row in rows.scalars(sa.select(Party).where(Party.id.in_(ids))):
        yield _entry(f"party:{row.id}", row.id, (row.public_id, ""), f"{row.name_ja} {row.name_en}".strip(),
                     row.name_kana, row.code, row.corporate_number, row.ion, row.address, row.note)


def _reentrusted(rows: Session, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Bodies that JMDP has received; a party's draft is its own."""
    for row in rows.scalars(sa.select(Reentrustment).where(
            Reentrustment.id.in_(ids), Reentrustment.submitted_at.is_not(None))):
        yield _entry(f"reentrusted:{row.id}", row.party_id, (row.public_id, ""), f"{row.name_ja} {row.name_en}".strip(),
                     row.name_ja, row.name_en, row.number, row.legal_id, row.named_at, row.work)


def _questions(rows: Session, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    for row in rows.scalars(sa.select(Template).options(undefer(Template.body)).where(Template.id.in_(ids))):
        for number, asked in enumerate(templates.from_json(row.body).questions):
            yield _entry(f"question:{row.id}:{number}", None, (row.public_id, asked.id), f"{row.code} {asked.id}",
                         asked.question.ja, asked.question.en)


def _answers(rows: Session, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    found = rows.execute(sa.select(Answer, Attestation.public_id, Attestation.number).join(
        Attestation, Attestation.id == Answer.attestation_id).where(Answer.id.in_(ids)))
    for row, place, number in found:
        yield _entry(f"answer:{row.id}", row.party_id, (place, row.question), f"{number} {row.question}",
                     "\n".join(_strings(row.value)), row.comment, row.reply)


def _files(rows: Session, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    text = sa.func.substr(Evidence.text, 1, LONGEST)
    for row, words in rows.execute(sa.select(Evidence, text).options(defer(Evidence.text)).where(Evidence.id.in_(ids))):
        yield _entry(f"evidence:{row.id}", row.party_id, (row.public_id, ""), row.name, words)


def _findings(rows: Session, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    found = rows.execute(sa.select(Finding, Party.public_id).join(Party, Party.id == Finding.party_id)
                         .where(Finding.id.in_(ids)))
    for row, party in found:
        yield _entry(f"finding:{row.id}", row.party_id, (party, row.question), f"{row.number} {row.question}".strip(),
                     row.fact, row.plan, row.result)


def _comments(rows: Session, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    found = rows.execute(sa.select(Verdict, Attestation.public_id, Attestation.number).join(
        Attestation, Attestation.id == Verdict.attestation_id).where(Verdict.id.in_(ids)))
    for row, place, number in found:
        if row.comment or row.wish or row.suggestion or row.note:
            yield _entry(f"comment:{row.id}", row.party_id, (place, row.question), f"{number} {row.question}",
                         row.comment, row.wish, row.suggestion, row.note)


def _strings(value: object) -> Iterator[str]:
    """The texts inside an answer's value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


_READERS = {"party": _parties, "reentrusted": _reentrusted, "question": _questions, "answer": _answers,
            "evidence": _files, "finding": _findings, "comment": _comments}
