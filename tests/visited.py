"""A finding, two visits and a letter that did not arrive at the cast's party, as the doors want them."""

from portal.actions import delivery, findings, inspections, register
from portal.models import Party
from portal.store.cellar import Cellar
from portal.store.work import Letter
from tests.actions import flow
from tests.cast import Cast


def build(cellar: Cellar, cast: Cast) -> dict[str, str]:
    """A finding that waits for a plan, a visit that is planned, and one that the party was told of."""
    with cellar.work() as work:
        party = work.rows.get_one(Party, cast.party.id)
        found = findings.raise_finding(
            work, cast.reviewer.actor, party, findings.Found("鍵の管理台帳がない。", "high", flow.DUE))
        plan = inspections.Planned(flow.DUE, "本社", "鍵の管理", "審査")
        made = [inspections.plan(work, cast.lead.actor, party, plan) for _ in range(2)]
        inspections.announce(work, cast.lead.actor, made[1])
        return {"finding": found.public_id, "planned_inspection": made[0].public_id, "inspection": made[1].public_id}


def undelivered(cellar: Cellar, cast: Cast, about: str) -> str:
    """A letter to a contact of the party that the mail server refused."""
    with cellar.work() as work:
        party = work.rows.get_one(Party, cast.party.id)
        address = f"old-{party.code.lower()}@example.jp"
        register.add_contact(work, cast.lead.actor, party, register.NewContact("旧担当", address))
        mail = work.mail(Letter(address, "点検票ご回答のお願い", "本文", "request", thing=about, party_id=party.id))
        mail.status, mail.error = "bounced", "550 no such user"
        task = delivery.missed(work, mail)
        assert task is not None
        return task.public_id
