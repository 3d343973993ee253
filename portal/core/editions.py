"""What differs between two versions of a checklist: questions new, gone, moved or changed, and in which fields."""

from difflib import SequenceMatcher
from typing import Any, Literal

from msgspec import Struct

from portal.core.bilingual import Text
from portal.core.templates import Checklist, Question, Template

Kind = Literal["added", "removed", "changed", "moved"]
TEXTS = frozenset({"question", "guide", "unit", "title", "intro"})
"""Fields that are told word by word in each language."""


class Difference(Struct, frozen=True):
    """One field that reads otherwise; `field` is that of the question, texts with ".ja" or ".en" after it."""

    field: str
    before: Any
    after: Any


class Change(Struct, frozen=True):
    """One question that is not what it was; a changed one may have moved as well."""

    question: str
    kind: Kind
    before: Question | None = None
    after: Question | None = None
    differences: tuple[Difference, ...] = ()
    has_moved: bool = False


class Comparison(Struct, frozen=True):
    """Two versions held against each other."""

    head: tuple[Difference, ...]
    changes: tuple[Change, ...]
    same: int

    def count(self, kind: Kind) -> int:
        """Give how many questions are of that kind of change."""
        return sum(change.kind == kind for change in self.changes)

    @property
    def is_empty(self) -> bool:
        """Whether the two say the same in the same order."""
        return not self.head and not self.changes

    @property
    def anew(self) -> int:
        """How many questions cannot be confirmed from last year's answer: the new and the changed ones."""
        return self.count("added") + self.count("changed")


def compare(before: Template, after: Template) -> Comparison:
    """Hold two versions of a checklist against each other, in the order of the later; what is gone stands last."""
    old = {question.id: question for question in before.questions}
    new = {question.id: question for question in after.questions}
    shifted = _moved([id for id in old if id in new], [id for id in new if id in old])
    changes = []
    for id, question in new.items():
        if id not in old:
            changes.append(Change(id, "added", after=question))
            continue
        told = differences(old[id], question)
        if told or id in shifted:
            changes.append(Change(id, "changed" if told else "moved", old[id], question, told, id in shifted))
    changes += [Change(id, "removed", before=question) for id, question in old.items() if id not in new]
    same = len(new) - sum(change.kind != "removed" for change in changes)
    return Comparison(differences(before.checklist, after.checklist), tuple(changes), same)


def differences(before: Question | Checklist, after: Question | Checklist) -> tuple[Difference, ...]:
    """Give the fields in which two questions, or two heads, differ."""
    told = []
    for field in before.__struct_fields__:
        was, now = getattr(before, field), getattr(after, field)
        if was == now:
            continue
        if field in TEXTS:
            was, now = was or Text("", ""), now or Text("", "")
            told += [Difference(f"{field}.{lang}", was.get(lang), now.get(lang)) for lang in ("ja", "en")
                     if was.get(lang) != now.get(lang)]
        else:
            told.append(Difference(field, was, now))
    return tuple(told)


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Give those that left their order: the fewest whose removal leaves both orders alike, as far as can be told."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {id for block in blocks for id in after[block.b:block.b + block.size]}
    return set(after) - kept
