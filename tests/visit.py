"""A visit to the whole house: the built world, a browser for each role, and a way to put everything back."""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.actions import kept, saved, sessions
from portal.models import LoginSession, Party, Person
from portal.settings import Settings
from portal.store import migrate
from portal.store.cellar import Cellar, open_cellar
from portal.store.engine import make_engine
from portal.web.factory import create_app
from tests import cast, doors, world
from tests.answers import Watch
from tests.cast import Member
from tests.doors import Door
from tests.web.walk import TOKEN
from tests.world import World


@dataclass
class Visit:
    """The app over the built world; `things` are what each role calls its own, `foreign` what it must not reach."""

    cellar: Cellar
    app: Flask
    world: World
    watch: Watch
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    things: dict[str, dict[str, str]] = field(default_factory=dict)
    foreign: dict[str, dict[str, str]] = field(default_factory=dict)
    kept: str = ""

    @property
    def file(self) -> Path:
        """The database's file."""
        return self.cellar.settings.folder / "portal.db"

    def ask(self, role: str, door: Door, values: dict[str, str]) -> TestResponse:
        """Send one request through a door."""
        with self.app.test_request_context():
            path = url_for(door.endpoint, **values)
        body = None
        if door.method == "POST":
            body = {"csrf_token": self.tokens[role], **doors.body(door.endpoint, self.things[role])}
        self.browsers[role].set_cookie("portal", self.cookies[role])
        headers = {"X-CSRFToken": self.tokens[role], **doors.HEADERS.get(door.endpoint, {})}
        answer = self.browsers[role].open(path, method=door.method, data=body, headers=headers)
        answer.close()
        return answer

    def enter(self, role: str, made: FlaskClient) -> None:
        """Remember a role's browser with its cookie and the token of its forms."""
        page = made.get("/sign-in" if role == "nobody" else "/account/").get_data(as_text=True)
        found, cookie = TOKEN.search(page), made.get_cookie("portal")
        assert found and cookie
        self.browsers[role], self.tokens[role], self.cookies[role] = made, found[1], cookie.value

    def monitor(self) -> sqlite3.Connection:
        """A connection that tells by `PRAGMA data_version` whether anybody else changed anything."""
        return sqlite3.connect(self.file)

    def keep(self) -> None:
        """Remember everything as it is now."""
        self.cellar.engine.dispose()
        shutil.copy(self.file, self.file.with_suffix(".kept"))
        self.kept = digest(self.file)

    def is_as_kept(self) -> bool:
        """Whether everything but the counters of tries is as it was remembered."""
        return digest(self.file) == self.kept

    def put_back(self) -> None:
        """Make everything as it was."""
        self.cellar.engine.dispose()
        for path in self.file.parent.glob("portal.db-*"):
            path.unlink()
        shutil.copy(self.file.with_suffix(".kept"), self.file)


def version(monitor: sqlite3.Connection) -> int:
    """A number that changes with every change of the database by somebody else."""
    return int(monitor.execute("PRAGMA data_version").fetchone()[0])


def digest(file: Path) -> str:
    """The digest of every row but the counters of tries."""
    seen = hashlib.sha256()
    with closing(sqlite3.connect(file)) as reader:
        tables = [name for (name,) in reader.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in sorted({name for name in tables if not name.startswith("search_pieces")} - {"rate"}):
            for row in reader.execute(f"SELECT * FROM {table} ORDER BY rowid"):
                seen.update(repr(row).encode())
    return seen.hexdigest()


def begin(folder: Path, clock: Callable[[], datetime]) -> Visit:
    """Build the world in a folder and let everybody in."""
    settings = Settings(home=str(folder), demo="yes")
    engine = make_engine(settings.database)
    migrate.upgrade(engine)
    engine.dispose()
    cellar = open_cellar(settings, clock)
    people = cast.gather(cellar)
    built = world.build(cellar, people)
    app = create_app(cellar)
    visit = Visit(cellar, app, built, Watch().over(app))
    members = {"auditor": built.auditor} | {
        role: getattr(people, role) for role in doors.ROLES if role not in ("nobody", "auditor")}
    for number, role in enumerate(doors.ROLES):
        visit.enter(role, browser(visit, members.get(role), number))
        own = built.theirs if role == "stranger" else built.mine
        visit.things[role] = own | account(cellar, members.get(role))
    for role in doors.ROLES:
        other = "clerk" if role != "clerk" else "officer"
        far = built.mine if role == "stranger" else built.theirs
        visit.foreign[role] = far | {name: visit.things[other][name] for name in ("session", "ticket")}
    visit.keep()
    return visit


def browser(visit: Visit, member: Member | None, number: int) -> FlaskClient:
    """A browser at an address of its own in which a member has signed in and just proved who they are."""
    made = visit.app.test_client()
    made.environ_base["REMOTE_ADDR"] = f"192.0.2.{number + 1}"
    if member is not None:
        with visit.cellar.work() as work:
            person = work.rows.get_one(Person, member.person_id)
            sessions.begin(work, person, member.actor.party_id, sessions.Browser("test"), second_factor=True)
            work.rows.flush()
            newest = work.rows.query(LoginSession).order_by(LoginSession.id.desc()).first()
            assert newest is not None
            secret = sessions.step_up(work, member.actor, newest.id)
        with made.session_transaction() as cookie:
            cookie["_user_id"] = secret
    return made


def account(cellar: Cellar, member: Member | None) -> dict[str, str]:
    """A second session of a member's own and a form kept for them."""
    if member is None:
        return {"session": "0" * 26, "ticket": "nothing", "place": "0" * 26, "view": "0" * 26}
    with cellar.work() as work:
        person = work.rows.get_one(Person, member.person_id)
        sessions.begin(work, person, member.actor.party_id, sessions.Browser("other"), second_factor=True)
        work.rows.flush()
        newest = work.rows.query(LoginSession).order_by(LoginSession.id.desc()).first()
        assert newest is not None
        place = work.rows.get_one(Party, member.actor.party_id).public_id if member.actor.party_id else ""
        ticket = kept.keep(work, person.id, "/account/", [("name", "x")])
        is_staff = member.actor.is_staff
        view = saved.keep(work, member.actor, "home", "例", {"tab": "all"}).public_id if is_staff else "0" * 26
        return {"session": newest.public_id, "place": place, "ticket": ticket, "view": view}
