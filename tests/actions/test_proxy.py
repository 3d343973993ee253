"""Decisions by proxy: whatever needs the right to sign off is recorded and told alike, and what was said stays."""


from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.actions import absences, approve, consent, findings, letters
from portal.core.actor import Role
from portal.models import Attestation, ProxyDecision
from portal.queries import absences as known
from portal.queries import reentrustment
from portal.store.cellar import Cellar
from tests import away, reentrusted
from tests.actions import flow
from tests.actions.test_absences import mails, signed
from tests.actions.test_findings import corrected, opened, row
from tests.cast import Cast


def test_what_needs_the_right_to_sign_off_is_recorded_alike(cellar: Cellar, people: Cast) -> None:
    """Sending back, closing a finding, accepting its risk, refusing and consenting: each by proxy, each told."""
    public_id = flow.passed(cellar, people)
    lent = reentrusted.contract(cellar, people)
    refused, wanted = (reentrusted.passed(cellar, people, lent) for _ in range(2))
    closed, accepted = (opened(cellar, people) for _ in range(2))
    corrected(cellar, people, closed)
    away.away(cellar, people, people.lead)
    deputy = away.standing(cellar, people.lead)
    last = away.today(cellar) + timedelta(days=30)
    for act in (
        lambda work: approve.send_back(
            work, deputy, work.rows.get_one(Attestation, flow.find(cellar, public_id).id), "もう一度"),
        lambda work: findings.verify(work, deputy, row(work, closed), "見ました。"),
        lambda work: findings.accept_risk(work, deputy, row(work, accepted), "限定的", last),
        lambda work: consent.decline(work, deputy, reentrusted.row(work, refused), "国外のため"),
        lambda work: consent.consent(work, deputy, reentrusted.row(work, wanted), reentrusted.ENDS),
        lambda work: consent.revoke(work, deputy, reentrusted.row(work, wanted), "漏えいのため"),
    ):
        with cellar.work() as work:
            act(work)
    with cellar.read() as rows:
        found = list(rows.scalars(sa.select(ProxyDecision).order_by(ProxyDecision.id)))
    assert [(one.noun, one.move) for one in found] == [
        ("attestation", "send_back"), ("finding", "verify"), ("finding", "accept_risk"), ("reentrustment", "decline"),
        ("reentrustment", "consent"), ("reentrustment", "revoke")]
    assert mails(cellar, "by_proxy") == ["approver@example.jp"] * 6


def test_a_request_to_decide_is_mailed_to_the_deputy_too(cellar: Cellar, people: Cast) -> None:
    away.away(cellar, people, people.lead)
    reentrusted.passed(cellar, people, reentrusted.contract(cellar, people))
    assert "approver@example.jp" in mails(cellar, "reentrustment_desk")
    assert "lead@example.jp" in mails(cellar, "reentrustment_desk")
    with cellar.read() as rows:
        assert reentrustment.waiting(rows, away.standing(cellar, people.lead)) == 1
        assert reentrustment.waiting(rows, people.lead.actor) == 0


@pytest.mark.parametrize("statement", [
    "DELETE FROM staff_role WHERE role = 'lead'", "DELETE FROM staff_role WHERE role = 'approver'",
    "UPDATE person SET is_active = false WHERE email = 'approver@example.jp'",
])
def test_who_may_no_longer_decide_is_no_longer_written_to(cellar: Cellar, people: Cast, statement: str) -> None:
    away.away(cellar, people, people.lead)
    with cellar.work() as work:
        assert people.lead.person_id in [reader.person_id for reader in letters.of_role(work, Role.APPROVER)]
        work.rows.execute(sa.text(statement))
        assert people.lead.person_id not in [reader.person_id for reader in letters.of_role(work, Role.APPROVER)]


def test_what_was_said_in_somebodys_stead_stays(cellar: Cellar, people: Cast) -> None:
    public_id = flow.passed(cellar, people)
    away.away(cellar, people, people.lead)
    signed(cellar, people.lead, public_id)
    with cellar.work() as work:
        absences.read_later(work, people.approver.actor, known.in_stead(work.rows, people.approver.actor, 1)[0].row, "")
    for statement in ("UPDATE proxy_decision SET move = 'x'", "DELETE FROM proxy_decision",
                      "UPDATE later_reading SET remark = 'x'", "DELETE FROM later_reading"):
        with pytest.raises(sa.exc.DatabaseError, match="said once"), cellar.engine.begin() as raw:
            raw.execute(sa.text(statement))
