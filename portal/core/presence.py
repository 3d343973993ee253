"""Who works on an answer just now: told from the drafts that save themselves as somebody types."""

from datetime import datetime, timedelta

NEAR = timedelta(minutes=10)


def minutes_ago(saved_at: datetime, now: datetime) -> int | None:
    """Give how many whole minutes ago a draft was saved, None once that is no longer a sign of somebody at work.

    Both moments carry their time zone; a clock that is slightly behind counts as this very minute.
    """
    since = now - saved_at
    return max(0, int(since.total_seconds() // 60)) if since < NEAR else None
