"""Runs the static judges (ruff, mypy, djlint, deptry) and the rules of ours that no tool knows."""

import ast
import hashlib
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.house import ROOT, Source, dotted, imports, portal_files, python_files, templates, tracked

MARKS = re.compile(r"(?i)type:\s*ignore|\bnoqa\b|pragma:\s*no cover|\b(?:TODO|FIXME|XXX)\b|nosec|mypy:")
INLINE = re.compile(r"(?i)<style[\s>]|<script(?![^>]*\ssrc=)[\s>]|\s(?:style|on[a-z]+)=|javascript:")
SAFE = re.compile(r"\|\s*safe\b|\bautoescape\s+false|Markup\(")
OPEN_LINK = re.compile(r"""\b(?:href|src|action)\s*=\s*["']?\s*\{\{"""
                       r"""(?!\s*(?:url_for|static_url)\(|[^}]*\|\s*address\s*\}\})""")
PATHS = re.compile(r"(?<![\w.>}/-])/(?:wor[k]|tm[p]|roo[t]|hom[e]|User[s])/")
# Words of other trades, kept as digests so that this file does not say them either.
FOREIGN = {
    "2960ad205cb6", "3ea125d0bff3", "487b91042c7c", "57de4cf40144", "5d72436256ad", "60965168ce76",
    "6f919d056320", "7b8208d11b1b", "7d3194f79e64", "94a168d2da57", "a946b27fb498", "c70eca6b0f88",
    "c857d09db23e", "cd88a6fb1423", "d298391b0743", "de2187af3fb0",
}
HOSTS = re.compile(r"\b(?:https?|wss?|ftp)://([A-Za-z0-9.-]*[A-Za-z0-9])")
KNOWN_HOSTS = re.compile(
    r"[A-Z]+|localhost|127\.0\.0\.1|0\.0\.0\.0|([\w-]+\.)*example(\.(com|org|net|jp|ac\.jp|or\.jp|co\.jp|go\.jp))?"
    r"|([\w-]+\.)*(test|invalid)|(www\.)?jmdp\.or\.jp|([\w-]+\.)*(e-gov|ppc)\.go\.jp|(www\.)?w3\.org"
    r"|ns\.adobe\.com|(www\.)?aiim\.org|purl\.org|schemas\.(openxmlformats\.org|microsoft\.com)"
    r"|(www\.)?(json-schema|rfc-editor|iana|iso|pdfa|apache|spdx)\.org"
)
TEXT = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".po", ".pot", ".csv", ".conf", ".xml", ".sh",
        ".json", ".ini", ".cfg", ".yml", ".yaml", ".svg", ".mjs", ".ics", ""}


def run(*arguments: str) -> None:
    """Run a tool of this Python's environment from the root and show what it says if it is not content."""
    command = [sys.executable, "-m", *arguments]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert told.returncode == 0, told.stdout + told.stderr


def texts() -> Iterator[tuple[str, str]]:
    """Every text file of the project as (name, text)."""
    for path in tracked():
        if path.suffix in TEXT:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def lines(pattern: re.Pattern[str], paths: Iterator[Path] | tuple[Path, ...]) -> list[str]:
    """`file:line text` of each line in which the pattern is found."""
    return [f"{path.relative_to(ROOT)}:{number} {line.strip()[:100]}" for path in paths
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if pattern.search(line)]


def calls(source: Source) -> Iterator[ast.Call]:
    """Every call of a file."""
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def test_ruff_is_content() -> None:
    run("ruff", "check", "--no-cache", ".")


def test_types_hold() -> None:
    run("mypy")


def test_dependencies_are_declared_and_used() -> None:
    run("deptry", "portal")


def test_templates_are_well_formed() -> None:
    if templates():
        run("djlint", "--lint", "--quiet", *sorted({str(path.parent) for path in templates()}))


def test_templates_hold_no_inline_style_or_script() -> None:
    pages = tuple(path for path in templates() if path.suffix == ".html")
    assert lines(INLINE, pages) == []


def test_nothing_leaves_escaping() -> None:
    assert lines(SAFE, templates()) == []
    wrong = [source.at(call) for source in portal_files() for call in calls(source)
             if dotted(call.func).rpartition(".")[2] in {"Markup", "render_template_string"}]
    assert wrong == []


def test_links_are_made_by_url_for_or_checked_as_addresses() -> None:
    assert lines(OPEN_LINK, templates()) == []


def test_no_shell_and_no_eval() -> None:
    banned = {"os.system", "os.popen", "eval", "exec", "pickle.loads", "pickle.load", "yaml.load",
              "marshal.loads"}
    wrong = [source.at(call) for source in python_files() for call in calls(source)
             if dotted(call.func) in banned
             or any(word.arg == "shell" and ast.unparse(word.value) != "False" for word in call.keywords)]
    assert wrong == []


def test_times_are_aware() -> None:
    def naive(call: ast.Call) -> bool:
        name = dotted(call.func)
        if name.endswith(("utcnow", "utcfromtimestamp", "date.today", "datetime.today")):
            return True
        needed = {"datetime.now": 1, "datetime.fromtimestamp": 2}
        least = next((count for end, count in needed.items() if name.endswith(end)), 0)
        return len(call.args) < least and not any(word.arg == "tz" for word in call.keywords)

    assert [source.at(call) for source in portal_files() for call in calls(source) if naive(call)] == []


def test_nothing_is_silenced() -> None:
    wrong = []
    for source in python_files():
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
            if token.type == tokenize.COMMENT and MARKS.search(token.string):
                wrong.append(f"{source.name}:{token.start[0]} {token.string}")
    assert wrong == []


def test_tests_use_real_things() -> None:
    names = {"setattr", "setitem", "delattr"}
    patched = [source.at(call) for source in python_files() for call in calls(source)
               if isinstance(call.func, ast.Attribute) and call.func.attr in names
               and dotted(call.func.value) == "monkeypatch"]
    mocked = [f"{source.at(node)} {name}" for source in python_files() for node, name in imports(source)
              if re.match(r"(?:unittest\.)?mock\b|pytest_mock\b", name)]
    skipped = [source.at(call) for source in python_files() for call in calls(source)
               if dotted(call.func) in {"pytest.skip", "pytest.importorskip", "pytest.xfail"}
               and source.name != "tests/peers.py"]
    marked = [source.at(node) for source in python_files() for node in source.nodes(ast.Attribute)
              if dotted(node) in {"pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"}]
    assert (patched, mocked, skipped, marked) == ([], [], [], [])


def test_every_test_asserts() -> None:
    asserting = re.compile(r"(?:^|\.)(?:raises|fail|run)$|expect|check|assert")

    def checks(node: ast.AST) -> bool:
        return any(isinstance(part, ast.Assert | ast.Raise)
                   or (isinstance(part, ast.Call) and asserting.search(dotted(part.func)))
                   for part in ast.walk(node))

    idle = [source.at(node) for source in python_files() if source.path.name.startswith("test_")
            for node in source.functions() if node.name.startswith("test_") and not checks(node)]
    assert idle == []


def test_portal_speaks_for_itself() -> None:
    missing = [source.name for source in portal_files() if not ast.get_docstring(source.tree)]
    for source in portal_files():
        public = [part for part in ast.walk(source.tree)
                  if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                  and not part.name.startswith("_")]
        nested = {inner for outer in source.functions() for inner in ast.walk(outer) if inner is not outer}
        missing += [f"{source.at(part)} {part.name}" for part in public
                    if part not in nested and not ast.get_docstring(part)]
    assert missing == []


def test_the_repository_speaks_of_the_project_alone() -> None:
    told = [f"{name}:{number} {line.strip()[:100]}" for name, text in texts()
            for number, line in enumerate(text.splitlines(), 1)
            if PATHS.search(line) or any(not KNOWN_HOSTS.fullmatch(host) for host in HOSTS.findall(line))]
    assert told == []


def test_no_word_of_another_trade() -> None:
    words = {(word, name) for name, text in texts() for word in set(re.findall(r"[a-z]+", text.casefold()))}
    told = [f"{name} {word}" for word, name in words
            if hashlib.sha256(word.encode()).hexdigest()[:12] in FOREIGN]
    assert sorted(told) == []
