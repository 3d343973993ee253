"""Every clause of the policy is on the page and on the command line, with pages that exist and tests that run."""

import ast
import re
from html import unescape

import pytest
from flask import Flask

from portal.core.entries import PolicyClause
from portal.store import shelf
from portal.store.cellar import Cellar
from tests.cast import Cast, client
from tests.house import ROOT
from tests.test_commands import ask
from tests.web.walk import Walk

CLAUSES = tuple(shelf.catalogue().policy.values())
PLACE = re.compile(r"<[^>]+>")
NAMED = re.compile(r"PREAMBLE|I{1,2}\.\d+(\.\([0-9ivx]+\))?|WEB [A-Z]+")


@pytest.mark.parametrize("clause", CLAUSES, ids=[clause.id for clause in CLAUSES])
def test_a_clause_says_what_its_standing_asks(clause: PolicyClause) -> None:
    done = bool(clause.does and clause.pages and clause.tests)
    nothing = not clause.does and not clause.pages and not clause.tests
    assert {"covered": done and not clause.lacks, "partly": done and bool(clause.lacks),
            "missing": nothing and bool(clause.lacks), "outside": nothing and bool(clause.lacks)}[clause.standing]
    assert NAMED.fullmatch(clause.id) and clause.id.isascii()


def test_every_page_named_is_there(app: Flask) -> None:
    known = {PLACE.sub("{id}", rule.rule) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert [(clause.id, page) for clause in CLAUSES for page in clause.pages if page not in known] == []


def test_every_test_named_is_there() -> None:
    named = {(clause.id, *test.split("::")) for clause in CLAUSES for test in clause.tests}
    there: dict[str, set[str]] = {}
    for file in {file for _, file, _ in named}:
        assert (ROOT / file).is_file(), file
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        there[file] = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert [name for name in named if name[2] not in there[name[1]] or not name[2].startswith("test_")] == []


def test_the_command_prints_a_clause_a_line() -> None:
    told = ask("policy")
    assert (told.returncode, told.stderr) == (0, "")
    assert len(told.stdout.splitlines()) == len(CLAUSES)
    for line, clause in zip(told.stdout.splitlines(), CLAUSES, strict=True):
        assert line.startswith(f"{clause.id}  [{clause.standing}]")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_staff_read_the_coverage_and_no_party_does(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    reviewer, clerk = (Walk(client(app, cellar, who)) for who in (people.reviewer, people.clerk))
    page = reviewer.get(f"/desk/policy?lang={language}")
    assert all(f">{clause.id}</th>" in page for clause in CLAUSES)
    few = reviewer.get("/desk/policy?standing=outside")
    assert ">WEB ABOUT</th>" in few and ">II.11</th>" not in few
    clerk.get("/desk/policy", 404)


def test_ten_observations_on_the_text_are_shown_and_name_their_clauses(
        app: Flask, cellar: Cellar, people: Cast) -> None:
    observations = shelf.catalogue().observations
    assert [row.id for row in observations] == [f"O{number}" for number in range(1, 11)]
    assert {id for row in observations for id in row.clauses} <= {clause.id for clause in CLAUSES}
    reviewer = Walk(client(app, cellar, people.reviewer))
    page = unescape(reviewer.get("/desk/policy"))
    assert all(row.seen.ja in page and row.does.ja in page for row in observations)
    assert "O10</th>" not in reviewer.get("/desk/policy?standing=outside")


def test_one_contact_stands_on_every_page_and_mail(app: Flask, cellar: Cellar, people: Cast) -> None:
    phone = cellar.settings.contact_phone
    assert phone in Walk(client(app, cellar, None)).get("/")
    for path in ("/my/", "/my/people"):
        assert phone in Walk(client(app, cellar, people.clerk)).get(path)
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "templates/mail").glob("*.txt")}
    assert all("{{ phone }}" in texts[f"signature.{language}.txt"] for language in ("ja", "en"))
    assert [name for name, text in texts.items() if not name.startswith("signature")
            and f'{{% include "signature.{name.split(".")[1]}.txt" %}}' not in text] == []
