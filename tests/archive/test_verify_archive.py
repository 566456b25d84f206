"""`verify_archive`: whatever is changed, missing or added in the archive is found and named; nothing else is."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from archive import manifest, store
from archive.models import ArchiveCheck, DisposedRecord, Record, RecordFile, RecordSeal
from archive.trust import chain, seals, shelves, verifying
from archive.trust.rules import what_is_kept_is_unchanged
from governance import clock
from tests.archive import damage
from tests.archive.damage import named, run, sealed_archive
from tests.archive.factories import SnapshotFactory, kept
from tests.factories import person, root

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(db):
    """Three records that are sealed, one of them with its files apart."""
    return sealed_archive()


def test_an_archive_as_it_was_kept_is_in_order(archive):
    code, said = run()

    assert code == 0
    assert "3 seals, 3 records, 15 files" in said
    check = ArchiveCheck.objects.get()
    assert check.finished_at
    assert (check.head_number, check.head_hash) == seals.head()
    assert (check.found, named()) == (0, [])


def test_records_of_the_first_form_are_in_order(record):
    """Manifests from before records had identifiers of their own."""
    content = {
        "format": manifest.FIRST_FORMAT,
        "record": manifest.stated(record, manifest.FIRST_FORMAT),
        "files": [
            {"name": f.name, "media_type": f.media_type, "size": f.size, "sha256": f.sha256}
            for f in record.files.exclude(name="manifest.json")
        ],
    }
    text = json.dumps(content).encode()
    listed = store.put(store.Item("manifest.json", "application/json", "Manifest", text))
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        RecordFile.objects.filter(name="manifest.json").update(sha256=listed.sha256, size=len(text))
        Record.objects.update(manifest_sha256=listed.sha256)
        cursor.execute("set local session_replication_role = origin")
    store.discard(store.order_discard(record.manifest_sha256))
    store.named([listed])
    seals.seal()

    assert run() == (0, "1 seals, 1 records, 5 files, {} bytes: 0 problems\n".format(*_bytes()))


def _bytes() -> list[int]:
    return [sum(RecordFile.objects.values_list("size", flat=True))]


def test_a_file_row_that_is_added_is_found_and_named(archive):
    stored = store.put(store.Item("extra.jpg", "image/jpeg", "Tillagd", b"extra"))
    about = {"size": stored.size, "sha256": stored.sha256, "caption": "Tillagd", "order": 9}
    RecordFile.objects.create(record=archive[0], name="extra.jpg", media_type="image/jpeg", **about)
    store.named([stored])

    assert run()[0] == 1
    assert f"{archive[0].identifier} file_added extra.jpg" in named()


def test_a_manifest_that_is_exchanged_for_another_whole_one_is_found(archive):
    """Even where the record, its files and the manifest agree with each other, the seal does not."""
    record = archive[0]
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        Record.objects.filter(pk=record.pk).update(title="En annan titel")
        record.refresh_from_db()
        others = record.files.exclude(name="manifest.json")
        files = [store.Stored(f.name, f.media_type, f.caption, f.size, f.sha256) for f in others]
        made = store.put(manifest.item(record, files))
        RecordFile.objects.filter(record=record, name="manifest.json").update(sha256=made.sha256, size=made.size)
        Record.objects.filter(pk=record.pk).update(manifest_sha256=made.sha256)
        cursor.execute("set local session_replication_role = origin")
    store.named([made])

    assert run()[0] == 1
    assert f"{record.identifier} record_other " in named()


def test_a_chain_that_was_cut_off_and_sealed_anew_is_found_by_the_head_of_an_earlier_check(archive):
    run()
    damage.deleted(RecordSeal, RecordSeal.objects.get(number=3).pk)
    seals.seal()

    assert run()[0] == 1
    assert any("seal_head" in each for each in named())


def test_the_chain_holds_after_a_disposal(archive, disposed):
    disposed(archive[1])

    assert run()[0] == 0


@pytest.fixture
def disposed():
    """Answer a function that lets a record go as a disposal does, with what remains of it."""

    def dispose(record: Record) -> None:
        places = {(file.sha256, file.prefix) for file in record.files.all()}
        with connection.cursor() as cursor:
            cursor.execute("set local session_replication_role = replica")
            DisposedRecord.objects.create(
                identifier=record.identifier,
                number=record.pk,
                kind=record.kind,
                unit=record.unit,
                made_at=record.made_at,
                kept_at=record.kept_at,
                manifest_sha256=record.manifest_sha256,
                source_type=record.source_type,
                source_id=record.source_id,
                disposed_at=clock.now(),
                disposal_id=1,
            )
            record.files.all().delete()
            Record.objects.filter(pk=record.pk).delete()
            cursor.execute("set local session_replication_role = origin")
        for sha256, prefix in places:
            store.discard(store.order_discard(sha256, prefix, disposal=True))

    yield dispose
    with connection.cursor() as cursor:  # there is no disposal 1: the constraint is not asked at the end of this test
        cursor.execute("set local session_replication_role = replica")
        DisposedRecord.objects.all().delete()


def test_of_a_secret_record_no_file_name_is_kept_in_a_problem(archive):
    Record.objects.filter(pk=archive[2].pk).update(secret=True)
    file = archive[2].files.get(name="bild-001.jpg")
    damage.removed(file)

    assert run()[0] == 1
    assert f"{archive[2].identifier} file_missing {file.sha256}" in named()


def test_what_waits_for_a_person_is_checked_too(archive):
    held = store.put(store.Item("bild-001.jpg", "image/jpeg", "Bild", b"waits"), snapshot=SnapshotFactory())
    assert run()[0] == 0

    store.storage().erase(store.place(held.sha256))

    assert run()[0] == 1
    assert named() == [f" file_missing bild-001.jpg ({held.sha256})"]


def test_what_is_on_its_way_in_or_out_is_no_problem(archive):
    store.put(store.Item("x", "text/plain", "x", b"on its way in"))
    ordered = store.put(store.Item("y", "text/plain", "y", b"on its way out"))
    store.named([ordered])
    store.order_discard(ordered.sha256)
    damage.added("incoming/abc.part", "")

    assert run() == (0, run()[1])


def test_a_record_that_is_disposed_of_in_the_middle_is_no_problem(archive, disposed, monkeypatch):
    really, gone = verifying._findings, []

    def slow(record, seal):
        if record.pk == archive[1].pk and not gone:
            gone.append(disposed(record))
        return really(record, seal)

    monkeypatch.setattr(verifying, "_findings", slow)

    assert run()[0] == 0


def test_a_record_without_a_seal_is_named_when_ten_minutes_have_passed(archive, later):
    late = kept(SnapshotFactory(done=True))
    assert run()[0] == 0

    with later(minutes=11):
        assert run()[0] == 1
        assert named() == [f"{late.identifier} unsealed "]


@pytest.fixture
def later():
    """Answer a function that moves the clock ahead for a block."""

    def moved(**time):
        return time_machine.travel(clock.now() + timedelta(**time), tick=False)

    return moved


def test_a_problem_is_a_finding_until_a_later_check_of_the_same_thing_is_in_order(archive):
    registrar = person("registrar")
    done = damage.removed(archive[2].files.get(name="text.txt"))
    run()
    (verdict,) = what_is_kept_is_unchanged(root(), clock.now())
    assert verdict.who == [registrar]

    run("--record", str(archive[0].pk))
    assert list(what_is_kept_is_unchanged(root(), clock.now()))

    done.undo()
    run("--record", str(archive[2].pk))
    assert list(what_is_kept_is_unchanged(root(), clock.now())) == []


def test_the_check_asks_as_many_questions_for_many_records_as_for_few(archive):
    verifying.whole()  # from now on there is an earlier check whose end of the chain is looked for
    few = _questions()
    for _time in range(10):
        kept(SnapshotFactory(done=True))
    seals.seal()

    assert _questions() == few


def _questions() -> int:
    with connection.execute_wrapper(counter := _Counter()):
        verifying.whole()
    return counter.number


class _Counter:
    number = 0

    def __call__(self, execute, *args):
        self.number += 1
        return execute(*args)


def test_the_walk_through_the_chain_goes_on_behind_any_number(archive):
    for number in range(4):
        assert [found for _batch, found in chain.walk(number)] == ([[]] if number < 3 else [])


def test_a_storage_that_cannot_be_walked_is_said_to_be(archive, monkeypatch):
    monkeypatch.setattr(store, "storage", lambda: object())

    with pytest.raises(TypeError):
        shelves.names()
