"""What every test may ask for: a clock that stands, a real database of the chosen engine, the cast."""

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from portal.settings import Settings
from portal.store import migrate
from portal.store.cellar import Cellar, open_cellar
from portal.store.engine import make_engine
from portal.web.factory import create_app
from tests import cast, databases, peers, visit
from tests.answers import Watch

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The database of this run."""
    parser.addoption("--engine", default="sqlite", choices=("sqlite", "postgresql"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the second engine only tests that stand on a database run again."""
    if config.getoption("--engine") == "sqlite":
        return
    chosen = [item for item in items if "first_database" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


@dataclass(slots=True)
class Clock:
    """A clock that moves only when told."""

    now: datetime = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        """Let time pass."""
        self.now += timedelta(**parts)


@pytest.fixture(scope="session")
def engine_name(request: pytest.FixtureRequest) -> str:
    """'sqlite' or 'postgresql'."""
    return str(request.config.getoption("--engine"))


@pytest.fixture(scope="session")
def first_database(engine_name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated, empty database from which each test gets a copy: a file, or a server's template database."""
    if engine_name == "sqlite":
        path = tmp_path_factory.mktemp("first") / "portal.db"
        engine = make_engine(f"sqlite:///{path}")
        migrate.upgrade(engine)
        engine.dispose()
        yield str(path)
        return
    with databases.postgresql() as url:
        first = databases.new_database(url, "first")
        engine = make_engine(first)
        migrate.upgrade(engine)
        engine.dispose()
        yield url


@pytest.fixture
def database(engine_name: str, first_database: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database of this test's own."""
    if engine_name == "sqlite":
        shutil.copy(first_database, tmp_path / "portal.db")
        yield f"sqlite:///{tmp_path / 'portal.db'}"
        return
    name = f"t{secrets.token_hex(6)}"
    yield databases.new_database(first_database, name, template="first")
    databases.drop_database(first_database, name)


@pytest.fixture
def clock() -> Clock:
    """The test's clock: Wednesday 25 November 2026, 10:00 in Japan."""
    return Clock()


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """Settings of an installation in the test's own folder."""
    return Settings(home=str(tmp_path), database_url=database, demo="yes")


@pytest.fixture
def cellar(settings: Settings, clock: Clock) -> Iterator[Cellar]:
    """The opened store."""
    opened = open_cellar(settings, clock)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def people(cellar: Cellar) -> cast.Cast:
    """The named cast: a lead, two reviewers, an approver, two parties' people."""
    return cast.gather(cellar)


@pytest.fixture
def app(cellar: Cellar) -> Iterator[Flask]:
    """The web application on the test's store, as it is served; every answer it gives is looked at."""
    made = create_app(cellar)
    watch = Watch().over(made)
    yield made
    assert watch.wrong == []


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[visit.Visit]:
    """The built world with everybody in it, made once; whoever changes something puts it back."""
    made = visit.begin(tmp_path_factory.mktemp("house"), Clock())
    yield made
    made.cellar.engine.dispose()
    assert made.watch.wrong == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as this machine has it, one for all: a second one beside it cannot be driven from here."""
    path = peers.program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()
