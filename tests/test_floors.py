"""Keeps the house: imports run down only, one key per lock, nothing grows past its budget."""

import ast
import statistics
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.house import (
    ROOT,
    Function,
    Source,
    dotted,
    imports,
    portal_files,
    python_files,
    templates,
    tracked,
)

FLOORS = {
    "settings": 0, "native": 0,
    "core": 1,
    "models": 2, "store": 2, "pictures": 2, "sheets": 2,
    "queries": 3, "packet": 3,
    "actions": 4,
    "jobs": 5, "web": 5,
    "demo": 6,
    "server": 7, "commands": 7,
    "cli": 8, "__main__": 9,
}
BESIDE = {("store", "models"), ("packet", "queries"), ("web", "jobs"), ("commands", "server")}
CORE_MAY = {"msgspec", "holidays", "puremagic", "cryptography"}  # the last on bytes alone: checkpoints

KEYS = {
    "weasyprint": ["portal/packet/press"],
    "pyhanko": ["portal/packet/seal", "portal/packet/verify"],
    "pyhanko_certvalidator": ["portal/packet/seal", "portal/packet/verify"],
    "obstore": ["portal/store/blobs"],
    "alembic": ["portal/store/"],
    "python_calamine": ["portal/store/examine/"],
    "xlsxwriter": ["portal/sheets/", "portal/demo/"],
    "huey": ["portal/jobs/"],
    "gunicorn": ["portal/server"],
    "flask": ["portal/web/"],
    "werkzeug": ["portal/web/"],
    "sqlalchemy": [f"portal/{room}" for room in
                   ("models/", "store/", "queries/", "actions/", "packet/gather", "jobs/", "demo")],
}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "service",
            "services"}
FILE, FUNCTION, MEDIAN, HANDLER, TEMPLATE, ARGUMENTS = 250, 40, 8, 20, 120, 5
ROUTES = {"get", "post", "put", "patch", "delete", "route"}


def held(source: Source, prefixes: list[str]) -> bool:
    """Whether a file stands under one of the prefixes."""
    return any(source.name.startswith(prefix) for prefix in prefixes)


def inside(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Imports of portal's own rooms, as (node, room)."""
    for node, name in imports(source):
        parts = name.split(".")
        if parts[0] == "portal" and len(parts) > 1:
            yield node, parts[1]


def test_every_room_has_a_floor() -> None:
    rooms = {source.room for source in portal_files() if source.name != "portal/__init__.py"}
    assert rooms - set(FLOORS) == set(), "give the new room a floor"


def test_imports_run_down_only() -> None:
    wrong = [
        f"{source.at(node)} {source.room} (floor {FLOORS[source.room]}) imports {room}"
        for source in portal_files() if source.name != "portal/__init__.py"
        for node, room in inside(source)
        if room != source.room and room in FLOORS
        and FLOORS[room] >= FLOORS[source.room] and (source.room, room) not in BESIDE
    ]
    assert wrong == []


def test_core_is_plain() -> None:
    allowed = set(sys.stdlib_module_names) | CORE_MAY | {"portal"}
    core = [source for source in portal_files() if source.room == "core"]
    foreign = [f"{source.at(node)} {name}" for source in core for node, name in imports(source)
               if name.split(".")[0] not in allowed
               or (name.startswith("portal.") and name.split(".")[1] != "core")]
    files = {"read_text", "read_bytes", "write_text", "write_bytes"}
    hands = {"open", "datetime.now", "datetime.utcnow", "date.today", "time.time", "time.monotonic"}
    touching = [f"{source.at(node)} {called}" for source in core for node in source.nodes(ast.Call)
                if isinstance(node, ast.Call) and (called := dotted(node.func))
                and (called in hands or called.removeprefix("datetime.") in hands
                     or called.rpartition(".")[2] in files)]
    assert foreign == []
    assert touching == []


def test_one_key_per_lock() -> None:
    wrong = [
        f"{source.at(node)} imports {name}"
        for source in portal_files()
        for node, name in imports(source)
        if (keepers := KEYS.get(name.split(".")[0])) is not None and not held(source, keepers)
    ]
    assert wrong == []


def test_only_settings_reads_the_environment() -> None:
    wrong = [
        source.at(node)
        for source in portal_files() if source.name != "portal/settings.py"
        for node in source.nodes(ast.Attribute, ast.Name, ast.ImportFrom)
        if dotted(node) in {"os.environ", "os.getenv", "os.putenv", "environ", "getenv"}
        or (isinstance(node, ast.ImportFrom) and node.module == "os"
        and {alias.name for alias in node.names} & {"environ", "getenv"})
    ]
    assert wrong == []


def gives_state(node: ast.AST) -> bool:
    """Whether a node gives a state: `x.state = …`, `setattr(x, "state", …)` or `….values(state=…)`."""
    if isinstance(node, ast.Attribute):
        return node.attr == "state" and isinstance(node.ctx, ast.Store)
    if not isinstance(node, ast.Call):
        return False
    if dotted(node.func) == "setattr":
        return not isinstance(node.args[1], ast.Constant) or node.args[1].value == "state"
    return getattr(node.func, "attr", "") == "values" and any(word.arg == "state" for word in node.keywords)


def test_only_move_gives_a_state() -> None:
    wrong = [source.at(node) for source in portal_files() if source.name != "portal/actions/record.py"
             for node in ast.walk(source.tree) if gives_state(node)]
    assert wrong == []


def test_only_work_commits() -> None:
    wrong = [source.at(node) for source in portal_files() if source.name != "portal/store/work.py"
             for node in source.nodes(ast.Attribute)
             if isinstance(node, ast.Attribute) and node.attr == "commit"]
    assert wrong == []


def test_no_import_in_a_function() -> None:
    wrong = [
        source.at(node)
        for source in portal_files() for function in source.functions() for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not (source.name == "portal/packet/press.py" and "weasyprint" in ast.unparse(node))
    ]
    assert wrong == []


def test_no_circle() -> None:
    known = {source.dotted for source in portal_files()}
    graph: dict[str, set[str]] = {source.dotted: set() for source in portal_files()}
    for source in portal_files():
        for _, name in imports(source):
            target = name if name in known else name.rpartition(".")[0]
            if target in known and target != source.dotted and target != "portal":
                graph[source.dotted].add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def test_every_file_has_a_name_of_its_own() -> None:
    wrong = [path.relative_to(ROOT).as_posix() for path in tracked()
             if {path.parent.name, path.stem if path.suffix in {".py", ".js", ".html"} else ""} & NAMELESS]
    assert wrong == []


def length(node: Function) -> int:
    """Lines of a function from `def` to its last line, decorators left out."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def arguments(node: Function) -> int:
    """Arguments of a function, without self or cls."""
    names = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def is_handler(node: Function) -> bool:
    """Whether a function answers a route."""
    calls = (mark.func for mark in node.decorator_list if isinstance(mark, ast.Call))
    return any(isinstance(called, ast.Attribute) and called.attr in ROUTES for called in calls)


def test_files_and_templates_keep_their_budget() -> None:
    long = [f"{source.name} {lines}" for source in python_files()
            if (lines := source.text.count("\n")) > FILE]
    tall = [f"{path.relative_to(ROOT)} {lines}" for path in templates()
            if (lines := path.read_text(encoding="utf-8").count("\n")) > TEMPLATE]
    assert (long, tall) == ([], [])


def test_functions_keep_their_budget() -> None:
    found = [(source, node) for source in python_files() for node in source.functions()]
    long = [f"{source.at(node)} {node.name} {length(node)}" for source, node in found
            if length(node) > FUNCTION]
    wide = [f"{source.at(node)} {node.name} {arguments(node)}" for source, node in found
            if arguments(node) > ARGUMENTS and not source.name.startswith("tests/")]
    handlers = [f"{source.at(node)} {node.name} {length(node)}" for source, node in found
                if source.name.startswith("portal/web/") and is_handler(node) and length(node) > HANDLER]
    assert (long, wide, handlers) == ([], [], [])


def test_most_functions_are_short() -> None:
    lengths = [length(node) for source in portal_files() for node in source.functions()]
    assert statistics.median(lengths or [0]) <= MEDIAN
