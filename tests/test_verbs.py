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
