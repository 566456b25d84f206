"""/healthz: each part by itself, without login and without secrets."""

import json
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, storages

from governance import health, lifesigns

PARTS = ["database", "broker", "worker", "capture_worker", "beat", "storage"]


@pytest.fixture(autouse=True)
def _asked_anew():
    """Forget what the storage answered in another test."""
    health._storage_during.cache_clear()
    yield
    health._storage_during.cache_clear()


@pytest.fixture
def checks(monkeypatch):
    """Let each part answer as told, and all others be well."""

    def answer(**told) -> None:
        answers = {name: (lambda: True) for name in PARTS} | told
        monkeypatch.setattr(health, "CHECKS", answers)

    answer()
    return answer


def ask(client):
    response = client.get("/healthz")
    return response.status_code, json.loads(response.content)


def test_the_parts_are_those_the_supervisor_waits_for():
    assert list(health.CHECKS) == PARTS


@pytest.mark.django_db
def test_all_well_is_200_without_login(client, checks):
    status, answer = ask(client)

    assert status == 200
    assert answer == {"status": "ok", "parts": dict.fromkeys(PARTS, "ok")}


@pytest.mark.django_db
@pytest.mark.parametrize("part", PARTS)
def test_one_part_that_is_down_is_503_and_named(client, checks, part):
    checks(**{part: lambda: False})

    status, answer = ask(client)

    assert status == 503
    assert answer["status"] == "down"
    assert [name for name, state in answer["parts"].items() if state == "down"] == [part]


@pytest.mark.django_db
def test_what_a_part_fails_with_is_not_told(client, checks):
    def fails():
        raise ConnectionError("postgres://uppsikt:hemligt@db/uppsikt")

    checks(database=fails)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert b"hemligt" not in response.content
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_real_database_and_storage_are_asked():
    assert health.CHECKS["database"]()
    assert health.CHECKS["storage"]()


def test_a_sign_of_life_counts_and_silence_does_not():
    assert not health.CHECKS["worker"]()

    lifesigns.leave("worker")

    assert health.CHECKS["worker"]()
    assert not health.CHECKS["beat"]()


def held(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class Remote(FileSystemStorage):
    """A store that is no folder here, and does not answer."""

    def exists(self, name):
        raise ConnectionError("no answer")


def test_storage_is_asked_without_writing_into_the_archive(tmp_path, monkeypatch):
    monkeypatch.setattr(storages["archive"], "save", lambda *args, **kwargs: pytest.fail("something was archived"))

    assert health.CHECKS["storage"]()

    assert not (tmp_path / "archive").exists()
    assert held(tmp_path) == []


def test_storage_is_asked_once_in_a_while_however_often_anybody_asks(monkeypatch):
    now, writes = [0.0], []
    monkeypatch.setattr(health, "monotonic", lambda: now[0])
    monkeypatch.setattr(health, "_uploads_work", lambda uploads: not writes.append(uploads))

    for _request in range(50):
        assert health.CHECKS["storage"]()
    assert len(writes) == 1

    now[0] = health.STORAGE_SECONDS
    assert health.CHECKS["storage"]()
    assert len(writes) == 2


def test_storage_that_is_down_is_not_hammered_either(monkeypatch):
    asked = []

    def fails(uploads):
        asked.append(uploads)
        raise OSError("read-only")

    monkeypatch.setattr(health, "monotonic", lambda: 0.0)
    monkeypatch.setattr(health, "_uploads_work", fails)

    assert not any(health.CHECKS["storage"]() for _request in range(50))
    assert len(asked) == 1


def test_storage_that_comes_back_is_well_again(monkeypatch, tmp_path):
    now = [0.0]
    monkeypatch.setattr(health, "monotonic", lambda: now[0])
    (tmp_path / "default").write_text("a file where the folder should be")
    assert not health.CHECKS["storage"]()

    (tmp_path / "default").unlink()
    now[0] = health.STORAGE_SECONDS

    assert health.CHECKS["storage"]()


def test_a_remote_archive_that_does_not_answer_is_down(monkeypatch):
    monkeypatch.setitem(storages._storages, "archive", Remote())

    assert not health.CHECKS["storage"]()


def test_an_archive_that_is_no_folder_is_down(tmp_path):
    (tmp_path / "archive").write_text("a file where the folder should be")

    assert not health.CHECKS["storage"]()


def test_an_archive_whose_disk_is_gone_is_down(monkeypatch, tmp_path):
    gone = FileSystemStorage(location=tmp_path / "mounted" / "archive")
    monkeypatch.setitem(storages._storages, "archive", gone)

    assert not health.CHECKS["storage"]()


def test_a_part_of_storage_that_is_down_is_told_on_the_page(client, checks, tmp_path, db):
    real = health._storage
    checks(storage=real)
    (tmp_path / "archive").write_text("a file where the folder should be")

    status, answer = ask(client)

    assert status == 503
    assert answer["parts"]["storage"] == "down"
