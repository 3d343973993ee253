"""Reminders are decided once for a due day, on the party's morning, sent or stopped, and kept either way."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from portal.jobs import reminding, runner
from portal.jobs.kinds import KINDS
from portal.models import Attestation, LedgerEntry, Mail, Person, Reminder
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast


def at(cellar: Cellar, moment: datetime) -> None:
    """Set the clock."""
    cellar.clock = lambda: moment


def looked(cellar: Cellar) -> None:
    """Let the half hour's work run."""
    reminding.ask(cellar)
    reminding.ask(cellar)
    for job in runner.due(cellar, kind="remind"):
        runner.run(cellar, KINDS, job)


def outcomes(cellar: Cellar) -> list[tuple[str, str, int]]:
    """What was decided, in order."""
    with cellar.read() as rows:
        found = rows.execute(sa.select(Reminder.rung, Reminder.outcome, Reminder.letters).order_by(Reminder.id))
        return [(row[0], row[1], row[2]) for row in found]


def test_the_ladder_runs_with_the_days(cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    at(cellar, datetime(2026, 12, 3, 23, 29, tzinfo=UTC))  # 08:29 in Japan, two weeks before the 18th
    looked(cellar)
    assert outcomes(cellar) == []
    at(cellar, datetime(2026, 12, 3, 23, 30, tzinfo=UTC))
    looked(cellar)
    looked(cellar)
    assert outcomes(cellar) == [("T-14", "sent", 2)]
    flow.answer_all(cellar, people, public_id)
    for day, hour in ((11, 0), (15, 0), (19, 0), (21, 0), (24, 0)):
        at(cellar, datetime(2026, 12, day, hour, tzinfo=UTC))
        looked(cellar)
    assert outcomes(cellar)[1:] == [("T-7", "done", 0), ("T-3", "sent", 2), ("T", "sent", 2), ("T+1", "sent", 2),
                                    ("T+5", "sent", 1), ("T+6", "sent", 1)]
    with cellar.read() as rows:
        mails = list(rows.scalars(sa.select(Mail).where(Mail.kind.in_(("reminder", "overdue"))).order_by(Mail.id)))
        desk = rows.scalars(sa.select(Mail).where(Mail.kind == "overdue_desk")).one()
        assert rows.scalar(sa.select(sa.func.count()).where(LedgerEntry.event == "attestation.reminded")) == 6
    assert "入力されておりますが" not in mails[0].body and "入力されておりますが" in mails[2].body
    assert mails[-1].kind == "overdue" and desk.recipient == people.lead.email and "電話" in desk.body
    flow.certify_it(cellar, people, public_id)
    at(cellar, datetime(2027, 1, 4, 0, tzinfo=UTC))
    looked(cellar)
    assert len(outcomes(cellar)) == 7, "submitted: nobody looks any more"


def test_a_new_due_day_begins_the_ladder_again(cellar: Cellar, people: Cast) -> None:
    flow.ask(cellar, people)
    at(cellar, datetime(2026, 12, 4, 1, tzinfo=UTC))
    looked(cellar)
    with cellar.work() as work:
        row = work.rows.scalars(sa.select(Attestation)).one()
        row.due_on = date(2027, 1, 22)
    at(cellar, datetime(2027, 1, 8, 0, tzinfo=UTC))
    looked(cellar)
    assert [rung for rung, _, _ in outcomes(cellar)] == ["T-14", "T-14"]


def test_the_morning_is_that_of_the_party(cellar: Cellar, people: Cast) -> None:
    flow.ask(cellar, people)
    with cellar.work() as work:
        for member in (people.officer, people.clerk):
            work.rows.get_one(Person, member.person_id).zone = "America/New_York"
    at(cellar, datetime(2026, 12, 4, 13, 29, tzinfo=UTC))
    looked(cellar)
    assert outcomes(cellar) == []
    at(cellar, datetime(2026, 12, 4, 13, 30, tzinfo=UTC))
    looked(cellar)
    assert outcomes(cellar) == [("T-14", "sent", 2)]
