"""Asks for lines to be judged again once an act is kept, because it changed a fact they rest on."""

import secrets

import sqlalchemy as sa

from portal.models import Job, Party
from portal.store.work import Work


def party(work: Work, touched: Party) -> None:
    """Ask for a party's lines, unless that waits already."""
    if _is_new(work, touched.public_id):
        work.job("judge", f"{touched.public_id}:{secrets.token_hex(8)}", party=touched.public_id)


def joint_uses(work: Work) -> None:
    """Ask for the lines of every joint use, unless that waits already."""
    if _is_new(work, "joint"):
        work.job("judge", f"joint:{secrets.token_hex(8)}", relation="joint_use")


def _is_new(work: Work, what: str) -> bool:
    waits = sa.select(Job.id).where(Job.key.startswith(f"judge:{what}:"), Job.status == "queued").limit(1)
    return work.rows.scalar(waits) is None
