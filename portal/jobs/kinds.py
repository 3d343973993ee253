"""Which function does which kind of job; each takes (cellar, **args) and may be run again."""

from collections.abc import Mapping

from portal.jobs import (
    asking,
    consenting,
    digesting,
    examine,
    judging,
    nightly,
    post,
    printing,
    proving,
    receipting,
    reminding,
    resets,
)
from portal.jobs.runner import Handler

KINDS: Mapping[str, Handler] = {
    "consent": consenting.run,
    "digest": digesting.run,
    "examine": examine.run,
    "judge": judging.run,
    "mail": post.send,
    "nightly": nightly.run,
    "packet": printing.run,
    "receipt": receipting.run,
    "remind": reminding.run,
    "reset": resets.run,
    "round": asking.run,
    "verify": proving.run,
}
