"""The two places files can be kept, a local folder and an S3 bucket, behind one small interface."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, ObjectStore, S3Store

from portal.store.blobs.disk import Blob, erase, place

if TYPE_CHECKING:  # obstore has these names in its stubs alone
    from obstore.store import ClientConfig, RetryConfig

SMALL = 8 << 20
"""Up to this many bytes an object is put in one conditional request; over it, in parts."""

FRESH = timedelta(days=1)
"""An object of this age or younger is safe from every sweep, see `Blobs.sweep`."""


@dataclass(frozen=True)
class BlobSettings:
    """Where files are kept: `file:///folder`, or `s3://bucket/prefix?endpoint=…&region=…` with keys."""

    url: str
    access_key: str = ""
    secret_key: str = field(default="", repr=False)
    scratch: Path | None = None
    """Folder for unfinished uploads; needed with s3, and shared by all web hosts if there are several."""
    reserve: int = 256 << 20
    """Free bytes uploads must leave, so that the database and the ledger can go on."""
    patience: timedelta = timedelta(seconds=20)
    """How long an object store that does not answer is tried again."""


class Ground(Protocol):
    """A place to keep files in: an obstore store for reading, and how a finished file gets there and goes."""

    store: ObjectStore

    def land(self, path: Path, key: str, blob: Blob) -> None:
        """Keep a synced local file under the key, durably, and leave nothing half."""

    def drop(self, key: str) -> None:
        """Remove the key durably; absent is no error."""

    def local(self, key: str) -> Path | None:
        """Give the file's own path where there is one."""


class Folder:
    """A local folder. obstore's own writer never syncs, so writing is by `disk.place`."""

    def __init__(self, root: Path) -> None:
        """Take the folder, made if missing."""
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.root = root
        self.store: ObjectStore = LocalStore(root)

    def land(self, path: Path, key: str, blob: Blob) -> None:
        """Move the file to its key, file and folders synced."""
        place(path, self.root, key)

    def drop(self, key: str) -> None:
        """Unlink the file and sync its folder."""
        erase(self.root / key)

    def local(self, key: str) -> Path | None:
        """Give the path of the kept file."""
        return self.root / key


class Bucket:
    """An S3 bucket; an object is there whole or not at all, and durable once the server has said so."""

    def __init__(self, settings: BlobSettings) -> None:
        """Take endpoint, region and bucket from the URL and the keys from the settings."""
        parts = urlsplit(settings.url)
        query = dict(parse_qsl(parts.query))
        endpoint = query.get("endpoint", "")
        client: ClientConfig = {
            "allow_http": endpoint.startswith("http://"),
            "connect_timeout": timedelta(seconds=5),
            "timeout": timedelta(seconds=60),
        }
        retry: RetryConfig = {"max_retries": 5, "retry_timeout": settings.patience}
        self.store: ObjectStore = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            endpoint=endpoint or None,
            region=query.get("region", "us-east-1"),
            access_key_id=settings.access_key or None,
            secret_access_key=settings.secret_key or None,
            client_options=client,
            retry_config=retry,
        )

    def land(self, path: Path, key: str, blob: Blob) -> None:
        """Put the object unless an equal one is there; one near a sweep's age is put again to renew its time."""
        if blob.size > SMALL:
            if not self._fresh(key, blob.size):
                obstore.put(self.store, key, path)
            return
        try:
            obstore.put(self.store, key, path, mode="create")
        except AlreadyExistsError:
            if not self._fresh(key, blob.size):
                obstore.put(self.store, key, path)

    def _fresh(self, key: str, size: int) -> bool:
        try:
            head = obstore.head(self.store, key)
        except FileNotFoundError:
            return False
        return head["size"] == size and datetime.now(UTC) - head["last_modified"] < FRESH / 2

    def drop(self, key: str) -> None:
        """Delete the object; absent is no error."""
        obstore.delete(self.store, key)

    def local(self, key: str) -> Path | None:
        """Give nothing: an object has no path."""
        return None


def ground_for(settings: BlobSettings) -> Ground:
    """Give the place the settings name; raises ValueError with a plain sentence if they name none."""
    scheme = urlsplit(settings.url).scheme
    if scheme == "file":
        return Folder(folder_of(settings.url))
    if scheme == "s3" and settings.scratch is not None and urlsplit(settings.url).netloc:
        return Bucket(settings)
    raise ValueError("the store's URL must be file:///folder, or s3://bucket together with a scratch folder")


def folder_of(url: str) -> Path:
    """Give the folder a file URL names."""
    return Path(unquote(urlsplit(url).path))


KEY = re.compile(r"(?P<party>[A-Za-z0-9_-]{1,64})/(?P<head>[0-9a-f]{2})/(?P<digest>(?P=head)[0-9a-f]{62})")


def key_of(party: str, digest: str) -> str:
    """Give the key of a party's file; raises ValueError if either could not be part of one."""
    key = f"{party}/{digest[:2]}/{digest}"
    if not KEY.fullmatch(key):
        raise ValueError("not a party id and a SHA-256 in hexadecimal")
    return key
