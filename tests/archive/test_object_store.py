"""The archive in an object store: the same store, with locks that end, and a store that refuses."""

import hashlib
import socketserver
import threading
from datetime import UTC, datetime, timedelta

import boto3
import pytest
import time_machine
from botocore.config import Config
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer

from archive import loose, store
from archive.models import Discard, FileLock, LooseFile, Record
from archive.object_store import LockedStorage
from archive.snapshots.working import _failure
from archive.storage import StorageRefused
from archive.trust import locks, seals, verifying
from governance import clock
from tests.archive.factories import SnapshotFactory, kept

pytestmark = pytest.mark.django_db
CONTENT = b"en sida" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
KEYS = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}


@pytest.fixture(scope="module")
def server():
    """An object store on loopback."""
    started = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    started.start()
    host, port = started.get_host_and_port()
    yield f"http://{host}:{port}"
    started.stop()


@pytest.fixture
def s3(server, request):
    """A client, and a bucket of this test's own with versions and object lock."""
    client = boto3.client("s3", endpoint_url=server, **KEYS)
    client.bucket = f"archive-{abs(hash(request.node.name))}"
    client.create_bucket(Bucket=client.bucket, ObjectLockEnabledForBucket=True)
    yield client
    client.close()


@pytest.fixture
def bucket(s3, server, settings):
    """The archive in that bucket."""
    options = {
        "bucket_name": s3.bucket,
        "endpoint_url": server,
        "access_key": "test",
        "secret_key": "test",
        "region_name": "us-east-1",
        "location": "uppsikt",
    }
    chosen = {"BACKEND": "archive.object_store.LockedStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "archive": chosen}
    storages._storages.clear()
    yield storages["archive"]
    storages["archive"].connection.meta.client.close()
    storages._storages.clear()


def item(content: bytes = CONTENT) -> store.Item:
    """Answer something to store."""
    return store.Item("sida.txt", "text/plain", "Sidan", content)


def versions(s3, sha256: str, prefix: str = "") -> int:
    """Answer how many versions of a content the bucket holds, marks of deletion among them."""
    found = s3.list_object_versions(Bucket=s3.bucket, Prefix=f"uppsikt/{store.place(sha256, prefix)}")
    return len(found.get("Versions", [])) + len(found.get("DeleteMarkers", []))


def locked_until(s3, sha256: str) -> datetime | None:
    """Answer until when the bucket keeps a content."""
    head = s3.head_object(Bucket=s3.bucket, Key=f"uppsikt/{store.place(sha256)}")
    return head.get("ObjectLockRetainUntilDate")


def test_what_is_put_can_be_read_and_is_written_once(bucket, s3):
    store.put(item())
    stored = store.put(item())

    with store.read(LooseFile.objects.get(pk=stored.note)) as content:
        assert content.read() == CONTENT
    assert versions(s3, SHA256) == 1
    assert list(bucket.walk()) == [store.place(SHA256)]
    assert list(bucket.walk(store.place(SHA256))) == []


def test_what_is_missing_is_missing_as_in_a_folder(bucket):
    with pytest.raises(FileNotFoundError):
        store.storage().open(store.place(SHA256))
    with pytest.raises(FileNotFoundError):
        bucket.size(store.place(SHA256))


def test_a_record_is_kept_verified_moved_and_found_damaged(bucket, s3):
    record = kept()
    seals.seal()
    assert verifying.whole().found == 0
    file = record.files.get(name="bild-001.jpg")

    store.move(file, store.apart(record))
    assert store.discard(Discard.objects.get())
    assert verifying.whole().found == 0
    assert versions(s3, file.sha256) == 0

    s3.put_object(Bucket=s3.bucket, Key=f"uppsikt/{store.place(file.sha256, file.prefix)}", Body=b"other")
    s3.put_object(Bucket=s3.bucket, Key="uppsikt/unknown", Body=b"other")
    check = verifying.whole()
    assert {(each.code, each.name) for each in check.problems.all()} == {
        ("file_changed", "bild-001.jpg"),
        ("unknown", "unknown"),
    }


def test_nothing_is_locked_before_a_record_names_it(bucket, s3):
    store.put(item())

    assert locks.lock_new() == 0
    assert locked_until(s3, SHA256) is None


def test_what_a_record_names_is_locked_for_a_year_and_renewed_while_it_is_kept(bucket, s3):
    record = kept()
    assert locks.lock_new() == 5
    assert locks.lock_new() == 0
    until = locked_until(s3, record.manifest_sha256)
    assert abs(until - clock.now() - locks.DEFAULT) < timedelta(minutes=1)

    assert locks.renew() == 0
    with time_machine.travel(clock.now() + locks.DEFAULT - timedelta(days=30), tick=False):
        assert locks.renew() == 5
    assert locked_until(s3, record.manifest_sha256) > until + timedelta(days=300)


def test_a_lock_lasts_until_the_day_of_disposal_and_follows_it(bucket, s3):
    record = kept()
    Record.objects.update(dispose_after="2035-03-01")
    locks.lock_new()
    assert locked_until(s3, record.manifest_sha256).astimezone(UTC).date().isoformat() == "2035-02-28"

    Record.objects.update(dispose_after="2036-03-01")
    assert locks.renew() == 5
    assert locked_until(s3, record.manifest_sha256).year == 2036


def test_a_record_kept_beyond_its_day_is_locked_again(bucket, s3):
    record = kept()
    Record.objects.update(dispose_after="2020-01-01")

    locks.lock_new()

    assert locked_until(s3, record.manifest_sha256) > clock.now() + timedelta(days=300)
    assert locks.renew() == 0


def test_a_locked_file_waits_for_its_lock_unless_a_disposal_takes_it(bucket, s3):
    record = kept()
    locks.lock_new()
    file = record.files.get(name="bild-001.jpg")
    store.move(file, store.apart(record))
    waiting = Discard.objects.get()

    assert not store.discard(waiting)
    waiting.refresh_from_db()
    until = FileLock.objects.get(sha256=file.sha256, prefix="").until
    assert abs(waiting.not_before - until) < timedelta(seconds=1)
    assert loose.sweep() == 0
    assert versions(s3, file.sha256) == 1

    store.order_discard(file.sha256, store.apart(record), disposal=True)
    loose.sweep()
    assert versions(s3, file.sha256) == 0  # the old place goes with the new one
    assert Discard.objects.get(prefix=store.apart(record)).kept_because == store.SHARED  # a row names it still


def test_a_disposal_takes_every_version_out_through_the_lock(bucket, s3):
    stored = store.put(item())
    store.named([stored])
    bucket.lock(store.place(SHA256), clock.now() + timedelta(days=30))
    s3.put_object(Bucket=s3.bucket, Key=f"uppsikt/{store.place(SHA256)}", Body=b"other")
    s3.delete_object(Bucket=s3.bucket, Key=f"uppsikt/{store.place(SHA256)}")
    assert versions(s3, SHA256) == 3

    assert store.discard(store.order_discard(SHA256, disposal=True))
    assert versions(s3, SHA256) == 0


def test_uploads_that_were_broken_off_are_forgotten_after_a_day(bucket, s3, monkeypatch):
    s3.create_multipart_upload(Bucket=s3.bucket, Key="uppsikt/aa")  # moto dates every upload in 2010

    monkeypatch.setattr("archive.object_store.ABANDONED", timedelta(days=36500))
    assert store.forget_incoming() == 0
    monkeypatch.setattr("archive.object_store.ABANDONED", timedelta(days=-1))
    assert store.forget_incoming() == 1
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=s3.bucket)


def test_a_folder_has_no_locks():
    kept(SnapshotFactory(done=True))

    assert locks.lock_new() == locks.renew() == 0


@pytest.fixture(params=["503", "reset", "silent", "nobody"])
def sick(request, settings):
    """The archive in a store that does not do its work."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            if request.param == "503":
                body = b"<Error><Code>SlowDown</Code></Error>"
                head = b"HTTP/1.1 503 Slow Down\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
                self.request.sendall(head + body)
            elif request.param == "silent":
                stop.wait(3)

    stop = threading.Event()
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    if request.param == "nobody":
        server.shutdown()
        server.server_close()
    quick = Config(connect_timeout=1, read_timeout=0.2, retries={"mode": "standard", "max_attempts": 1})
    options = {"bucket_name": "archive", "endpoint_url": address, "access_key": "x", "secret_key": "x"}
    chosen = {"BACKEND": "archive.object_store.LockedStorage", "OPTIONS": {**options, "client_config": quick}}
    settings.STORAGES = {**settings.STORAGES, "archive": chosen}
    storages._storages.clear()
    chosen_storage = storages["archive"]
    yield
    stop.set()
    chosen_storage.connection.meta.client.close()
    if request.param != "nobody":
        server.shutdown()
        server.server_close()
    thread.join()
    storages._storages.clear()


def test_a_store_that_refuses_is_a_clear_error_and_a_later_try_goes_well(sick, settings, tmp_path):
    with pytest.raises(StorageRefused) as refused:
        store.put(item())
    assert "sida.txt" not in str(refused.value)
    assert _failure(refused.value).retry
    order = store.order_discard(SHA256, disposal=True)
    LooseFile.objects.all().delete()
    assert not store.discard(order)
    assert Discard.objects.get().attempts == 1
    with pytest.raises(StorageRefused):
        verifying.whole()
    assert isinstance(storages["archive"], LockedStorage)

    settings.STORAGES = {
        **settings.STORAGES,
        "archive": {"BACKEND": "archive.storage.FolderStorage", "OPTIONS": {"location": tmp_path / "well"}},
    }
    assert store.put(item()).sha256 == SHA256
