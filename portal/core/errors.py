"""The refusals: each says, in words that can be translated, what is wrong and what to do."""


def N_(message: str) -> str:  # the name that extraction knows
    """Mark a sentence for translation that is translated later, where the reader's language is known."""
    return message


class Refusal(Exception):
    """A request that is not carried out; `message` is a gettext source string, `values` fill its placeholders."""

    status = 400

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class NotAllowed(Refusal):
    """The actor may not do this, whatever the state of the thing (WHO)."""

    status = 403


class NotFound(Refusal):
    """There is no such thing for this actor; foreign and unknown things give the same answer."""

    status = 404


class NotNow(Refusal):
    """The thing is in a state in which this cannot be done (WHEN)."""

    status = 409


class Stale(Refusal):
    """Somebody changed the thing meanwhile; `theirs` is what stands now."""

    status = 409

    def __init__(self, message: str, theirs: object = None, **values: object) -> None:
        super().__init__(message, **values)
        self.theirs = theirs


class Incomplete(Refusal):
    """Something is missing or wrong; `fields` maps the place to the message (WHETHER)."""

    status = 422

    def __init__(self, message: str, fields: dict[str, str] | None = None, **values: object) -> None:
        super().__init__(message, **values)
        self.fields = fields or {}


class Unlawful(Refusal):
    """The law table does not permit it (LAWFUL)."""

    status = 422


class BadFile(Refusal):
    """A file is refused; the message says what to send instead."""

    status = 422


class NeedsStepUp(Refusal):
    """The act asks for the password and second factor again, at most five minutes before."""

    status = 401


class TooMany(Refusal):
    """Too many tries; `seconds` tells how long to wait."""

    status = 429

    def __init__(self, message: str, seconds: int, **values: object) -> None:
        super().__init__(message, seconds=seconds, **values)
        self.seconds = seconds
