"""/healthz: each part by itself, without login and without secrets."""

import json

import pytest

from governance import health, lifesigns

PARTS = ["database", "broker", "worker", "capture_worker", "beat", "storage"]


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
