"""Kept files: the same promises on a local folder and on S3."""

import hashlib
import io
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import obstore
import pytest

from portal.store.blobs import Blobs, BlobSettings, Damaged, NotKept, StoreDown, TooLarge

PARTY, OTHER = "p7Qm2xTz", "k3Vb9_-a"
LARGE = random.Random(5).randbytes(9_500_000)
SOON = timedelta(minutes=5)


def digest(data: bytes) -> str:
    """The name under which these bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def read(blobs: Blobs, data: bytes, start: int = 0, end: int | None = None) -> bytes:
    """What the party's space gives for these bytes' digest."""
    return b"".join(blobs.open(PARTY, digest(data), start, end))


def test_keeps_bytes_exactly_under_their_digest(blobs: Blobs) -> None:
    for data in (b"", b"a", bytes(range(256)) * 9, LARGE):
        blob = blobs.keep(PARTY, io.BytesIO(data))
        assert blob == (digest(data), len(data))
        assert read(blobs, data) == data
        assert blobs.size(PARTY, blob.digest) == len(data)
        blobs.rehash(PARTY, blob.digest)


def test_gives_ranges(blobs: Blobs) -> None:
    blobs.keep(PARTY, [LARGE[:3], LARGE[3:]])
    length = len(LARGE)
    for start, end in ((0, 1), (5, 5), (4 << 20, (4 << 20) + 7), (length - 2, None), (length, None), (2, length + 9)):
        assert read(blobs, LARGE, start, end) == LARGE[start:end]
    for start, end in ((-1, 4), (9, 4), (length + 1, None)):
        with pytest.raises(ValueError, match="no range"):
            read(blobs, LARGE, start, end)


def test_one_party_never_meets_another_s_file(blobs: Blobs) -> None:
    first = blobs.keep(PARTY, [b"the same"])
    with pytest.raises(NotKept):
        blobs.open(OTHER, first.digest)
    assert not blobs.exists(OTHER, first.digest)
    blobs.keep(OTHER, [b"the same"])
    blobs.remove(PARTY, first.digest)
    assert [(kept.party, kept.digest) for kept in blobs.kept()] == [(OTHER, first.digest)]


def test_keeping_again_is_no_error_and_no_second_file(blobs: Blobs) -> None:
    for data in (b"twice", LARGE):
        assert blobs.keep(PARTY, [data]) == blobs.keep(PARTY, [data])
    assert sorted(kept.size for kept in blobs.kept(PARTY)) == [5, len(LARGE)]


@pytest.mark.parametrize("party", ["", "../x", "a/b", ".incoming", "あ", "a" * 65])
def test_a_party_is_a_plain_id(blobs: Blobs, party: str) -> None:
    with pytest.raises(ValueError, match="party id"):
        blobs.keep(party, [b"x"])
    assert list(blobs.kept()) == []


@pytest.mark.parametrize("name", ["", "..", "ABC", "e3" * 31, "E3" * 32, "../../../etc/passwd"])
def test_a_digest_is_a_digest(blobs: Blobs, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.open(PARTY, name)


def test_too_long_a_stream_leaves_nothing(blobs: Blobs, settings: BlobSettings) -> None:
    with pytest.raises(TooLarge):
        blobs.keep(PARTY, [b"x" * 60, b"x" * 60], limit=100)
    assert blobs.keep(PARTY, [b"x" * 100], limit=100).size == 100
    assert leftovers(settings) == []


def test_a_broken_stream_leaves_nothing(blobs: Blobs, settings: BlobSettings) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half of it"
        raise ConnectionResetError("the sender went away")

    with pytest.raises(ConnectionResetError):
        blobs.keep(PARTY, broken())
    assert (list(blobs.kept()), leftovers(settings)) == ([], [])


def leftovers(settings: BlobSettings) -> list[str]:
    """Names still in the folder for unfinished files."""
    folder = settings.scratch or Path(settings.url.removeprefix("file://")) / ".incoming"
    return [path.name for path in folder.iterdir()]


def test_purged_is_gone_and_may_be_purged_again(blobs: Blobs) -> None:
    blob = blobs.keep(PARTY, [b"never to be uploaded"])
    blobs.remove(PARTY, blob.digest)
    blobs.remove(PARTY, blob.digest)
    for ask in (blobs.open, blobs.size, blobs.rehash):
        with pytest.raises(NotKept):
            ask(PARTY, blob.digest)


def test_a_child_gets_a_path(blobs: Blobs, settings: BlobSettings) -> None:
    blob = blobs.keep(PARTY, [LARGE])
    with blobs.on_disk(PARTY, blob.digest) as path:
        assert path.read_bytes() == LARGE
    assert (blobs.exists(PARTY, blob.digest), leftovers(settings)) == (True, [])
    with pytest.raises(NotKept), blobs.on_disk(PARTY, digest(b"absent")):
        pytest.fail("gave a path to nothing")


def test_bytes_that_are_kept_again_meanwhile_stay(blobs: Blobs) -> None:
    again, litter = blobs.keep(PARTY, [b"kept twice"]), blobs.keep(PARTY, [b"no row knows me"])
    time.sleep(1.1)  # an object store tells times by the second
    since = datetime.now(UTC)
    time.sleep(1.1)

    def known(party: str, name: str) -> bool:
        if name == again.digest:  # another act keeps the same bytes while the sweep is under way, days after the first
            obstore.put(blobs._ground.store, f"{party}/{name[:2]}/{name}", b"kept twice")
        return False

    blobs.sweep(known, since)
    assert [blobs.exists(PARTY, one.digest) for one in (again, litter)] == [True, False]


def test_sweeping_takes_litter_alone(blobs: Blobs, settings: BlobSettings) -> None:
    named, litter = blobs.keep(PARTY, [b"a row knows me"]), blobs.keep(PARTY, [b"no row knows me"])
    blobs.stage("upload-left").append(0, [b"begun"], 100)
    asked: list[tuple[str, str]] = []

    def known(party: str, name: str) -> bool:
        asked.append((party, name))
        return name == named.digest

    now = datetime.now(UTC)
    assert blobs.sweep(known, now - SOON) == []
    assert asked == []
    swept = blobs.sweep(known, now + SOON)
    assert swept == [f"{PARTY}/{litter.digest[:2]}/{litter.digest}", "up-upload-left"]
    assert [kept.digest for kept in blobs.kept()] == [named.digest]
    assert leftovers(settings) == []


def test_a_store_that_cannot_be_is_told_at_once(tmp_path: Path) -> None:
    for url in ("", "/srv/files", "gopher:///files", "s3://", "s3://bucket"):
        with pytest.raises(ValueError, match="must be"):
            Blobs(BlobSettings(url))
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreDown):
        Blobs(BlobSettings(f"file://{tmp_path / 'file'}"))


def test_a_flipped_byte_is_found_and_mended_by_keeping_again(tmp_path: Path) -> None:
    blobs = Blobs(BlobSettings(f"file://{tmp_path}", reserve=0))
    blob = blobs.keep(PARTY, [b"as it was"])
    path = tmp_path / PARTY / blob.digest[:2] / blob.digest
    path.write_bytes(b"as it is!")
    with pytest.raises(Damaged):
        blobs.rehash(PARTY, blob.digest)
    blobs.keep(PARTY, [b"as it was"])
    blobs.rehash(PARTY, blob.digest)
    assert path.read_bytes() == b"as it was"


def test_secrets_are_not_shown() -> None:
    shown = repr(BlobSettings("s3://b", "key", "very secret"))
    assert "very secret" not in shown
