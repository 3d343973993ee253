"""What tests of acts may ask for besides: a mail server to which the portal is connected."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from portal.store.cellar import Cellar
from tests.relay import Relay, relay


@pytest.fixture
def server(cellar: Cellar) -> Iterator[Relay]:
    """A mail server to which the portal is connected."""
    with relay() as running:
        cellar.settings = replace(cellar.settings, smtp_url=running.url)
        yield running
