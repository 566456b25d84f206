"""Files under their SHA-256: whole or not at all, written once, and a changed one is found."""

import errno
import hashlib
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from archive import store
from archive.models import Discard, LooseFile, RecordFile
from archive.storage import FolderStorage

pytestmark = pytest.mark.django_db
CONTENT = b"en sida" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def item(source: bytes | Path = CONTENT) -> store.Item:
    """Answer something to store."""
    return store.Item("sida.txt", "text/plain", "Sidan", source)


def files_in(folder: Path) -> list[Path]:
    """Answer every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def folder() -> Path:
    """Answer where this test's archive lies."""
    return Path(store.storage().location)


def test_the_archive_lies_in_a_folder_where_a_file_is_whole_or_not_at_all():
    assert isinstance(store.storage(), FolderStorage)


def test_a_content_lies_under_its_hash_in_two_levels_of_folders():
    stored = store.put(item())

    assert (stored.size, stored.sha256) == (len(CONTENT), SHA256)
    assert (folder() / SHA256[:2] / SHA256[2:4] / SHA256).read_bytes() == CONTENT


def test_a_file_on_disk_is_stored_as_its_bytes_are(tmp_path):
    path = tmp_path / "bild.jpg"
    path.write_bytes(CONTENT)

    assert store.put(item(path)).sha256 == store.put(item()).sha256 == SHA256
    assert len(files_in(folder())) == 1


def test_the_same_content_is_not_written_twice(monkeypatch):
    store.put(item())
    monkeypatch.setattr(FolderStorage, "_save", lambda *args: pytest.fail("written again"))

    assert store.put(item()).sha256 == SHA256


def test_a_kept_content_that_was_damaged_is_written_again_when_a_whole_copy_comes():
    store.put(item())
    damaged = folder() / store.place(SHA256)
    damaged.chmod(0o640)
    damaged.write_bytes(b"other")

    store.put(item())

    assert damaged.read_bytes() == CONTENT


def test_a_disk_that_fills_up_leaves_nothing_behind(monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="full"):
        store.put(item())
    assert files_in(folder()) == []


def test_nothing_has_its_name_before_it_is_flushed_to_the_disk(monkeypatch):
    flushed: list[str] = []
    really = os.fsync

    def watch(handle):
        flushed.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        assert not (folder() / store.place(SHA256)).exists() or flushed[0].endswith(".part")
        really(handle)

    monkeypatch.setattr(os, "fsync", watch)
    store.put(item())

    assert flushed[0].endswith(".part")
    assert flushed[-1] == SHA256[2:4]


def test_a_file_cannot_be_written_to_by_its_owner():
    store.put(item())

    assert (folder() / store.place(SHA256)).stat().st_mode & 0o222 == 0


def test_what_a_dead_process_left_half_written_is_forgotten_after_a_day():
    store.put(item())
    incoming = folder() / "incoming"
    old, new = incoming / "old.part", incoming / "new.part"
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (0, 0))

    assert store.forget_incoming() == 1
    assert new.exists()
    assert not old.exists()


def test_storing_asks_nothing_of_a_storage_but_djangos_own_interface(monkeypatch):
    """An object store (S3) can take the folder's place by its setting alone."""
    kept: dict[str, bytes] = {}

    class Shelf:
        def exists(self, name: str) -> bool:
            return name in kept

        def save(self, name: str, content) -> str:
            kept[name] = b"".join(content.chunks())
            return name

        def open(self, name: str):
            return ContentFile(kept[name])

    monkeypatch.setattr(store, "storage", Shelf)
    stored = store.put(item())

    assert store.put(item()).sha256 == stored.sha256
    assert store.read(RecordFile(sha256=SHA256)).read() == CONTENT
    assert store.forget_incoming() == 0


def test_a_missing_text_is_shown_as_none():
    assert store.text(RecordFile(sha256=SHA256), 100) == ""


def test_a_text_is_read_as_far_as_asked():
    store.put(item())

    assert store.text(RecordFile(sha256=SHA256), 7) == "en sida"


def test_what_is_put_is_noted_until_a_record_names_it():
    stored = store.put(item())

    assert LooseFile.objects.get().pk == stored.note
    store.named([stored])
    assert not LooseFile.objects.exists()


def test_a_file_whose_note_was_swept_away_cannot_be_named_any_more():
    stored = store.put(item())
    LooseFile.objects.all().delete()

    with pytest.raises(store.Forgotten):
        store.named([stored])


def test_what_nothing_names_is_taken_out():
    store.named([store.put(item())])

    order = store.order_discard(SHA256)
    assert store.discard(order)
    assert files_in(folder()) == []
    order.refresh_from_db()
    assert order.done_at
    assert store.discard(order)


def test_what_is_on_its_way_in_is_not_taken_out():
    order = store.order_discard(SHA256)
    store.put(item())

    assert not store.discard(order)
    assert len(files_in(folder())) == 1
    assert Discard.objects.get().kept_because == store.SHARED


def test_what_another_record_names_is_not_taken_out(record):
    file = record.files.first()

    assert not store.discard(store.order_discard(file.sha256))
    assert store.storage().exists(store.place(file.sha256))


def test_a_storage_that_refuses_leaves_the_order_waiting(monkeypatch):
    store.named([store.put(item())])
    monkeypatch.setattr(FolderStorage, "erase", _refuse)
    order = store.order_discard(SHA256)

    assert not store.discard(order)
    order.refresh_from_db()
    assert (order.done_at, order.attempts) == (None, 1)

    monkeypatch.undo()
    assert store.discard(order)


def test_the_storage_names_its_files_in_order_and_goes_on_from_any_of_them():
    for name in ("b/2", "a/1", "a-b/3", "a.x", "incoming/x.part", "sekretess/1/aa"):
        path = folder() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    names = sorted(["b/2", "a/1", "a-b/3", "a.x", "incoming/x.part", "sekretess/1/aa"])

    assert list(store.storage().walk()) == names
    for number, name in enumerate(names, start=1):
        assert list(store.storage().walk(name)) == names[number:]


def _refuse(*args, **kwargs):
    raise OSError("refused")
