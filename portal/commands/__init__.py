"""The verbs for people and scripts, one module each: `options(parser)` and `run(arguments, settings)`."""


class Misasked(ValueError):
    """An argument that cannot be used, told in one line; the exit status is 2."""
