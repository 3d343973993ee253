"""Tries counted in the database, so that limits hold over several web processes and hosts."""

import time
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy.dialects import postgresql, sqlite

from portal.models import Rate

LIMITS = {
    "sign_in": ("10/5minutes",), "second_factor": ("5/5minutes", "20/hour"), "reset": ("5/day",),
    "verify": ("30/minute",), "setup": ("10/hour",),
}

KEPT = timedelta(days=2)


class Rows(Storage):
    """The storage that the limits library asks for, over one table; exact on both databases."""

    STORAGE_SCHEME = None

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__()
        self._engine = engine

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may go wrong below."""
        return sa.exc.SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one more try and give the count of this window."""
        now = datetime.now(UTC)
        ends = now + timedelta(seconds=expiry)
        insert = sqlite.insert if self._engine.dialect.name == "sqlite" else postgresql.insert
        counted = insert(Rate).values(key=key, count=amount, expires_at=ends)
        running = Rate.expires_at > now
        with self._engine.begin() as connection:
            connection.execute(sa.delete(Rate).where(Rate.expires_at < now - KEPT))
            return int(connection.execute(counted.on_conflict_do_update(index_elements=[Rate.key], set_={
                "count": sa.case((running, Rate.count + amount), else_=amount),
                "expires_at": sa.case((running, Rate.expires_at), else_=ends),
            }).returning(Rate.count)).scalar_one())

    def get(self, key: str) -> int:
        """Give the count of this window."""
        with self._engine.connect() as connection:
            found = connection.scalar(
                sa.select(Rate.count).where(Rate.key == key, Rate.expires_at > datetime.now(UTC)))
        return int(found or 0)

    def get_expiry(self, key: str) -> float:
        """Give when the window ends, as a timestamp."""
        with self._engine.connect() as connection:
            found = connection.scalar(sa.select(Rate.expires_at).where(Rate.key == key))
        return found.timestamp() if found else time.time()

    def check(self) -> bool:
        """Say whether the table answers."""
        return self.get("-") == 0

    def reset(self) -> int | None:
        """Forget all tries."""
        with self._engine.begin() as connection:
            return int(connection.execute(sa.delete(Rate)).rowcount)

    def clear(self, key: str) -> None:
        """Forget the tries under a key."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(Rate).where(Rate.key == key))


class Tries:
    """Counts tries by occasion (sign_in, second_factor, reset …) and who: a person and an address, never one alone."""

    def __init__(self, engine: sa.Engine) -> None:
        self._limiter = FixedWindowRateLimiter(Rows(engine))
        self._items: dict[str, list[RateLimitItem]] = {
            name: [parse(text) for text in texts] for name, texts in LIMITS.items()}

    def wait(self, occasion: str, *who: str) -> int:
        """Count one try; gives 0 while it is within the limits, otherwise the seconds to wait."""
        waits = [0]
        for item in self._items[occasion]:
            if not self._limiter.hit(item, occasion, *who):
                ends = self._limiter.get_window_stats(item, occasion, *who).reset_time
                waits.append(max(1, int(ends - time.time())))
        return max(waits)

    def forget(self, occasion: str, *who: str) -> None:
        """Forget the tries after a success."""
        for item in self._items[occasion]:
            self._limiter.clear(item, occasion, *who)
