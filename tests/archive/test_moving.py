"""What is marked secret lies apart, shared with nothing: moved whole, or not at all."""

from pathlib import Path

import pytest

from archive import store
from archive.models import Discard, LooseFile
from archive.storage import FolderStorage
from tests.archive.factories import SnapshotFactory, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(record):
    """One file of a record."""
    return record.files.get(name="bild-001.jpg")


def content(file) -> bytes:
    """Answer what it holds."""
    with store.read(file) as opened:
        return opened.read()


def lies(file, prefix: str) -> bool:
    """Answer whether its content lies under a prefix."""
    return store.storage().exists(store.place(file.sha256, prefix))


def test_a_moved_file_lies_under_its_records_own_prefix_and_its_old_place_is_ordered_out(record, file):
    prefix = store.apart(record)

    store.move(file, prefix)

    file.refresh_from_db()
    assert file.prefix == prefix == f"sekretess/{record.identifier}/"
    assert content(file) == b"picture"
    assert store.discard(Discard.objects.get())
    assert not lies(file, "")
    assert not LooseFile.objects.exists()


def test_an_old_place_that_another_record_needs_stays(record, file):
    kept(SnapshotFactory(done=True))

    store.move(file, store.apart(record))

    assert not store.discard(Discard.objects.get())
    assert lies(file, "")
    assert lies(file, store.apart(record))


def test_two_secret_records_share_nothing(record, file):
    other = kept(SnapshotFactory(done=True)).files.get(name="bild-001.jpg")
    store.move(file, store.apart(record))
    store.move(other, store.apart(other.record))

    for order in Discard.objects.all():
        store.discard(order)

    assert not lies(file, "")
    assert lies(file, store.apart(record))
    assert lies(other, store.apart(other.record))


def test_moving_twice_or_back_again_ends_where_it_was_asked(record, file):
    prefix = store.apart(record)
    store.move(file, prefix)
    store.move(file, prefix)
    store.move(file, "")

    for order in Discard.objects.all():
        store.discard(order)

    assert content(file) == b"picture"
    assert lies(file, "")
    assert not lies(file, prefix)


def test_a_damaged_file_is_not_moved(record, file):
    store.storage().erase(store.place(file.sha256))
    Path(store.storage().path(store.place(file.sha256))).write_bytes(b"other")

    with pytest.raises(store.Damaged):
        store.move(file, store.apart(record))
    file.refresh_from_db()
    assert file.prefix == ""
    assert not lies(file, store.apart(record))


def test_a_missing_file_is_said_to_be_missing(record, file):
    store.storage().erase(store.place(file.sha256))

    with pytest.raises(FileNotFoundError):
        store.move(file, store.apart(record))


def test_a_disk_that_fills_up_moves_nothing_and_a_later_try_does(record, file, monkeypatch):
    def full(*args):
        raise OSError("full")

    monkeypatch.setattr(FolderStorage, "_save", full)
    with pytest.raises(OSError, match="full"):
        store.move(file, store.apart(record))
    file.refresh_from_db()
    assert file.prefix == ""

    monkeypatch.undo()
    store.move(file, store.apart(record))
    assert content(file) == b"picture"
