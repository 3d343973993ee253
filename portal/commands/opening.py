"""Opens the store for a verb, and says in one line what does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal.core.errors import Refusal
from portal.settings import Settings
from portal.store.backup import NotPossible
from portal.store.blobs import StoreError
from portal.store.cellar import Cellar, open_cellar
from portal.store.engine import DatabaseDown, Unsafe
from portal.store.keys import BadKey


@contextmanager
def told() -> Iterator[None]:
    """Turn a database or store that does not answer, raised inside, into a Refusal of one line."""
    try:
        yield
    except DatabaseDown as error:
        why = str(error.orig or error).splitlines()[0]
        if "no such table" in why or "UndefinedTable" in type(error.orig).__name__:
            raise Refusal("The database is not set up yet. Run `python3 app.py migrate` first.") from error
        raise Refusal("The database does not answer as it should: %(why)s", why=why) from error
    except (StoreError, Unsafe, BadKey, NotPossible) as error:
        raise Refusal("%(why)s", why=error) from error


@contextmanager
def opened(settings: Settings) -> Iterator[Cellar]:
    """Open the store for a block and close it behind."""
    with told():
        cellar = open_cellar(settings)
        try:
            yield cellar
        finally:
            cellar.engine.dispose()
