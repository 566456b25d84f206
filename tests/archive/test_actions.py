"""Ordering snapshots and keeping records."""

import json

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from archive import integrity, store
from archive.models import Record, RecordFile, Snapshot
from archive.snapshots import actions
from governance.models import AuditEvent, FollowUp
from governance.workflow import Refused
from tests.archive.factories import AccountFactory, SnapshotFactory, kept
from tests.factories import person

pytestmark = pytest.mark.django_db


def test_an_order_is_a_row_and_the_worker_is_told_when_it_is_committed(rung, django_capture_on_commit_callbacks):
    account, user = AccountFactory(active=True), person("communications_officer")

    with django_capture_on_commit_callbacks(execute=True):
        snapshot, new = actions.order_snapshot(account, by=user)
        assert rung == []

    assert new
    assert rung == [snapshot.pk]
    assert (snapshot.address_asked, snapshot.unit, snapshot.authority) == (
        account.address,
        account.unit,
        account.unit.authority,
    )
    assert AuditEvent.objects.filter(action="snapshot.order", actor_id=user.pk, account_id=account.pk).exists()


def test_two_orders_at_once_are_one_snapshot():
    account, user = AccountFactory(active=True), person("communications_officer")

    first, _new = actions.order_snapshot(account, by=user)
    second, new = actions.order_snapshot(account, by=user)

    assert (second, new) == (first, False)


def test_a_new_order_after_the_last_has_ended_is_a_new_snapshot():
    done = SnapshotFactory(done=True)

    _snapshot, new = actions.order_snapshot(done.account, by=done.requested_by)

    assert new


@pytest.mark.parametrize("status", ["proposed", "approved", "withdrawn"])
def test_an_account_that_is_not_open_has_no_picture_taken(status):
    account = AccountFactory(status=status)

    with pytest.raises(Refused, match="inte öppnat"):
        actions.order_snapshot(account, by=account.proposed_by)


def test_an_order_can_be_cancelled():
    snapshot = SnapshotFactory()

    actions.cancel_snapshot(snapshot, by=person("registrar"))

    assert snapshot.status == Snapshot.Status.CANCELLED


def test_a_record_has_its_files_and_a_manifest_that_names_each_of_their_hashes():
    record = kept()

    files = {file.name: file for file in record.files.all()}
    with store.read(files["manifest.json"]) as content:
        manifest = json.load(content)

    assert record.manifest_sha256 == files["manifest.json"].sha256
    assert {f["name"]: f["sha256"] for f in manifest["files"]} == {
        name: file.sha256 for name, file in files.items() if name != "manifest.json"
    }
    assert manifest["record"]["title"] == record.title
    assert AuditEvent.objects.get(action="record.keep").data == {"files": 5, "sha256": record.manifest_sha256}


def test_a_source_has_one_record():
    snapshot = SnapshotFactory(done=True)
    kept(snapshot)

    with pytest.raises(IntegrityError, match="record_once_per_source"):
        kept(snapshot)


def test_a_kept_record_holds():
    assert list(integrity.problems(kept())) == []


def tamper(record: Record, name: str, content: bytes | None) -> None:
    """Change a kept file on the disk, or remove it."""
    file = record.files.get(name=name)
    path = store.storage().path(store.place(file.sha256))
    store.storage().delete(store.place(file.sha256))
    if content is not None:
        with open(path, "wb") as target:  # noqa: PTH123 - the storage answers a string
            target.write(content)


def test_a_changed_file_is_found_and_named():
    record = kept()
    tamper(record, "bild-001.jpg", b"pictura")

    assert list(integrity.problems(record)) == ["bild-001.jpg är ändrad: kontrollsumman stämmer inte."]


def test_a_missing_file_is_found_and_named():
    record = kept()
    tamper(record, "text.txt", None)

    assert list(integrity.problems(record)) == ["text.txt saknas i arkivet."]


def test_a_manifest_that_was_swapped_is_found():
    record = kept()
    tamper(record, "manifest.json", b'{"files": [], "record": {}}')

    found = list(integrity.problems(record))

    assert found[0] == "manifest.json är ändrad: kontrollsumman stämmer inte."


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("update archive_record set title = 'Annat'", "Handlingens uppgifter"),
        ("update archive_record set manifest_sha256 = 'x'", "Handlingens manifest"),
        ("update archive_recordfile set size = 1 where name = 'text.txt'", "text.txt har en annan"),
        ("delete from archive_recordfile where name = 'text.txt'", "Handlingens filer"),
        (
            'insert into archive_recordfile (record_id, name, media_type, size, sha256, caption, prefix, "order") '
            "select record_id, 'ny.txt', media_type, size, sha256, caption, prefix, 9 from archive_recordfile "
            "where name = 'text.txt'",
            "Handlingens filer",
        ),
    ],
)
def test_rows_changed_behind_the_triggers_are_found(change, problem):
    record = kept()
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(change)
        cursor.execute("set local session_replication_role = origin")
    record = Record.objects.get(pk=record.pk)

    assert any(found.startswith(problem) for found in integrity.problems(record))


@pytest.mark.parametrize(
    "attempt",
    [
        lambda record: Record.objects.filter(pk=record.pk).update(title="Annat"),
        lambda record: RecordFile.objects.filter(record=record).update(sha256="0" * 64),
        lambda record: setattr(record, "facts", {"annat": 1}) or record.save(),
        lambda record: record.files.all().delete(),
        lambda record: RecordFile.objects.filter(record=record)._raw_delete("default"),
    ],
)
def test_a_record_is_not_changed_or_removed_through_the_models(attempt):
    record = kept()

    with pytest.raises(InternalError), transaction.atomic():
        attempt(record)


@pytest.mark.parametrize("table", ["archive_record", "archive_recordfile"])
@pytest.mark.parametrize("sql", ["update {0} set id = id + 1000", "delete from {0}", "truncate {0} cascade"])
def test_a_record_is_not_changed_or_removed_by_sql(table, sql):
    kept()

    refusal = pytest.raises(InternalError, match=r"Cannot|kept|only by a disposal")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(sql.format(table))


def test_a_file_is_stored_before_its_row_is_committed(monkeypatch):
    """A record whose transaction fails leaves at most a content nobody names, never a row without its content."""
    snapshot = SnapshotFactory(done=True)
    seen: list[bool] = []
    really = RecordFile.objects.bulk_create

    def watch(rows, *args, **kwargs):
        found = list(rows)
        seen.extend(store.storage().exists(store.place(row.sha256)) for row in found)
        return really(found, *args, **kwargs)

    monkeypatch.setattr(RecordFile.objects, "bulk_create", watch)
    kept(snapshot)

    assert seen == [True] * 5


def test_what_is_kept_is_owed_to_everyone_who_asked_to_know():
    record = kept()

    event = AuditEvent.objects.get(action="record.keep", object_id=record.pk)
    assert FollowUp.objects.filter(event_id=event.pk, subscriber="governance.rules").exists()
