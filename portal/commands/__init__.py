"""The verbs for people and scripts, one module each: `options(parser)` and `run(arguments, settings)`."""
