"""A checklist under review in its second year: most answers as accepted, the critical ones anew, a tenth new."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import msgspec

from portal.actions import attest, checklists
from portal.core.actor import SYSTEM
from portal.core.templates import Template
from portal.models import Party
from portal.store.cellar import Cellar
from portal.web.factory import create_app
from tests import cast
from tests.actions import flow, renewed
from tests.bench.world import DUE, QUESTIONS, RUN, World, checklist, empty

CODE, FILES = "B100R", 30


@contextmanager
def made(questions: int, files: int) -> Iterator[World]:
    """A world with nothing but that review of so many questions and files, for the length of a block."""
    with empty() as cellar:
        people = cast.gather(cellar)
        with cellar.work() as work:
            whole = checklist(list(work.catalogue.templates.values()), questions, CODE)
        fewer = msgspec.structs.replace(whole, questions=whole.questions[: questions * 9 // 10])
        before = _asked(cellar, people, fewer, 2025)
        renewed.attach(cellar, people, before, renewed.wanting(cellar, before)[: files * 4 // 5])
        flow.answer_all(cellar, people, before, "昨年度の記載です。")
        _taken(cellar, people, before)
        flow.judged(cellar, people, before)
        flow.pass_on(cellar, people, before)
        flow.sign(cellar, people, before)
        now = _asked(cellar, people, whole, 2026)
        renewed.confirmed(cellar, people, now)
        renewed.attach(cellar, people, now, renewed.wanting(cellar, now, critical=True)[: files - files * 4 // 5])
        flow.answer_all(cellar, people, now)
        _taken(cellar, people, now)
        yield World(cellar, create_app(cellar), people, "", "", now)


@cache
def hundred() -> World:
    """The review of a hundred questions with thirty files, made once a run."""
    return RUN.enter_context(made(QUESTIONS, FILES))


def _asked(cellar: Cellar, people: cast.Cast, template: Template, year: int) -> str:
    with cellar.work() as work:
        row = checklists.publish(work, SYSTEM, template)
        party = work.rows.get_one(Party, people.party.id)
        return attest.request(work, people.lead.actor, party, attest.Asked(row, year, DUE)).public_id


def _taken(cellar: Cellar, people: cast.Cast, public_id: str) -> None:
    flow.certify_it(cellar, people, public_id)
    flow.taken(cellar, people, public_id)
