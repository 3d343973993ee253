"""What became of every text, told by the ledger alone and held against what people were told and what stands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from portal.core import entry, frozen
from portal.core.entry import Leaf
from portal.models import Answer, AttestationVersion, LedgerEntry
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.actions.colleagues import QUESTIONS, Told, stands


@dataclass(slots=True)
class Chronicle:
    """Every text each answer ever had, version by version, and how often which act was entered."""

    cellar: Cellar
    public_id: str
    texts: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in QUESTIONS})
    writers: dict[str, int] = field(default_factory=dict)
    acts: Counter[str] = field(default_factory=Counter)
    shut: set[str] = field(default_factory=set)
    last: int = -1

    def hold(self, told: Mapping[int, Told]) -> None:
        """Hold what people (by row id) were told of acts that went on at the same time against the ledger."""
        saved = Counter[tuple[int, str]]()
        for by, leaf in self._news():
            self.acts[leaf.event] += 1
            if leaf.event == "attestation.answer_saved":
                name, revision = str(leaf.facts["question"]), int(leaf.facts["revision"])
                text, seen = told[by].sent[name]
                assert seen == revision - 1 == len(self.texts[name]), "it was saved over what its writer had not seen"
                self.texts[name].append(text)
                self.writers[name] = by
                saved[by, name] += 1
            elif leaf.event == "attestation.submit":
                self._again(set(QUESTIONS) - self.shut)
                self.shut = set(QUESTIONS)
            elif leaf.event == "attestation.return":
                self._again(set(leaf.facts["questions"]))
                self.shut -= set(leaf.facts["questions"])
        for by, one in told.items():
            self._answer(one, {name: saved[by, name] for name in QUESTIONS})

    def _news(self) -> list[tuple[int, Leaf]]:
        with self.cellar.read() as rows:
            found = list(rows.execute(
                sa.select(LedgerEntry.id, LedgerEntry.person_id, LedgerEntry.leaf).where(
                    LedgerEntry.thing == self.public_id, LedgerEntry.id > self.last).order_by(LedgerEntry.id)))
        self.last = max((row.id for row in found), default=self.last)
        return [(row.person_id, entry.read(row.leaf.encode())) for row in found]

    def _again(self, names: set[str]) -> None:
        """An answer that is closed or opened has a version more, with the same text."""
        for name in names:
            self.texts[name] += self.texts[name][-1:]

    def _answer(self, told: Told, saved: Mapping[str, int]) -> None:
        assert all(count <= 1 for count in saved.values())
        self.acts.update(clash=len(told.theirs), left=len(told.left), refused=bool(told.refused))
        if told.refused:
            assert not any(saved.values()), "what was refused was saved"
            return
        for name, version in told.stands.items():
            text, seen = told.sent[name]
            if name in told.theirs:
                assert told.theirs[name] == (self.texts[name][version - 1], version), "another text was given back"
                assert version != seen and told.theirs[name][0] != text and not saved[name]
            else:
                assert (["", *self.texts[name]][version], version) == (text, version), "it was not kept as was said"
        assert not any(saved[name] for name in told.left)
        assert {name for name, count in saved.items() if count} <= told.stands.keys() - told.theirs.keys()

    def close(self) -> None:
        """Hold what stands in the end against the chronicle: no text more or less, and no half state."""
        now = stands(self.cellar, self.public_id)
        assert now == {name: (texts[-1] if texts else "", len(texts)) for name, texts in self.texts.items()}
        found = flow.find(self.cellar, self.public_id)
        with self.cellar.read() as rows:
            answers = list(rows.scalars(sa.select(Answer).where(Answer.attestation_id == found.id)))
            versions = list(rows.scalars(sa.select(AttestationVersion).where(
                AttestationVersion.attestation_id == found.id).options(sa.orm.undefer(AttestationVersion.body))))
        assert {row.question: row.answered_by_id for row in answers} == self.writers
        assert found.answered == len(answers) and set(found.preparer_ids) >= set(self.writers.values())
        assert found.version_no == len(versions) == self.acts["attestation.submit"]
        assert self.acts["attestation.start"] == bool(answers)
        if found.state in ("submitted", "under_review"):
            assert not any(row.is_open for row in answers)
            body = frozen.read(max(versions, key=lambda row: row.number).body)
            assert {one.question: one.value["text"] for one in body.answers} == {
                name: texts[-1] for name, texts in self.texts.items()}
        else:
            begun = "returned" if versions else "in_progress" if answers else "requested"
            assert found.state == begun and any(row.is_open for row in answers) == bool(answers)
