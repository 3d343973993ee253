"""The catalogue as the core tests see it."""

import pytest

from portal.core.catalogue import Catalogue
from portal.core.legal import Rules
from portal.store import shelf


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The catalogue as packaged."""
    return shelf.catalogue()


@pytest.fixture(scope="session")
def rules(catalogue: Catalogue) -> Rules:
    """The decision table as packaged."""
    return catalogue.rules
