"""PostgreSQL and Valkey: found, started, and true to what they were given."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis
from uppsikt_services import identity, postgres
from uppsikt_services.identity import Identity, Way
from uppsikt_services.postgres import Binaries, Postgres, find_binaries
from uppsikt_services.process import ServiceFailed
from uppsikt_services.stores import start_stores
from uppsikt_services.supervisor import Supervisor
from uppsikt_services.surroundings import server_environ, socket_folder


@pytest.fixture
def sockets(tmp_path) -> Iterator[Path]:
    with socket_folder(tmp_path) as folder:
        yield folder


@pytest.fixture
def supervisor(sockets) -> Iterator[Supervisor]:
    supervisor = Supervisor(lambda _text: None, pause=lambda _seconds: None)
    yield supervisor
    supervisor.stop()


@pytest.fixture
def own_stores(monkeypatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "CACHE_URL"):
        monkeypatch.delenv(name, raising=False)


def query(sockets: Path, text: str) -> list[tuple]:
    database = psycopg2.connect(host=str(sockets / "pg"), user="uppsikt", dbname="uppsikt")
    database.autocommit = True
    with database.cursor() as cursor:
        cursor.execute(text)
        rows = cursor.fetchall() if cursor.description else []
    database.close()
    return rows


@pytest.mark.usefixtures("own_stores")
def test_what_was_written_survives_a_kill_of_both_servers(supervisor, sockets, tmp_path):
    addresses = start_stores(supervisor, tmp_path, sockets)
    query(sockets, "CREATE TABLE kept AS SELECT 'ögonblicksbild'::text AS word")
    with redis.Redis.from_url(addresses["CACHE_URL"]) as cache:
        cache.set("kept", "yes")

        for child in supervisor.children:
            child.process.kill()
            child.process.wait()
        supervisor.watch()

        assert query(sockets, "SELECT word FROM kept") == [("ögonblicksbild",)]
        assert cache.get("kept") == b"yes"


@pytest.mark.usefixtures("own_stores")
def test_lock_that_names_a_stranger_stops_nobody(supervisor, sockets, tmp_path):
    store = Postgres(tmp_path / "postgres", sockets / "pg", tmp_path / "log", server_environ(), throw_away=True)
    supervisor.start(store.service())
    supervisor.stop()

    (tmp_path / "postgres" / "postmaster.pid").write_text(f"{os.getppid()}\n")
    supervisor.start(store.service())

    assert query(sockets, "SELECT 1") == [(1,)]


def test_servers_that_the_environment_names_are_used_as_they_are(supervisor, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/db")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")
    monkeypatch.delenv("CACHE_URL", raising=False)

    addresses = start_stores(supervisor, tmp_path, tmp_path)

    assert addresses == {
        "DATABASE_URL": "postgres://elsewhere/db",
        "REDIS_URL": "redis://elsewhere/0",
        "CACHE_URL": "redis://elsewhere/0",
    }
    assert supervisor.children == []


def offer(monkeypatch, *majors: int) -> None:
    """Lets the machine have these versions of PostgreSQL, in this order."""
    monkeypatch.setattr(postgres, "_candidates", lambda: (Path(f"/pg/{major}") for major in majors))
    monkeypatch.setattr(postgres, "_major_of_binary", lambda folder: int(folder.name))


def test_first_postgresql_that_is_new_enough_is_taken(tmp_path, monkeypatch):
    offer(monkeypatch, 13, 15, 18)

    assert find_binaries(tmp_path) == Binaries(Path("/pg/15"), 15)


def test_data_keep_the_version_that_made_them(tmp_path, monkeypatch):
    (tmp_path / "PG_VERSION").write_text("15\n")
    offer(monkeypatch, 18, 15)

    assert find_binaries(tmp_path).major == 15


def test_data_of_a_version_that_is_not_here_are_refused(tmp_path, monkeypatch):
    (tmp_path / "PG_VERSION").write_text("14\n")
    offer(monkeypatch, 18, 15)

    with pytest.raises(ServiceFailed, match="made by PostgreSQL 14, and this machine has: 18, 15"):
        find_binaries(tmp_path)


def test_machine_without_postgresql_is_told_what_to_do(tmp_path, monkeypatch):
    offer(monkeypatch, 14)

    with pytest.raises(ServiceFailed, match=r"Install the package `postgresql`, or set DATABASE_URL"):
        find_binaries(tmp_path)


def test_ordinary_user_runs_postgresql_as_is(monkeypatch):
    monkeypatch.setattr(identity.os, "geteuid", lambda: 1000)

    assert Identity.choose() == Identity(Way.PLAIN)


@pytest.mark.parametrize(
    ("allowed", "chosen"),
    [({"unshare", "setpriv"}, Way.NAMESPACE), ({"setpriv"}, Way.PASSING)],
)
def test_root_runs_postgresql_the_first_way_that_works(allowed, chosen, monkeypatch):
    monkeypatch.setattr(identity.os, "geteuid", lambda: 0)
    monkeypatch.setattr(identity, "_works", lambda command: command[0] in allowed)

    assert Identity.choose() == Identity(chosen)


def test_root_without_any_way_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(identity.os, "geteuid", lambda: 0)
    monkeypatch.setattr(identity, "_works", lambda _command: False)

    with pytest.raises(ServiceFailed, match="ordinary user"):
        Identity.choose()


def test_binaries_in_a_closed_folder_are_copied_for_nobody(tmp_path, monkeypatch):
    binaries = tmp_path / "home" / "wheel" / "pginstall" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "postgres").write_text("#!/bin/sh\n")
    (tmp_path / "home").chmod(0o700)
    monkeypatch.setattr(identity, "COPIES", tmp_path)

    copy = Identity(Way.PASSING).reachable(binaries)

    assert copy.parts[-3:] == ("wheel", "pginstall", "bin")
    assert (copy / "postgres").read_text() == "#!/bin/sh\n"
    assert Identity(Way.NAMESPACE).reachable(binaries) == binaries
