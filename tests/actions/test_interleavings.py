"""A thousand interleavings of two colleagues at the same answers: no text goes unseen by whoever wrote the next one."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import count
from threading import Barrier

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.actions import finish, review
from portal.models import Answer, Attestation
from portal.store import keys, proof
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.actions.chronicle import Chronicle
from tests.actions.colleagues import QUESTIONS, Colleague, Told, ask, publish
from tests.cast import Cast

EXAMPLES = 1000
Step = tuple[str, str]
"""What is done, and at which question."""
HAPPENS = ("attestation.answer_saved", "attestation.submit", "attestation.return", "clash", "left", "refused")
Act = Callable[[], Told]
KINDS = ("look", "write", "write", "write", "mine", "theirs", "workbook", "workbook", "certify")
STEPS = st.tuples(st.sampled_from(KINDS), st.sampled_from(QUESTIONS))
TURNS = st.lists(st.one_of(
    st.tuples(st.sampled_from(("clerk", "officer")), STEPS),
    st.tuples(st.just("both"), STEPS, STEPS),
    st.tuples(st.just("reviewer")),
), min_size=2, max_size=7)


class Play:
    """One attestation, two colleagues before it, a reviewer behind it, and the chronicle of what happens."""

    def __init__(self, cellar: Cellar, cast: Cast, public_id: str, words: Callable[[], str]) -> None:
        self.cellar, self.cast, self.public_id, self.words = cellar, cast, public_id, words
        self.people = {name: Colleague(cellar, getattr(cast, name), public_id) for name in ("clerk", "officer")}
        self.chronicle = Chronicle(cellar, public_id)

    def act(self, name: str, step: Step) -> Act:
        """What a colleague does, ready to be done."""
        kind, question = step
        person, text = self.people[name], self.words()
        acts: dict[str, Act] = {
            "look": person.look, "write": lambda: person.write(question, text), "certify": person.certify,
            "mine": lambda: person.settle(mine=True), "theirs": lambda: person.settle(mine=False),
            "workbook": lambda: person.by_workbook(question, text)}
        return acts[kind]

    def turn(self, name: str, *steps: Step) -> None:
        """Let one act, or both at the same moment, and hold what they were told against the ledger."""
        if name == "reviewer":
            self.send_back()
            self.chronicle.hold({})
            return
        names = ("clerk", "officer") if name == "both" else (name,)
        acts = [self.act(one, step) for one, step in zip(names, steps, strict=True)]
        told = at_once(acts) if len(acts) > 1 else [acts[0]()]
        self.chronicle.hold({self.people[one].who.person_id: what for one, what in zip(names, told, strict=True)})

    def send_back(self) -> None:
        """Let the reviewer return the first question of what was submitted, if it was."""
        found = flow.find(self.cellar, self.public_id)
        if found.state != "submitted":
            return
        digest, actor = flow.digest_of(self.cellar, self.public_id), self.cast.reviewer.actor
        with self.cellar.work() as work:
            here = work.rows.get_one(Attestation, found.id)
            going = review.take(work, actor, here)
            review.save(work, actor, going, [
                review.Judgement(row.question, "return" if row.question == QUESTIONS[0] else "conforms", "対象は。")
                for row in work.rows.scalars(sa.select(Answer).where(Answer.attestation_id == here.id))])
            finish.return_to_party(work, actor, here, digest, finish.Letter("ご確認ください。", date(2026, 12, 15)))


def at_once(acts: list[Act]) -> list[Told]:
    """Carry out acts in as many threads, let go at the same moment."""
    line = Barrier(len(acts))

    def go(act: Act) -> Told:
        line.wait(60)
        return act()

    with ThreadPoolExecutor(len(acts)) as hall:
        return list(hall.map(go, acts))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_colleagues_never_overwrite_each_other_unseen(cellar: Cellar, people: Cast) -> None:
    template, years, numbers, seen = publish(cellar, people), count(2026), count(1), Counter[str]()

    # What two threads do need not happen twice: a failure is shown as it was found, not made smaller.
    @settings(max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(st.booleans(), TURNS)
    def interleaving(begun: bool, turns: list[tuple[str, *tuple[Step, ...]]]) -> None:
        play = Play(cellar, people, ask(cellar, people, template, next(years)), lambda: f"文{next(numbers)}。")
        for turn in [*([("clerk", ("write", name)) for name in QUESTIONS] if begun else []), *turns]:
            play.turn(*turn)
        play.chronicle.close()
        seen.update(play.chronicle.acts)

    interleaving()
    assert min(seen[name] for name in HAPPENS) > 0, seen
    assert next(years) - 2026 >= EXAMPLES
    with cellar.read() as rows:
        assert proof.check(rows, keys.log_key(cellar.settings.keys)).faults == []
