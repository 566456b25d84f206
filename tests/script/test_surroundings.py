"""What the scripts find on the machine, and what they keep."""

import base64
import socket
import stat
from pathlib import Path

import pytest
from uppsikt_services import surroundings
from uppsikt_services.app import Ports, health, services
from uppsikt_services.process import ServiceFailed
from uppsikt_services.surroundings import (
    ROOT,
    find_chromium,
    free_port,
    lock,
    missing_parts,
    secret_key,
    server_environ,
    socket_folder,
)


@pytest.fixture
def taken() -> int:
    """A port on which something of this machine listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_taken_port_gives_the_next_free_one(taken):
    assert free_port(taken) > taken


def test_the_demo_platform_keeps_its_port_in_a_data_folder(tmp_path, taken):
    (tmp_path / "demo-platform-port").write_text(str(taken))
    moved = Ports.choose(8000, tmp_path).platform

    assert moved > taken
    assert Ports.choose(8000, tmp_path).platform == moved


def test_port_promised_to_another_service_is_not_given_twice(tmp_path):
    ports = Ports.choose(8765, tmp_path)

    assert len({ports.web, ports.platform, ports.mail}) == 3


def test_no_free_port_is_said(taken, monkeypatch):
    monkeypatch.setattr(surroundings, "PORTS_TRIED", 1)

    with pytest.raises(ServiceFailed, match=f"No free port from {taken}"):
        free_port(taken)


def test_secret_key_is_made_once_for_its_owner_alone(tmp_path):
    first = secret_key(tmp_path)

    assert secret_key(tmp_path) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_each_data_folder_has_its_own_secret_key(tmp_path):
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()

    assert secret_key(folders[0]) != secret_key(folders[1])


def test_same_data_are_never_served_twice(tmp_path):
    with lock(tmp_path), pytest.raises(ServiceFailed, match="already served by process"), lock(tmp_path):
        pass


def test_data_are_free_again_when_their_server_is_gone(tmp_path):
    with lock(tmp_path):
        pass

    with lock(tmp_path):
        assert (tmp_path / "lock").exists()


def test_socket_folder_is_closed_short_and_gone_afterwards(tmp_path):
    with socket_folder(tmp_path / ("x" * 100)) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert len(str(folder / "pg" / ".s.PGSQL.5432")) < 107

    assert not folder.exists()


def test_socket_folder_that_a_killed_run_left_is_used_again(tmp_path):
    with socket_folder(tmp_path) as folder:
        (folder / "valkey.sock").touch()

        with socket_folder(tmp_path) as again:
            assert again == folder


def test_each_data_folder_has_its_own_sockets(tmp_path):
    with socket_folder(tmp_path / "a") as one, socket_folder(tmp_path / "b") as other:
        assert one != other


def test_socket_folder_of_someone_else_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(surroundings.os, "getuid", lambda: 4711)
    with socket_folder(tmp_path) as foreign:
        # Made in the name of 4711, and yet not theirs.
        assert foreign.stat().st_uid != 4711
        usual = sorted(Path("/tmp").glob("uppsikt-4711-*"))

    assert foreign not in usual
    for folder in usual:
        folder.rmdir()


def test_stated_chromium_comes_first(monkeypatch):
    monkeypatch.setenv("CHROMIUM_PATH", "/opt/mine")

    assert find_chromium() == "/opt/mine"


@pytest.mark.parametrize(
    ("installed", "chosen"),
    [
        (["google-chrome", "chromium", "chromium-headless-shell"], "chromium-headless-shell"),
        (["google-chrome", "chromium"], "chromium"),
        (["google-chrome"], "google-chrome"),
    ],
)
def test_chromium_is_chosen_in_order(installed, chosen, tmp_path, monkeypatch):
    for name in installed:
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_chromium() == str(tmp_path / chosen)


def test_chromium_that_playwright_fetched_comes_last(tmp_path, monkeypatch):
    fetched = tmp_path / "chromium_headless_shell-1234" / "chrome-linux" / "headless_shell"
    fetched.parent.mkdir(parents=True)
    fetched.touch()
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))

    assert find_chromium() == str(fetched)


def test_missing_browser_is_said_with_how_to_get_it():
    assert any("chromium-headless-shell" in part for part in missing_parts(""))


def test_stated_browser_that_does_not_exist_is_said(tmp_path):
    assert any("CHROMIUM_PATH" in part for part in missing_parts(str(tmp_path / "none")))


def test_database_and_broker_get_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hemligt")
    monkeypatch.setenv("EMAIL_HOST_PASSWORD", "hemligt")

    assert "hemligt" not in server_environ().values()


def test_no_secret_stands_on_a_command_line(tmp_path):
    environ = {"SECRET_KEY": "hemligt", "UPPSIKT_MAIL_DIR": str(tmp_path)}

    commands = [service.command for service in services(environ, Ports(1, 2, 3), tmp_path)]

    assert all("hemligt" not in part for command in commands for part in command)


def test_app_that_is_not_up_has_no_health():
    assert health(free_port(18000))[0] == 0


@pytest.mark.parametrize("lock_file", ["requirements.lock", "requirements-prod.lock", "script/requirements-uv.lock"])
def test_locks_are_hashed_and_name_no_registry(lock_file):
    text = (ROOT / lock_file).read_text()
    pinned = [line for line in text.splitlines() if "==" in line]

    assert pinned
    assert all(line.endswith("\\") for line in pinned)
    assert "://" not in text


@pytest.mark.parametrize(("first", "then"), [(True, False), (False, True)])
def test_a_folder_of_the_demo_is_never_a_municipalitys_own_and_the_other_way_round(tmp_path, first, then):
    surroundings.keep_apart(tmp_path, demo=first)
    surroundings.keep_apart(tmp_path, demo=first)

    with pytest.raises(ServiceFailed, match="Name another folder"):
        surroundings.keep_apart(tmp_path, demo=then)


def test_a_folder_from_before_there_were_two_kinds_is_the_demos(tmp_path):
    (tmp_path / "postgres").mkdir()

    with pytest.raises(ServiceFailed, match="demo data"):
        surroundings.keep_apart(tmp_path, demo=False)


@pytest.mark.parametrize(
    ("demo", "own_mail", "expected"),
    [
        (True, "", {"mail", "platform"}),
        (True, "mail.kommunen.se", {"mail", "platform"}),
        (False, "", {"mail"}),
        (False, "mail.kommunen.se", set()),
    ],
)
def test_the_demos_own_services_run_in_the_demo_only(tmp_path, monkeypatch, demo, own_mail, expected):
    monkeypatch.setenv("EMAIL_HOST", own_mail)
    ports = Ports(1, 2, 3)
    environ = surroundings.app_environ(tmp_path, demo=demo) | ports.environ(demo=demo)

    names = {service.name for service in services(environ, ports, tmp_path)}

    assert names & {"mail", "platform"} == expected
    assert environ["UPPSIKT_DEMO"] == str(int(demo))
    assert ("CAPTURE_ALLOWED_HOST" in environ) == demo
    assert len(ports.inside(names)) == len(expected)


def test_the_vaults_key_is_made_once_and_its_owners_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("CREDENTIAL_KEYS", raising=False)

    first = surroundings.credential_keys(tmp_path)

    assert surroundings.credential_keys(tmp_path) == first
    assert len(base64.urlsafe_b64decode(first)) == 32
    assert (tmp_path / "credential-keys").stat().st_mode & 0o777 == 0o600


def test_stated_keys_of_the_vault_come_first(tmp_path, monkeypatch):
    monkeypatch.setenv("CREDENTIAL_KEYS", "ny,gammal")

    assert surroundings.credential_keys(tmp_path) == "ny,gammal"
