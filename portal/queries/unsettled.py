"""Findings that still count on a day: what nobody has closed, and a risk that was accepted until a day before it."""

from datetime import date

import sqlalchemy as sa

from portal.core.workflow import SETTLED
from portal.models import Finding


def on(day: date) -> sa.ColumnElement[bool]:
    """Give the condition on findings for a day (Japan), as core/workflow.is_settled says."""
    return sa.or_(Finding.state.not_in(SETTLED),
                  sa.and_(Finding.state == "accepted_risk", Finding.accepted_until < day))
