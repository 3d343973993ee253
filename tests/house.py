"""What the tests of the house read: the project's own files, found once and parsed once."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root, its dotted name and its syntax tree."""

    path: Path

    @property
    def name(self) -> str:
        """The path from the root, as written in messages."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def dotted(self) -> str:
        """The name by which it is imported."""
        return self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def room(self) -> str:
        """The room of portal/ it stands in: a folder of portal/ or a single module there."""
        return self.name.removesuffix(".py").split("/")[1] if "/" in self.name else self.name

    @cached_property
    def text(self) -> str:
        """The file's text."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The file's syntax tree."""
        return ast.parse(self.text, self.name)

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """Every node of the given kinds."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def functions(self) -> Iterator[Function]:
        """Every function and method, inner ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, FUNCTIONS))

    def at(self, node: ast.AST) -> str:
        """`file:line` of a node."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project: all that is there but what .gitignore leaves out (a tarball has no git)."""
    ignored = [".git", *(line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line)]

    def kept(names: list[str]) -> list[str]:
        return [name for name in names if not any(fnmatch(name, pattern) for pattern in ignored)]

    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = kept(folders)
        found += [Path(folder, name) for name in kept(files)]
    return tuple(sorted(found))


@cache
def python_files() -> tuple[Source, ...]:
    """Every Python file of the project but the migrations' revisions: those are history, as long as their tables."""
    return tuple(Source(path) for path in tracked() if path.suffix == ".py" and path.parent.name != "versions")


@cache
def portal_files() -> tuple[Source, ...]:
    """The files of portal/."""
    return tuple(source for source in python_files() if source.name.startswith("portal/"))


@cache
def templates() -> tuple[Path, ...]:
    """Every template."""
    return tuple(path for path in tracked() if "templates" in path.relative_to(ROOT).parts)


def imports(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Each import of a file as (node, dotted name); `from a import b` gives `a.b`."""
    package = source.dotted if source.name.endswith("/__init__.py") else source.dotted.rpartition(".")[0]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".")
                base = ".".join(filter(None, [*parts[: len(parts) - node.level + 1], base]))
            yield from ((node, f"{base}.{alias.name}") for alias in node.names)


def dotted(node: ast.AST) -> str:
    """A name or attribute chain as text (`os.environ.get`), empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return ""
