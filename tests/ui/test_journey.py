"""The whole slice in a real browser against the real server: asked, answered, returned, corrected, signed, proven."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import printers, served
from tests.served import Portal
from tests.ui.journey.party import answer, certify, correct
from tests.ui.journey.proof import prove
from tests.ui.journey.staff import request, review, sign_off
from tests.ui.journey.way import Journey


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The portal as it starts for the first time, with its demo world and a worker."""
    with served.serving(tmp_path_factory.mktemp("portal")) as started:
        yield started


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_slice(portal: Portal, browser: Browser, tmp_path: Path, language: str) -> None:
    """Both ways are walked before either is proven: the worker prints the packets of the first meanwhile.

    In Japanese with scripts it is a laboratory's list, with files as many programs make them.
    """
    with ExitStack() as stack:
        ways = [Journey(portal, browser, language, scripts, stack) for scripts in (True, False)]
        if language == "ja":
            desk = printers.laid(tmp_path)
            ways[0].files = [make(desk) for make in printers.PRINTS + printers.OTHERS]
        for way in ways:
            walk(way)
        assert ways[0].sent >= len(ways[0].files)
        for way in ways:
            prove(way, tmp_path)
        looked = {page for visitor in ways[0].people.values() for page in visitor.seen}
        assert len(looked) >= 30, looked


def walk(way: Journey) -> None:
    """From the request to the signature, with one return in between."""
    request(way)
    answer(way)
    certify(way, version=1)
    review(way, {way.returned})
    correct(way)
    certify(way, version=2)
    review(way, set())
    sign_off(way)
