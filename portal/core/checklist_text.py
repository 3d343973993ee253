"""Writes a checklist as TOML, laid out as the files of the library are, so that it can be read, kept and taken back."""

import json
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from portal.core.bilingual import Text
from portal.core.legal import Header
from portal.core.templates import Checklist, Question, Template

OPTIONAL = frozenset({"choices", "columns", "party_kinds", "individual"})
"""Keys that say nothing where they are empty."""


def write(template: Template) -> str:
    """Give a checklist as TOML text; `templates.read_template` reads exactly the same checklist back."""
    blocks = [["[header]", *_lines(template.header)], ["[[checklist]]", *_lines(template.checklist)]]
    blocks += [["[[question]]", *_lines(question)] for question in template.questions]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _lines(table: Header | Checklist | Question) -> Iterator[str]:
    """The keys of a table, each on a line; what is not there is left out, lists of tables stand a row a line."""
    for name in table.__struct_fields__:
        value = getattr(table, name)
        if value is None or (name in OPTIONAL and not value and isinstance(table, Question)):
            continue
        if isinstance(value, Text):
            yield f"{name}.ja = {_string(value.ja)}"
            yield f"{name}.en = {_string(value.en)}"
        elif name in ("choices", "columns"):
            yield f"{name} = ["
            yield from (f"  {_inline(row)}," for row in value)
            yield "]"
        else:
            yield f"{name} = {_value(value)}"


def _inline(row: Struct) -> str:
    pairs = [(name, getattr(row, name)) for name in row.__struct_fields__]
    told = ", ".join(f"{name} = {_value(value)}" for name, value in pairs if value or name not in OPTIONAL)
    return f"{{ {told} }}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, Struct):
        return _inline(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return str(value)


def _string(text: str) -> str:
    """A basic string of TOML is one of JSON, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
