"""The overseas sheets of the demo's fictional parties; real bodies have none."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from portal.actions import overseas
from portal.core.actor import Actor
from portal.core.overseas import ASKED, Subject
from portal.models import Party
from portal.store.cellar import Cellar
from portal.store.work import Work

KNOWN: dict[str, tuple[Subject, ...]] = {
    "XREG": ("system", "measures", "basis", "on_request"), "CLOUD-B": ("system", "measures"),
}
"""What is stated of whom; CLOUD-B is still being prepared."""
CHECKED = ("XREG", 400)
"""Whose measures were checked last so many days ago: more than a year, so that the check is overdue."""


def begin(work: Work, lead: Actor, party: Party, day: date) -> None:
    """Let the lead state everything once before sharing begins."""
    if party.code == CHECKED[0]:
        _state(work, lead, party, (*KNOWN[party.code], "check"), day)


def renew(cellar: Cellar, lead: Actor, parties: Mapping[str, Party], days: tuple[date, date]) -> None:
    """Let the lead state anew what is known on the first of the days; the last check lies back from the second."""
    on, today = days
    with cellar.work() as work:
        for code, subjects in KNOWN.items():
            _state(work, lead, work.rows.get_one(Party, parties[code].id), subjects, on)
        code, ago = CHECKED
        _state(work, lead, work.rows.get_one(Party, parties[code].id), ("check",), today - timedelta(days=ago))


def _state(work: Work, lead: Actor, party: Party, subjects: Iterable[Subject], on: date) -> None:
    for subject in subjects:
        overseas.state(work, lead, party, party.country, overseas.Statement(
            subject, on, "先方回答・当法人調べ（架空）",
            {asked.name: f"{asked.label.ja}：デモの記載（架空）" for asked in ASKED[subject]},
            "continue" if subject == "check" else ""))
