"""The command `verify_archive`: what it looks at, how it answers, and how it goes on where it was broken off."""

import json

import pytest
from django.core.management import CommandError

from archive import store
from archive.models import ArchiveCheck
from archive.storage import StorageRefused
from archive.trust import shelves, verifying
from tests.archive import damage
from tests.archive.damage import named, run, sealed_archive

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(db):
    """Three records that are sealed, one of them with its files apart."""
    return sealed_archive()


def test_a_check_that_is_broken_off_goes_on_where_it_was_and_says_everything_once(archive, monkeypatch):
    monkeypatch.setattr(verifying, "BATCH", 1)
    damage.removed(archive[0].files.get(name="manifest.json"))
    really, times = store.read, []

    def refuse(file):
        times.append(file)
        if file.record_id == archive[1].pk and len(times) < 20:
            raise StorageRefused("SlowDown")
        return really(file)

    monkeypatch.setattr(store, "read", refuse)
    with pytest.raises(CommandError, match="SlowDown") as refused:
        run()
    assert refused.value.returncode == 2
    check = ArchiveCheck.objects.get()
    assert (check.finished_at, check.stopped_because, check.records) == (None, "SlowDown", 1)

    monkeypatch.setattr(store, "read", really)
    code, said = run("--resume")

    assert code == 1
    assert "3 seals, 3 records, 15 files" in said
    assert ArchiveCheck.objects.get().finished_at
    assert named().count(f"{archive[0].identifier} file_missing manifest.json") == 1


def test_the_storage_is_gone_on_with_behind_the_last_file(archive, monkeypatch):
    monkeypatch.setattr(shelves, "BATCH", 2)
    damage.added("aa/bb/{sha}", "0" * 64)
    damage.added("zz", "")

    assert run()[0] == 1
    assert sorted(each.split()[-1] for each in named()) == [f"aa/bb/{'0' * 64}", "zz"]


def test_a_sample_looks_at_the_chain_and_so_many_records(archive):
    code, said = run("--sample", "2")

    assert code == 0
    assert "3 seals, 2 records, 10 files" in said


def test_one_record_is_looked_at_by_number_or_identifier(archive):
    damage.removed(archive[1].files.get(name="bild-001.jpg"))
    damage.removed(archive[2].files.get(name="bild-001.jpg"))

    assert run("--record", str(archive[0].pk))[0] == 1  # it shares its picture with the second
    assert "3 problems" not in run("--record", str(archive[2].identifier))[1]
    with pytest.raises(CommandError, match="no such record"):
        run("--record", "999999")
    with pytest.raises(CommandError, match="neither"):
        run("--record", "x")


def test_the_answer_as_json(archive):
    damage.removed(archive[2].files.get(name="miniatyr.jpg"))

    code, said = run("--json")

    told = json.loads(said)
    assert (code, told["records"], told["found"]) == (1, 3, 1)
    assert told["problems"] == [
        {
            "code": "file_missing",
            "record": str(archive[2].identifier),
            "name": "miniatyr.jpg",
            "text": "miniatyr.jpg saknas i arkivet.",
        }
    ]
