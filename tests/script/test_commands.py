"""The command lines of `script/server` and of the test environment."""

import sys
from pathlib import Path

import pytest
import supervise
import testenv


@pytest.fixture
def arguments(monkeypatch):
    return lambda *given: monkeypatch.setattr(sys, "argv", ["supervise.py", *given])


def test_server_listens_on_8000_and_keeps_its_data_in_the_project(arguments):
    arguments()

    options = supervise.parse()

    assert (options.port, options.data, options.policy) == (8000, supervise.ROOT / "data", None)


def test_unknown_policy_is_refused_with_those_there_are(arguments, monkeypatch, tmp_path, capsys):
    (tmp_path / "norsjo.toml").touch()
    monkeypatch.setattr(supervise, "POLICIES", tmp_path)
    arguments("--policy", "grums")

    with pytest.raises(SystemExit):
        supervise.parse()

    assert "norsjo" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "65536", "-1", "åtta"])
def test_port_that_is_none_is_refused(port, arguments, capsys):
    arguments(f"--port={port}")

    with pytest.raises(SystemExit):
        supervise.parse()

    assert "--port" in capsys.readouterr().err


@pytest.fixture
def own_stores(monkeypatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "CACHE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("own_stores")
def test_tests_get_servers_of_their_own_that_are_gone_afterwards(tmp_path):
    seen = tmp_path / "seen"

    code = testenv.main(["sh", "-c", f'echo "$DATABASE_URL" >{seen}; test -n "$SECRET_KEY" -a -n "$REDIS_URL"'])

    folder = Path(seen.read_text().strip().partition("host=")[2])
    assert code == 0
    assert folder.name == "pg"
    assert not folder.parent.exists()


@pytest.mark.usefixtures("own_stores")
@pytest.mark.parametrize(("script", "code"), [("exit 7", 7), ("kill -KILL $$", 137)])
def test_exit_code_of_the_tests_is_told_as_it_is(script, code):
    assert testenv.main(["sh", "-c", script]) == code


def test_an_empty_server_keeps_its_data_apart_from_the_demos(arguments):
    arguments("--empty")

    options = supervise.parse()

    assert (options.empty, options.data) == (True, supervise.ROOT / "data" / "empty")


def test_an_empty_server_takes_no_policy_of_the_demos(arguments, capsys):
    arguments("--empty", "--policy", "lekeberg")

    with pytest.raises(SystemExit):
        supervise.parse()

    assert "first page" in capsys.readouterr().err
