"""Real peers of tests: a program that is absent skips on a bare laptop and fails in CI."""

import os
import shutil

import pytest


def absent(reason: str) -> None:
    """Skip the running test with a reason, or fail it where PORTAL_CI=1 promises that every peer is there."""
    if os.environ.get("PORTAL_CI") == "1":
        pytest.fail(f"CI must have it: {reason}")
    pytest.skip(reason)


def program(*names: str) -> str:
    """The path of the first of these programs on this machine; absent() where there is none."""
    found = next((path for name in names if (path := shutil.which(name))), "")
    if not found:
        absent(f"{' or '.join(names)} is not installed (.ci/run installs it)")
    return found
