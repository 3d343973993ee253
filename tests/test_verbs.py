"""What the verbs answer on standard output, and the one line of what they cannot do."""

import json
from pathlib import Path

from tests.test_commands import ask

VECTORS = Path(__file__).parent / "core" / "legal_vectors.toml"


def test_judge_answers_every_case() -> None:
    told = ask("judge", str(VECTORS))
    assert (told.returncode, told.stderr) == (0, "")
    answers = json.loads(told.stdout)
    assert len(answers) == VECTORS.read_text(encoding="utf-8").count("[[vector]]")
    assert answers["TV-01"]["verdict"] == "PERMITTED"
    assert set(answers["TV-01"]) == {"verdict", "blocks", "routes", "overlays"}


def test_judge_names_a_file_it_cannot_judge(tmp_path: Path) -> None:
    (tmp_path / "cases.toml").write_text("schema = 1\n", encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes(b"\xe9")
    for name in ("cases.toml", "latin.toml", "absent.toml"):
        told = ask("judge", str(tmp_path / name))
        assert (told.returncode, told.stdout) == (1, "")
        assert len(told.stderr.strip().splitlines()) == 1
        assert name in told.stderr


def test_inspect_answers_for_every_file(tmp_path: Path) -> None:
    (tmp_path / "証跡.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "page.html").write_text("<html><script>1</script>", encoding="utf-8")
    told = ask("inspect", str(tmp_path / "証跡.csv"), str(tmp_path / "page.html"), str(tmp_path / "absent.pdf"))
    assert (told.returncode, told.stderr) == (0, "")
    answers = json.loads(told.stdout)
    assert [answer["verdict"] for answer in answers.values()] == ["accepted", "refused", "refused"]
    assert all({"kind", "verdict", "reason", "seconds"} <= set(answer) for answer in answers.values())


def test_a_database_that_is_down_is_told_in_one_line(tmp_path: Path) -> None:
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:9/nothing"
    told = ask("migrate", PORTAL_DATABASE_URL=nowhere, PORTAL_HOME=str(tmp_path))
    assert (told.returncode, told.stdout) == (1, "")
    assert len(told.stderr.strip().splitlines()) == 1
    assert told.stderr.startswith("The database does not answer")


def test_a_wrong_setting_is_told_in_one_line() -> None:
    told = ask("settings", PORTAL_BIND="nowhere")
    assert (told.returncode, told.stdout) == (2, "")
    assert len(told.stderr.strip().splitlines()) == 1
    assert "PORTAL_BIND" in told.stderr


def test_backup_verify_restore_verify(tmp_path: Path) -> None:
    here = {"PORTAL_HOME": str(tmp_path / "here")}
    there = {"PORTAL_HOME": str(tmp_path / "there"), "PORTAL_SEAL_FOLDER": str(tmp_path / "here" / "keys")}
    folder = str(tmp_path / "backup")
    assert ask("migrate", **here).returncode == 0
    for answer in (ask("backup", folder, **here), ask("verify", folder, **here), ask("restore", folder, **there),
                   ask("verify", **there)):
        assert (answer.returncode, answer.stderr) == (0, "")
    again = ask("backup", folder, **here)
    assert (again.returncode, again.stdout) == (1, "")
    assert len(again.stderr.strip().splitlines()) == 1
    (tmp_path / "backup" / "portal.db").unlink()
    changed = ask("verify", folder, **here)
    assert (changed.returncode, changed.stdout.splitlines()[0]) == (1, f"changed: {folder}")


def test_what_cannot_be_judged_is_neither_whole_nor_changed(tmp_path: Path) -> None:
    (tmp_path / "plain.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    for told in (ask("verify", str(tmp_path / "absent"), PORTAL_HOME=str(tmp_path)),
                 ask("verify", str(tmp_path / "plain.pdf"), PORTAL_HOME=str(tmp_path)),
                 ask("verify", PORTAL_HOME=str(tmp_path / "empty"))):
        assert told.returncode == 2
        assert told.stdout.startswith("not judged: ")


def test_what_a_packet_is_measured_by_is_read_or_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no key\n", encoding="utf-8")
    for option in ("--root", "--ledger"):
        for given in (tmp_path / "text", tmp_path / "absent"):
            told = ask("verify", option, str(given), "packet.pdf", PORTAL_HOME=str(tmp_path))
            assert (told.returncode, told.stdout) == (2, "")
            assert len(told.stderr.strip().splitlines()) == 1
            assert told.stderr.startswith(option)


def test_the_console_gives_the_first_administrators_a_code(tmp_path: Path) -> None:
    assert ask("migrate", PORTAL_HOME=str(tmp_path)).returncode == 0
    codes = {ask("administrator", PORTAL_HOME=str(tmp_path)).stdout.split()[-1] for _ in range(2)}
    assert len(codes) == 2
    assert all(len(code) >= 32 for code in codes)
