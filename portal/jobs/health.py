"""Whether an installation can work: each part it stands on, in a word."""

from collections.abc import Callable

from portal.jobs.queue import make_huey
from portal.store import migrate
from portal.store.cellar import Cellar

FINE = "ok"


def parts(cellar: Cellar) -> dict[str, str]:
    """Give each part with "ok" or what is wrong with it, in a class of error and never in a secret's words."""
    return {
        "database": _told(lambda: _at_head(cellar)),
        "files": _told(cellar.blobs.check),
        "queue": _told(lambda: make_huey(cellar.settings).pending_count()),
    }


def _told(question: Callable[[], object]) -> str:
    try:
        answer = question()
    except Exception as error:  # whatever a driver raises means that the part does not answer
        return type(error).__name__
    return answer if isinstance(answer, str) else FINE


def _at_head(cellar: Cellar) -> str:
    here, head = migrate.current(cellar.engine), migrate.head()
    return FINE if here == head else f"at revision {here}, not {head}: run migrate"
