"""Every page and answer: templates compile strictly, HTML is whole in both languages, headers stand on every route."""

import sqlite3
from contextlib import closing

import pytest
from flask import Flask
from jinja2 import StrictUndefined

from portal.actions import letters
from portal.packet import sheet
from portal.settings import Settings
from portal.store.cellar import Cellar, open_cellar
from portal.web.factory import create_app
from tests import doors
from tests.answers import Watch
from tests.cast import Cast, client
from tests.conftest import Clock
from tests.house import ROOT, templates
from tests.visit import Visit
from tests.web.walk import faults

GETS = [door for door in doors.table() if door.method == "GET"]
OTHERS = ("PUT", "DELETE", "PATCH", "TRACE", "MADEUP")


def test_every_template_compiles_strictly(app: Flask) -> None:
    environments = {"packet": sheet.environment(), "mail": letters.texts()}
    compiled = 0
    for path in templates():
        if path.is_relative_to(ROOT / "templates"):
            name = path.relative_to(ROOT / "templates").as_posix()
            environment = environments.get(name.partition("/")[0], app.jinja_env)
            environment.get_template(name.removeprefix("mail/"))
            assert environment.undefined is StrictUndefined
            compiled += 1
    assert compiled > 100


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_is_whole_in_both_languages(house: Visit, language: str) -> None:
    with closing(sqlite3.connect(house.file)) as people:
        people.execute("UPDATE person SET language = ?", (language,))
        people.commit()
    before, wrong = len(house.watch.wrong), []
    for role in doors.ROLES:
        things = house.things[role]
        for door in GETS:
            if ("officer" if role == "stranger" else role) in door.who:
                answer = house.ask(role, door, door.values(things))
                if answer.status_code not in doors.DONE:
                    wrong.append(f"{role} {door.endpoint} {answer.status_code}")
    house.put_back()
    assert wrong + house.watch.wrong[before:] == []


def test_refusals_and_faults_are_pages_too(app: Flask) -> None:
    browser = app.test_client()
    for path, status in (("/nowhere", 404), ("/reset/nothing", 404), ("/v/nothing", 404), ("/sign-in/code", 404)):
        answer = browser.get(path)
        assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert browser.get("/nowhere", headers={"X-Requested-With": "x"}).is_json


def test_a_fault_of_ours_gives_a_number_and_no_trace(app: Flask) -> None:
    app.extensions["tries"] = None
    answer = app.test_client().get("/v/123412341234")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "Traceback" not in page and "NoneType" not in page and "portal/" not in page
    assert faults(page) == []


def test_without_a_database_there_is_still_a_page(app: Flask, cellar: Cellar, people: Cast) -> None:
    browser = client(app, cellar, people.clerk)
    with cellar.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE login_session")
    answer = browser.get("/my/")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "現在ご利用いただけません" in page and "OperationalError" not in page
    assert browser.get("/healthz").status_code == 200, "the process lives"


def test_nobody_else_is_served(app: Flask) -> None:
    browser = app.test_client()
    for path in ("/", "/sign-in", "/my/", "/desk/", "/static/base.css", "/nowhere"):
        answer = browser.get(path, headers={"Origin": "https://evil.example"})
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")], path


def test_no_other_method_is_taken(app: Flask) -> None:
    browser = app.test_client()
    paths = ("/", "/sign-in", "/my/", "/v/", "/log/checkpoint", "/static/base.css")
    wrong = [f"{method} {path} {status}" for path in paths
             for method in OTHERS if (status := browser.open(path, method=method).status_code) != 405]
    assert wrong == []


def test_over_tls_everything_is_bound_to_it(settings: Settings, clock: Clock) -> None:
    cellar = open_cellar(settings, clock)
    app = create_app(cellar)
    watch = Watch().over(app)
    answer = app.test_client().get("/", base_url="https://portal.example.jp")
    cellar.engine.dispose()
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert watch.wrong == []


def test_the_watch_sees_what_is_wrong(app: Flask) -> None:
    watch = Watch()
    with app.test_request_context("/"):
        page = '<html lang="ja"><title>x</title><h1 style="x">a</h2><script>1</script>'
        watch.look(app.response_class(page, mimetype="text/html"))
    told = "\n".join(watch.wrong)
    for fault in ("inline style", "inline script", "</h2> closes", "X-Frame-Options is missing", "default-src"):
        assert fault in told
