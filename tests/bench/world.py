"""Worlds to measure in: parties in bulk around one party whose checklists of 100 questions stand in every hand."""

import atexit
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

import msgspec
import sqlalchemy as sa
from flask import Flask

from portal import demo
from portal.actions import attest, checklists
from portal.core.actor import SYSTEM
from portal.core.templates import Template
from portal.demo.uploads import attach
from portal.jobs import judging
from portal.models import Attestation, Party
from portal.queries import checklists as shelf
from portal.settings import Settings
from portal.store import migrate
from portal.store.cellar import Cellar, open_cellar
from portal.store.engine import make_engine
from portal.web.factory import create_app
from tests import cast
from tests.actions import flow

NOW = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
QUESTIONS, DUE = 100, date(2026, 12, 18)
SMALL, LARGE = 100, 10_000
RUN = ExitStack()
atexit.register(RUN.close)


@dataclass(frozen=True, slots=True)
class World:
    """A store with its app and cast, and three attestations by public id, each of 100 questions, all answered.

    `open` is in the party's hands, section by section; `long` too, as one section; `reviewed` is under review.
    A world that is only a register has none of them.
    """

    cellar: Cellar
    app: Flask
    people: cast.Cast
    open: str = ""
    long: str = ""
    reviewed: str = ""


@contextmanager
def empty() -> Iterator[Cellar]:
    """A migrated store with nothing in it, at NOW, for the length of a block."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        settings = Settings(home=folder)
        engine = make_engine(settings.database)
        migrate.upgrade(engine)
        engine.dispose()
        cellar = open_cellar(settings, lambda: NOW)
        try:
            yield cellar
        finally:
            cellar.engine.dispose()


@contextmanager
def made(parties: int, questions: int = QUESTIONS, files: bool = True) -> Iterator[World]:
    """Make a world of so many parties more, each with answers to so many questions, for the length of a block."""
    with empty() as cellar:
        yield _fill(cellar, parties, questions, files)


@contextmanager
def register(parties: int) -> Iterator[World]:
    """Make a register of so many parties with 20 lines each, every line judged, for the length of a block."""
    with empty() as cellar:
        people = cast.gather(cellar)
        with cellar.work() as work:
            checklists.publish(work, SYSTEM, next(iter(work.catalogue.templates.values())))
        demo.grow(cellar, demo.Size(parties, 1, 1), lambda line: None)
        judging.run(cellar, day=NOW.date().isoformat())
        with cellar.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
        yield World(cellar, create_app(cellar), people)


@cache
def registered(parties: int) -> World:
    """Give the register of so many parties, made once a run; it goes when the run ends."""
    return RUN.enter_context(register(parties))


@cache
def world(parties: int) -> World:
    """Give the world of so many parties, made once a run; it goes when the run ends."""
    return RUN.enter_context(made(parties))


def _fill(cellar: Cellar, parties: int, questions: int, files: bool) -> World:
    people = cast.gather(cellar)
    with cellar.work() as work:
        whole = checklist(list(work.catalogue.templates.values()), questions, "B100")
        section = whole.questions[0].section
        long = msgspec.structs.replace(
            whole, checklist=msgspec.structs.replace(whole.checklist, code="B100L"),
            questions=tuple(msgspec.structs.replace(one, section=section) for one in whole.questions))
        checklists.publish(work, SYSTEM, whole)
        checklists.publish(work, SYSTEM, long)
    names = [_answered(cellar, people, code, year) for code, year in (("B100", 2026), ("B100L", 2026), ("B100", 2025))]
    if files:
        for name in (*names, names[2]):  # the one under review has twice as many: thirty of a hundred
            _attach(cellar, people, name)
    flow.certify_it(cellar, people, names[2])
    flow.taken(cellar, people, names[2])
    flow.judged(cellar, people, names[2])
    if parties:
        demo.grow(cellar, demo.Size(parties, questions, 1), lambda line: None)
        with cellar.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
    return World(cellar, create_app(cellar), people, *names)


def checklist(library: list[Template], questions: int, code: str) -> Template:
    """A checklist of so many of the library's questions, none of which waits for another's answer."""
    asked = [question for template in library for question in template.questions
             if question.answered_by == "party" and question.visible_when is None and not question.party_kinds]
    if len(asked) < questions:
        raise ValueError(f"the library has {len(asked)} plain questions, not {questions}")
    first = library[0]
    return msgspec.structs.replace(
        first, checklist=msgspec.structs.replace(first.checklist, code=code), questions=tuple(asked[:questions]))


def _answered(cellar: Cellar, people: cast.Cast, code: str, year: int) -> str:
    """Ask for a checklist and answer it."""
    with cellar.work() as work:
        template = shelf.newest(work.rows, code)
        assert template is not None
        party = work.rows.get_one(Party, people.party.id)
        public_id = attest.request(work, people.lead.actor, party, attest.Asked(template, year, DUE)).public_id
    flow.answer_all(cellar, people, public_id)
    return public_id


def _attach(cellar: Cellar, people: cast.Cast, public_id: str) -> None:
    """Let answers rest on files that wait for their examination."""
    with cellar.read() as rows:
        number = rows.scalar(sa.select(Attestation.id).where(Attestation.public_id == public_id)) or 0
    attach(cellar, people.clerk.actor, number, 0)

