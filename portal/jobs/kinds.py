"""Which function does which kind of job; each takes (cellar, **args) and may be run again."""

from collections.abc import Mapping

from portal.jobs import post
from portal.jobs.runner import Handler

KINDS: Mapping[str, Handler] = {
    "mail": post.send,
}
