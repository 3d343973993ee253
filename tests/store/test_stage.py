"""Resumable uploads: what was acknowledged stays, what is kept never changes, on both stores."""

import hashlib
import random
from collections.abc import Iterator

import pytest

from portal.store.blobs import Blobs, NotKept, StageBusy, TooLarge, WrongOffset

PARTY = "p7Qm2xTz"
DATA = random.Random(8).randbytes(3_000_001)


def test_pieces_become_one_file(blobs: Blobs) -> None:
    offset = 0
    while offset < len(DATA):
        offset = blobs.stage("upload-1").append(offset, [DATA[offset : offset + 700_000]], 1 << 30)
    blob = blobs.stage("upload-1").finish(PARTY)
    assert blob == (hashlib.sha256(DATA).hexdigest(), len(DATA))
    assert b"".join(blobs.open(PARTY, blob.digest)) == DATA


def test_a_broken_piece_keeps_what_arrived(blobs: Blobs) -> None:
    def broken() -> Iterator[bytes]:
        yield b"12345"
        raise ConnectionResetError

    stage = blobs.stage("upload-2")
    with pytest.raises(ConnectionResetError):
        stage.append(0, broken(), 100)
    assert blobs.stage("upload-2").offset == 5
    assert stage.append(5, [b"678"], 100) == 8


def test_only_the_next_byte_is_taken(blobs: Blobs) -> None:
    stage = blobs.stage("upload-3")
    stage.append(0, [b"12345"], 100)
    for wrong in (0, 4, 6):
        with pytest.raises(WrongOffset) as told:
            stage.append(wrong, [b"x"], 100)
        assert told.value.expected == 5
    assert stage.offset == 5


def test_the_limit_is_on_all_pieces_together(blobs: Blobs) -> None:
    stage = blobs.stage("upload-4")
    stage.append(0, [b"x" * 60], 100)
    with pytest.raises(TooLarge):
        stage.append(60, [b"x" * 41], 100)
    assert stage.append(60, [b"x" * 40], 100) == 100


def test_two_writers_at_once_do_not_mix(blobs: Blobs) -> None:
    second: list[str] = []

    def source() -> Iterator[bytes]:
        yield b"first"
        try:
            blobs.stage("upload-5").append(0, [b"second"], 100)
        except StageBusy:
            second.append("busy")

    assert blobs.stage("upload-5").append(0, source(), 100) == 5
    assert second == ["busy"]


def test_finishing_can_be_repeated_and_late_pieces_change_nothing(blobs: Blobs) -> None:
    stage = blobs.stage("upload-6")
    stage.append(0, [b"whole"], 100)
    blob = stage.finish(PARTY)
    with pytest.raises(WrongOffset):
        stage.append(5, [b" and more"], 100)
    assert blobs.stage("upload-6").finish(PARTY) == blob
    assert blobs.stage("upload-6").offset == 5
    stage.discard()
    stage.discard()
    assert b"".join(blobs.open(PARTY, blob.digest)) == b"whole"
    with pytest.raises(NotKept):
        stage.finish(PARTY)


@pytest.mark.parametrize("name", ["", "short", "../../etc", "a" * 65, "with space", "dot.done"])
def test_an_upload_id_is_plain(blobs: Blobs, name: str) -> None:
    with pytest.raises(ValueError, match="upload id"):
        blobs.stage(name)
