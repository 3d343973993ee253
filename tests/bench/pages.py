"""Pages and the saving of one answer: server CPU against the floor, and growth from a small to a large world."""

import itertools
import re
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa

from portal.models import Attestation
from tests.bench.calls import Caller, asked, growth, ratio, signed_in, token
from tests.bench.figure import Figure, figure
from tests.bench.floor import open_floor
from tests.bench.world import LARGE, SMALL, World, world

Call = Callable[[], str]
FIELD = re.compile(r'name="([\w.-]+)"')


def register(of: World) -> Call:
    """The register's first page of 50 parties."""
    return signed_in(of, of.people.lead).get("/desk/parties")


def party(of: World) -> Call:
    """One party's record."""
    return signed_in(of, of.people.lead).get(f"/desk/parties/{of.people.party.public_id}")


def desk(of: World) -> Call:
    """A reviewer's desk: 50 rows in either world, counts and the picture of the coming weeks.

    What waits for others is shown: of the reviewer's own turn the small world has 15 rows, the large one 50.
    """
    return signed_in(of, of.people.reviewer).get("/desk/?tab=waiting")


def questionnaire(of: World) -> Call:
    """100 questions on one page, as their party answers them."""
    clerk = signed_in(of, of.people.clerk)
    return clerk.get(f"/my/attestations/{of.long}/sections/{section(clerk, of.long)}")


def review(of: World) -> Call:
    """100 questions on one page, as their reviewer judges them."""
    return signed_in(of, of.people.reviewer).get(f"/desk/reviews/{of.reviewed}")


def save(of: World) -> Call:
    """One changed answer of a section, durable, with its ledger entry, as the page saves it by itself."""
    clerk = signed_in(of, of.people.clerk)
    path = f"/my/attestations/{of.open}/sections/{section(clerk, of.open)}"
    page = clerk.get(path)()
    fields = {name: "" for name in FIELD.findall(page) if name.endswith(".comment")}
    fields |= dict(re.findall(r'name="([\w.-]+\.text)" value="([\w.-]+)" checked', page))
    version, count = re.findall(r'name="version" value="([^"]*)"', page)[0], itertools.count()

    def once() -> str:
        nonlocal version
        told = clerk.post(path, {**fields, "csrf_token": token(page), "version": version,
                                 next(iter(fields)): f"書き足し {next(count)}"},
                          X_Requested_With="autosave", Accept="application/json")
        version = re.findall(r'"version":\s*"([^"]*)"', told)[0]
        return told

    return once


def section(clerk: Caller, public_id: str) -> str:
    """The first section of an attestation, by its link on the task list."""
    return re.findall(r"/sections/(\w+)", clerk.get(f"/my/attestations/{public_id}")())[0]


def number(of: World, public_id: str) -> int:
    """An attestation's row id, by which the floor knows it."""
    with of.cellar.read() as rows:
        return rows.scalars(sa.select(Attestation.id).where(Attestation.public_id == public_id)).one()


def least(name: str, of: World) -> Call:
    """The floor's call for a figure."""
    floor = open_floor(of.cellar)
    if name == "save_answer":
        path, texts = f"/save/{number(of, of.long)}", itertools.count()
        return lambda: floor.post(path, {"question": "LAB-02", "comment": f"書き足し {next(texts)}"})
    return floor.get({
        "register_page": "/register", "desk_page": "/desk", "party_page": f"/party/{of.people.party.id}",
        "questionnaire_page": f"/form/{number(of, of.long)}", "review_page": f"/review/{number(of, of.reviewed)}",
    }[name])


PAGES: dict[str, Callable[[World], Call]] = {
    "register_page": register, "party_page": party, "save_answer": save, "questionnaire_page": questionnaire,
    "review_page": review, "desk_page": desk,
}


def against_floor(name: str) -> Figure:
    """CPU of a request in the small world, beside the floor's there."""
    return ratio(PAGES[name](world(SMALL)), least(name, world(SMALL)))


def small_to_large(name: str) -> Figure:
    """CPU in the large world by that in the small one."""
    return growth(PAGES[name](world(SMALL)), PAGES[name](world(LARGE)))


def counted(of: World, name: str) -> int:
    """Statements of a request, its caches warm; the fewer of two in a row, as every other entry ends a ledger node."""
    call = PAGES[name](of)
    call()
    return min(asked(of.cellar, call), asked(of.cellar, call))


def queries(name: str) -> Figure:
    """Statements of a request in the large world, beside those in the small one."""
    return figure([counted(world(LARGE), name)], "queries", [counted(world(SMALL), name)])


FIGURES: dict[str, Callable[[], Figure]] = {
    **{name: partial(against_floor, name) for name in PAGES},
    **{f"{name}_growth": partial(small_to_large, name) for name in PAGES},
    **{f"{name}_queries": partial(queries, name) for name in PAGES},
}
