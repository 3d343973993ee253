"""The daily digest: what can wait, once a day at the reader's time, exactly once whatever the job or the clock does."""

from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from portal.actions import contracts, digests, ladder, letters
from portal.actions import people as acts
from portal.core.actor import Role
from portal.core.errors import Stale
from portal.core.posting import MORNING
from portal.jobs import digesting, runner
from portal.jobs.kinds import KINDS
from portal.models import Attestation, Digest, Job, Mail, Party, Person
from portal.store.cellar import Cellar
from portal.store.work import Work
from tests.actions import flow
from tests.cast import Cast, Member
from tests.conftest import Clock

DAY = date(2026, 11, 25)


def choose(cellar: Cellar, who: Member, zone: str = "Asia/Tokyo", at: time = MORNING, rhythm: str = "daily") -> None:
    """Let somebody choose how they get what can wait."""
    with cellar.work() as work:
        acts.describe_self(work, who.actor, acts.Self("主管 花子", "", "", "ja", zone, True, rhythm, at))


def ended(work: Work) -> None:
    """A notice to the leads that can wait."""
    for reader in letters.of_role(work, Role.LEAD):
        letters.write(work, reader, "contracts_ending", day=DAY, contracts=[])


def look(cellar: Cellar) -> None:
    """Let the half hour's work run, asked for twice."""
    digesting.ask(cellar)
    digesting.ask(cellar)
    for job in runner.due(cellar, kind="digest"):
        runner.run(cellar, KINDS, job)


def states(cellar: Cellar, kind: str) -> list[str]:
    """The states of the mails of a kind."""
    with cellar.read() as rows:
        return list(rows.scalars(sa.select(Mail.status).where(Mail.kind == kind).order_by(Mail.id)))


def test_what_can_wait_goes_out_in_one_mail(cellar: Cellar, people: Cast, clock: Clock) -> None:
    choose(cellar, people.lead)
    for _ in range(2):
        with cellar.work() as work:
            ended(work)
    assert states(cellar, "contracts_ending") == ["held", "held"]
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).select_from(Job).where(Job.kind == "mail")) == 0
    clock.now = datetime(2026, 11, 25, 23, 29, tzinfo=UTC)  # 08:29 in Japan
    look(cellar)
    assert states(cellar, "digest") == []
    clock.now = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    for _ in range(3):
        look(cellar)
    with cellar.read() as rows:
        [digest] = rows.scalars(sa.select(Mail).where(Mail.kind == "digest"))
        gathered = rows.scalars(sa.select(Mail).where(Mail.kind == "contracts_ending")).all()
    assert digest.recipient == people.lead.email and digest.body.count("■") == 2
    assert f"{cellar.settings.address}/desk/parties/ending" in digest.body
    assert {(mail.status, mail.carried_by_id) for mail in gathered} == {("gathered", digest.id)}


def test_nothing_kept_no_mail(cellar: Cellar, people: Cast) -> None:
    choose(cellar, people.lead)
    look(cellar)
    with cellar.work() as work:
        assert digests.send(work, people.lead.person_id) is None
    assert states(cellar, "digest") == []


def test_what_matters_at_once_never_waits(cellar: Cellar, people: Cast) -> None:
    for who in (people.officer, people.clerk):
        choose(cellar, who)
    about = flow.signed_off(cellar, people)
    with cellar.work() as work:
        letters.notice(work, work.rows.get_one(Person, people.clerk.person_id), "password_set")
        letters.extended(work, work.rows.scalars(sa.select(Attestation).where(Attestation.public_id == about)).one())
    for kind in ("request", "submitted", "notice"):
        assert set(states(cellar, kind)) == {"queued"}, kind
    for kind in ("signed_off", "extended"):
        assert set(states(cellar, kind)) == {"held"}, kind


def test_the_day_is_the_readers_and_comes_once(cellar: Cellar, people: Cast, clock: Clock) -> None:
    choose(cellar, people.lead, "America/New_York")
    sent = []
    clock.now = datetime(2026, 10, 31, tzinfo=UTC)
    for _ in range(144):  # three days of half hours, over the Sunday on which the clocks there go back by an hour
        with cellar.work() as work:
            ended(work)
        before = len(states(cellar, "digest"))
        look(cellar)
        sent += [clock.now] * (len(states(cellar, "digest")) - before)
        clock.forward(minutes=30)
    assert sent == [datetime(2026, 10, 31, 0, 0, tzinfo=UTC), datetime(2026, 10, 31, 12, 30, tzinfo=UTC),
                    datetime(2026, 11, 1, 13, 30, tzinfo=UTC), datetime(2026, 11, 2, 13, 30, tzinfo=UTC)]
    clock.now = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
    choose(cellar, people.lead, "Pacific/Honolulu", time(6, 0))
    with cellar.work() as work:
        ended(work)
    clock.now = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)
    look(cellar)
    assert len(states(cellar, "digest")) == 4, "still the same day, in another zone"


def test_two_workers_make_one(cellar: Cellar, people: Cast) -> None:
    choose(cellar, people.lead)
    with cellar.work() as work:
        ended(work)
    with cellar.work() as work:
        digests.send(work, people.lead.person_id)
    with pytest.raises(Stale), cellar.work() as late:
        late.rows.add(Digest(person_id=people.lead.person_id, day=DAY, made_at=late.now(), mail_id=late.rows.scalars(
            sa.select(Mail.id).where(Mail.kind == "digest")).one()))
    assert states(cellar, "digest") == ["queued"]


def test_back_to_instant_leaves_nothing_behind(cellar: Cellar, people: Cast) -> None:
    choose(cellar, people.lead)
    with cellar.work() as work:
        ended(work)
    choose(cellar, people.lead, rhythm="instant")
    with cellar.work() as work:
        ended(work)
    look(cellar)
    assert states(cellar, "contracts_ending") == ["gathered", "queued"] and states(cellar, "digest") == ["queued"]


def test_the_leads_are_told_of_ending_contracts_once_a_day(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        engaged = contracts.engage(work, people.lead.actor, work.rows.get_one(Party, people.party.id), "entrustment")
        work.rows.flush()
        contracts.add(work, people.lead.actor, engaged, contracts.ContractFacts("C-1", "覚書"),
                      contracts.Term(date(2026, 1, 1), date(2026, 12, 25), date(2025, 12, 25)))
    for _ in range(3):
        with cellar.work() as work:
            assert ladder.tell(work, DAY) == 1
    assert states(cellar, "contracts_ending") == ["queued"]
