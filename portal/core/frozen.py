"""A submitted version as canonical JSON: what was answered, by whom, on which evidence; never changed again."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Literal

import msgspec
from msgspec import Struct


class FrozenEvidence(Struct, frozen=True):
    """An evidence file as the version rests on it; dates as ISO text, empty where there is none."""

    id: str
    digest: str
    name: str
    size: int
    mime: str
    evidence_type: str = ""
    valid_from: str = ""
    valid_to: str = ""


class FrozenAnswer(Struct, frozen=True):
    """One answer; `by` is a person's row id, `at` UTC as the ledger writes it, `confirmed` a version's public id."""

    question: str
    value: Mapping[str, Any] = {}
    comment: str = ""
    not_applicable: bool = False
    reply: str = ""
    author: Literal["party", "jmdp"] = "party"
    by: int = 0
    at: str = ""
    confirmed: str = ""
    evidence: tuple[FrozenEvidence, ...] = ()


class Frozen(Struct, frozen=True):
    """A whole submitted version; the template is named by code, version and digest."""

    attestation: str
    number: int
    party: str
    template: str
    template_version: int
    template_digest: str
    answers: tuple[FrozenAnswer, ...]
    form: Literal["jmdp-attestation-1"] = "jmdp-attestation-1"

    def by_question(self) -> dict[str, FrozenAnswer]:
        """Give the answers by the id of their question."""
        return {answer.question: answer for answer in self.answers}


def write(frozen: Frozen) -> bytes:
    """Give the canonical JSON: keys sorted, answers in the order of the template."""
    return msgspec.json.encode(frozen, order="sorted")


def read(text: str | bytes) -> Frozen:
    """Read a version back; msgspec.ValidationError when it is not one."""
    return msgspec.json.decode(text, type=Frozen)


def digest(body: bytes) -> str:
    """Give the version's digest, which the approver signs: SHA-256 in hex over the canonical JSON."""
    return sha256(body).hexdigest()


def same(before: FrozenAnswer, after: FrozenAnswer) -> bool:
    """Say whether two answers say the same on the same evidence, whoever gave or confirmed them."""
    def said(answer: FrozenAnswer) -> tuple[object, ...]:
        files = sorted((piece.digest, piece.valid_from, piece.valid_to) for piece in answer.evidence)
        return dict(answer.value), answer.comment, answer.not_applicable, files

    return said(before) == said(after)


def changed(before: Frozen, after: Frozen) -> set[str]:
    """Give the questions that are new, gone, or answered otherwise or on other evidence than before."""
    old, new = before.by_question(), after.by_question()
    return {name for name in old.keys() | new.keys()
            if name not in old or name not in new or not same(old[name], new[name])}
