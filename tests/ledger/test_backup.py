"""A backup is one only when verified: made under load, restored elsewhere, and every damage to it named."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from portal.actions import intake
from portal.models import Evidence, LedgerEntry, Party
from portal.store import backup, keys, whole
from portal.store.cellar import Cellar, open_cellar
from portal.store.engine import make_engine
from tests import databases
from tests.actions import flow
from tests.cast import Cast
from tests.conftest import Clock


def send(cellar: Cellar, cast: Cast, text: bytes) -> str:
    """Let the clerk send a file; gives its digest."""
    blob = cellar.blobs.keep(cast.party.public_id, [text])
    with cellar.work() as work:
        party = work.rows.get_one(Party, cast.party.id)
        intake.receive(work, cast.clerk.actor, party, intake.Arrived(
            name="証跡.csv", digest=blob.digest, size=blob.size, evidence_type="EV-OTHER"))
    return blob.digest


@pytest.fixture
def worked(cellar: Cellar, people: Cast) -> Cellar:
    """An installation in which something was done."""
    flow.answer_all(cellar, people, flow.ask(cellar, people))
    send(cellar, people, "規程,版\n安全管理,3\n".encode())
    send(cellar, people, b"second,file\n")
    return cellar


@pytest.fixture
def elsewhere(worked: Cellar, engine_name: str, first_database: str, tmp_path: Path, clock: Clock) -> Iterator[Cellar]:
    """An empty installation with the first one's keys, on the engine of this run."""
    home = tmp_path / "elsewhere"
    home.mkdir()
    if engine_name == "sqlite":
        shutil.copy(first_database, home / "portal.db")
        url = f"sqlite:///{home / 'portal.db'}"
    else:
        url = databases.new_database(first_database, "elsewhere", template="first")
    opened = open_cellar(replace(worked.settings, home=str(home), database_url=url,
                                 seal_folder=str(worked.settings.keys)), clock)
    yield opened
    opened.engine.dispose()
    if engine_name != "sqlite":
        databases.drop_database(first_database, "elsewhere")


def test_what_is_restored_is_what_was_there(worked: Cellar, elsewhere: Cellar, people: Cast, tmp_path: Path) -> None:
    manifest = backup.make(worked, tmp_path / "backup")
    assert (manifest.files, manifest.counts["evidence"]) == (2, 2)
    assert manifest.counts["answer"] > 10
    found = backup.restore(tmp_path / "backup", elsewhere)
    assert found.faults == []
    assert (found.entries, found.root.hex(), found.files) == (manifest.entries, manifest.root, 2)
    with elsewhere.read() as rows:
        assert whole.counts(rows) == manifest.counts
    assert send(elsewhere, people, b"work,goes,on\n"), "new rows find free numbers"
    with elsewhere.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).select_from(Evidence)) == 3


def test_a_backup_under_load_is_one_moment(worked: Cellar, people: Cast, tmp_path: Path) -> None:
    done = threading.Event()

    def go_on() -> None:
        number = 0
        while not done.is_set():
            send(worked, people, b"load,%d\n" % number)
            number += 1

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        manifest = backup.make(worked, tmp_path / "backup")
    finally:
        done.set()
        writer.join()
    assert backup.check(tmp_path / "backup", keys.log_key(worked.settings.keys)) == []
    assert manifest.files == manifest.counts["evidence"] >= 2


def flip(path: Path, at: int) -> None:
    """Change one bit of a file."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def some_file(folder: Path) -> Path:
    """One of the kept files of a backup."""
    return next(path for path in sorted((folder / "files").rglob("*")) if path.is_file()
                and re.fullmatch("[0-9a-f]{32,}", path.name))


def alter(folder: Path) -> None:
    """Change one answer in the database and write the manifest for it anew, as somebody with the folder can."""
    engine = make_engine(f"sqlite:///{folder / 'portal.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER ledger_entry_update")
        connection.execute(sa.update(LedgerEntry).where(LedgerEntry.id == 3).values(
            leaf=sa.func.replace(LedgerEntry.leaf, "2026", "2025")))
    engine.dispose()
    old = (folder / "manifest.json").read_text(encoding="utf-8")
    told = re.sub(r'"database": "\w+"', f'"database": "{backup.file_digest(folder / "portal.db")}"', old)
    (folder / "manifest.json").write_text(told, encoding="utf-8")


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file dropped": (lambda folder: some_file(folder).unlink(), "is gone"),
    "a byte of a file flipped": (lambda folder: flip(some_file(folder), 3), "was changed"),
    "a byte of the database flipped": (lambda folder: flip(folder / "portal.db", -9), "is not the one"),
    "the database cut": (lambda folder: (folder / "portal.db").write_bytes(
        (folder / "portal.db").read_bytes()[:9000]), "cannot be read|malformed"),
    "the database dropped": (lambda folder: (folder / "portal.db").unlink(), "portal.db is gone"),
    "not finished": (lambda folder: (folder / "manifest.json").unlink(), "was not finished"),
    "an entry rewritten, the manifest too": (alter, "entry 3: its text or one before it was changed"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damage_is_named(worked: Cellar, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "backup"
    backup.make(worked, folder)
    harm, told = DAMAGES[damage]
    harm(folder)
    faults = backup.check(folder, keys.log_key(worked.settings.keys))
    assert re.search(told, "; ".join(faults))


def test_an_old_database_with_new_files_is_named(worked: Cellar, people: Cast, tmp_path: Path) -> None:
    backup.make(worked, tmp_path / "old")
    send(worked, people, b"later,file\n")
    backup.make(worked, tmp_path / "new")
    shutil.copy(tmp_path / "old" / "portal.db", tmp_path / "new" / "portal.db")
    faults = "; ".join(backup.check(tmp_path / "new", keys.log_key(worked.settings.keys)))
    assert "is not the one this manifest was written for" in faults
    assert "1 files that no row names" in faults
    assert "evidence: 3 rows were backed up, 2 are there" in faults


def test_another_houses_key_proves_nothing(worked: Cellar, tmp_path: Path) -> None:
    backup.make(worked, tmp_path / "backup")
    faults = backup.check(tmp_path / "backup", keys.log_key(tmp_path / "other keys"))
    assert any(fault.startswith("checkpoint") for fault in faults)


def test_a_damaged_backup_is_not_restored(worked: Cellar, elsewhere: Cellar, tmp_path: Path) -> None:
    backup.make(worked, tmp_path / "backup")
    some_file(tmp_path / "backup").unlink()
    with pytest.raises(backup.NotPossible, match="not whole"):
        backup.restore(tmp_path / "backup", elsewhere)
    with elsewhere.read() as rows:
        assert sum(whole.counts(rows).values()) == 0


def test_nothing_is_restored_over_work(worked: Cellar, tmp_path: Path) -> None:
    backup.make(worked, tmp_path / "backup")
    with pytest.raises(backup.NotPossible, match="not empty"):
        backup.restore(tmp_path / "backup", worked)


def test_a_folder_holds_one_backup(worked: Cellar, tmp_path: Path) -> None:
    backup.make(worked, tmp_path / "backup")
    with pytest.raises(backup.NotPossible, match="is not empty"):
        backup.make(worked, tmp_path / "backup")
