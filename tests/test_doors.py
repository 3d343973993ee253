"""Every door of the url map, tried by every role before its own and a foreign thing; GET changes nothing anywhere."""

import pytest
from flask import Flask

from portal.store.cellar import Cellar
from tests import doors, visit
from tests.cast import Cast, client
from tests.doors import Door
from tests.visit import Visit

DOORS = doors.table()
ROLES = [role for role in doors.ROLES if role != "stranger"]


def test_every_route_stands_in_the_table_once(app: Flask) -> None:
    real = {(rule.endpoint, method) for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    rows = [(door.endpoint, door.method) for door in DOORS]
    assert sorted(real - set(rows)) == [], "classify the new route in tests/doors.txt"
    assert sorted(set(rows) - real) == [], "these routes are gone"
    assert len(rows) == len(set(rows))


def test_every_parameter_has_something_behind_it(app: Flask) -> None:
    wanted = {rule.endpoint: set(rule.arguments) for rule in app.url_map.iter_rules()}
    wrong = [f"{door.endpoint} {door.method}: {wanted.get(door.endpoint)} but {door.parameters}" for door in DOORS
             if wanted.get(door.endpoint) != door.parameters]
    assert wrong == []


@pytest.mark.parametrize("role", doors.ROLES)
def test_looking_is_allowed_as_the_table_says_and_changes_nothing(house: Visit, role: str) -> None:
    found = [told for door in DOORS if door.method == "GET" for told in tried(house, role, door, free=False)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", doors.ROLES)
def test_acts_are_refused_as_the_table_says_and_leave_nothing(house: Visit, role: str) -> None:
    found = [told for door in DOORS if door.method != "GET" and acting(role) not in door.who
             for told in tried(house, role, door, free=False)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", doors.ROLES)
def test_acts_are_allowed_as_the_table_says(house: Visit, role: str) -> None:
    found: list[str] = []
    for door in DOORS:
        if door.method != "GET" and acting(role) in door.who:
            found += tried(house, role, door, free=True)
            house.put_back()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", ["officer", "clerk", "stranger", "lead", "auditor"])
def test_foreign_and_unknown_things_are_not_there(house: Visit, role: str) -> None:
    found: list[str] = []
    for door in DOORS:
        own_only = door.endpoint.partition(".")[0] in ("my", "account")
        if acting(role) in door.who and own_only:
            for name, _ in door.things:
                if name not in ("question", "code"):
                    values = door.values(house.things[role], house.foreign[role], name)
                    found += answered(house, role, door, values, frozenset({404}))
    assert not found, "\n".join(found)


def acting(role: str) -> str:
    """As whom the table knows a role: the stranger is an officer, of the other party."""
    return "officer" if role == "stranger" else role


def tried(house: Visit, role: str, door: Door, *, free: bool) -> list[str]:
    """Try a door with the role's own things; gives what went otherwise than the table says."""
    wanted = doors.expected(door, acting(role))
    return answered(house, role, door, door.values(house.things[role]), wanted, free=free)


def answered(house: Visit, role: str, door: Door, values: dict[str, str], wanted: frozenset[int], *, free: bool = False
             ) -> list[str]:
    """Ask, and hold the answer against what is wanted; unless free, nothing may have changed."""
    monitor = house.monitor()
    before = visit.version(monitor)
    answer = house.ask(role, door, values)
    changed = visit.version(monitor) != before and (free or not house.is_as_kept())
    monitor.close()
    told = f"{role} {door.method} {door.endpoint} {values}: {answer.status_code} {answer.location or ''}"
    wrong = [told] if answer.status_code not in wanted else []
    if role == "nobody" and wanted == {303} and not doors.led_to_sign_in(answer):
        wrong.append(f"{told} is not led to the sign-in")
    if role != "nobody" and doors.led_to_sign_in(answer) and door.endpoint.partition(".")[0] != "public":
        wrong.append(f"{told} was signed out")
    return wrong + ([f"{told} changed something"] if changed and not free else [])


def test_every_form_wants_its_token(app: Flask, cellar: Cellar, people: Cast) -> None:
    browsers = [client(app, cellar, who) for who in (None, people.lead, people.administrator, people.clerk)]
    values = {name: "1" for door in DOORS for name in door.parameters}
    wrong = []
    for door in DOORS:
        if door.method == "POST":
            with app.test_request_context():
                path = app.url_map.bind("localhost").build(
                    door.endpoint, {name: dict(door.words).get(name, values[name]) for name in door.parameters})
            wrong += [f"{path} {status}" for browser in browsers if (status := browser.post(path).status_code) != 400]
    assert wrong == []
