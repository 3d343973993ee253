"""Judge the cases of a file of test vectors: the `judge FILE.toml` command as a function on text."""

from typing import Any

import msgspec
from msgspec import Struct

from portal.core.lawfulness import Case, evaluate
from portal.core.legal import Rules


class Vector(Struct, frozen=True):
    """One case of a vector file; what it expects is not read here."""

    id: str
    relation: str
    data: tuple[str, ...]
    location: str
    party_kind: str
    purpose: str = ""
    flags: dict[str, bool] = {}
    done: tuple[str, ...] = ()


class Vectors(Struct, frozen=True):
    """A file of cases."""

    vector: tuple[Vector, ...]


class BadVectors(ValueError):
    """The file cannot be judged; the message says where and what to do."""


def case_of(vector: Vector, rules: Rules) -> Case:
    """Give the case of a vector: a flag that is not written counts as answered no, old ids get their new name."""
    done = set(vector.done)
    for change in rules.renamed:
        if vector.relation in change.relation and change.old in done:
            done = done - {change.old} | {change.new}
    return Case(
        relation=vector.relation,
        data=frozenset(vector.data),
        location=vector.location,
        party_kind=vector.party_kind,
        purpose=vector.purpose,
        flags=dict.fromkeys(rules.flags(), False) | vector.flags,
        done=frozenset(done),
    )


def judge_file(text: str, rules: Rules) -> dict[str, Any]:
    """Take TOML with [[vector]] tables; give {id: {verdict, blocks, routes, overlays}}, or raise BadVectors."""
    try:
        vectors = msgspec.toml.decode(text, type=Vectors).vector
    except msgspec.DecodeError as error:
        raise BadVectors(f"not a file of [[vector]] cases: {error}") from error
    results: dict[str, Any] = {}
    for vector in vectors:
        if vector.id in results:
            raise BadVectors(f"two cases are called {vector.id}: give each its own id")
        _check_codes(vector, rules)
        judgement = evaluate(case_of(vector, rules), rules)
        results[vector.id] = {
            "verdict": judgement.verdict,
            "blocks": list(judgement.blocks),
            "routes": {route: list(missing) for route, missing in judgement.routes.items()},
            "overlays": list(judgement.overlays),
        }
    return results


def _check_codes(vector: Vector, rules: Rules) -> None:
    """Refuse a case whose words the table does not know: a typing error must not pass for "no basis"."""
    given = [("relation", vector.relation), ("location", vector.location), ("party_kind", vector.party_kind)]
    given += [("data_class", code) for code in vector.data]
    for name, code in given:
        if code not in rules.codes(name):
            known = ", ".join(rules.codes(name))
            raise BadVectors(f"{vector.id}: {name} {code!r} is not known; use one of {known}")
