"""Both places files can be kept, real ones: a folder and an S3 server."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from portal.store.blobs import Blobs, BlobSettings, StoreDown
from tests import peers


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[peers.S3]:
    """One S3 server for all tests of this process."""
    with peers.object_store(tmp_path_factory.mktemp("s3")) as server:
        until = bucket(server, tmp_path_factory.mktemp("scratch"), "first")
        peers.wait_until(lambda: writes(until), 60, "the bucket")
        yield server


@pytest.fixture(scope="session")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[peers.Clamd]:
    """One scanner for all tests of this process."""
    with peers.scanner(tmp_path_factory.mktemp("clamd")) as server:
        yield server


def bucket(server: peers.S3, scratch: Path, prefix: str) -> BlobSettings:
    """Settings of a fresh prefix in the server's bucket."""
    url = f"s3://evidence/{prefix}?endpoint={server.endpoint}"
    return BlobSettings(url, server.access_key, server.secret_key, scratch, 0, timedelta(seconds=3))


def writes(settings: BlobSettings) -> bool:
    """Whether the store takes a file by now."""
    try:
        Blobs(settings).keep("first", [b"ready"])
    except StoreDown:
        return False
    return True


@pytest.fixture(params=["folder", "s3"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> BlobSettings:
    """Settings of an empty store of each sort."""
    if request.param == "folder":
        return BlobSettings(f"file://{tmp_path / 'blobs'}", reserve=0)
    return bucket(request.getfixturevalue("s3"), tmp_path / "scratch", tmp_path.name)


@pytest.fixture
def blobs(settings: BlobSettings) -> Blobs:
    """An empty store of each sort."""
    return Blobs(settings)
