"""An export: a bag that others can check, made again where it was left, and read into an empty house."""

import hashlib
import io
import subprocess
import tarfile
from pathlib import Path

import bagit
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from archive import integrity, store
from archive.disposing import carrying_out, remains
from archive.models import ArchiveExport, DisposedRecord, Record, RecordFile
from archive.packages import exporting, importing, ordering, reading
from archive.packages.bag import Bag
from archive.searching import asking, finding
from archive.shielding import marking
from governance import clock, followups
from governance.workflow import perform
from tests.archive.disposals import approved, due_record
from tests.archive.factories import SnapshotFactory, kept, read
from tests.factories import UnitFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EXPORT_DIR = tmp_path / "exporter"
    return settings.EXPORT_DIR


@pytest.fixture
def registrar(unit):
    return person("registrar", unit)


def archived(unit, count=3):
    return [kept(SnapshotFactory(done=True, account__unit=unit)) for _each in range(count)]


def made(registrar, unit, **facts) -> ArchiveExport:
    export = ordering.order(by=registrar, unit=unit, **facts)
    exporting.make_owed()
    export.refresh_from_db()
    return export


def unpacked(export, folder):
    subprocess.run(["tar", "-xf", exporting.path_of(export), "-C", folder], check=True)
    return folder / exporting.name_of(export)


def test_a_bag_is_what_the_standard_says_and_what_was_archived(registrar, unit, tmp_path):
    records = archived(unit)

    export = made(registrar, unit)

    bag = bagit.Bag(str(unpacked(export, tmp_path)))
    bag.validate()
    assert (export.status, export.count) == ("done", 3)
    for record in records:
        for file in record.files.all():
            content = tmp_path / exporting.name_of(export) / "data/handlingar" / str(record.identifier) / file.name
            assert hashlib.sha256(content.read_bytes()).hexdigest() == file.sha256


def test_the_export_is_a_record_that_says_what_was_in_it(registrar, unit):
    archived(unit)

    export = made(registrar, unit)

    record = Record.objects.get(kind="export")
    assert record.facts["count"] == 3
    assert store.text(record.files.get(name="manifest-sha256.txt"), 100_000).count("manifest.json") == 3
    assert list(integrity.problems(record)) == []
    assert export.sha256 == hashlib.sha256(exporting.path_of(export).read_bytes()).hexdigest()


def test_a_worker_that_died_is_followed_by_one_that_goes_on_where_it_was(registrar, unit, monkeypatch, tmp_path):
    archived(unit, 4)
    whole = made(registrar, unit)
    export = ordering.order(by=registrar, unit=unit)
    ArchiveExport.objects.filter(pk=export.pk).update(ordered_at=whole.ordered_at)
    add, done = exporting._add, []

    def dies(writer, record):
        if len(done) == 2:
            writer.add_bytes("halv", b"x" * 700, clock.now())
            writer.flush()
            raise KeyboardInterrupt
        done.append(record.pk)
        add(writer, record)

    monkeypatch.setattr(exporting, "_add", dies)
    with pytest.raises(KeyboardInterrupt):
        exporting.make_owed()
    monkeypatch.setattr(exporting, "_add", lambda writer, record: (done.append(record.pk), add(writer, record)))
    ArchiveExport.objects.filter(pk=export.pk).update(lease_until=clock.now())
    exporting.make_owed()

    export.refresh_from_db()
    assert export.status == "done" and len(done) == len(set(done)) == export.count
    bagit.Bag(str(unpacked(export, tmp_path))).validate()


def test_a_file_that_is_changed_is_named_and_nothing_is_handed_out(registrar, unit):
    (record,) = archived(unit, 1)
    file = record.files.get(name="text.txt")
    path = Path(store.storage().path(store.place(file.sha256)))
    path.chmod(0o600)
    path.write_bytes(b"annat")

    export = made(registrar, unit)

    assert export.status == "failed" and "text.txt" in export.failure
    assert not exporting.path_of(export).exists()


def test_what_is_closed_to_the_orderer_does_not_go_along(registrar, unit):
    secret, _open = archived(unit, 2)
    Record.objects.filter(pk=secret.pk).update(secret=True)

    export = made(registrar, unit)

    assert (export.count, export.withheld) == (1, 1)
    with tarfile.open(exporting.path_of(export)) as tar:
        assert not any(str(secret.identifier) in name for name in tar.getnames())


def test_other_units_and_later_records_do_not_go_along(registrar, unit):
    archived(unit, 1)
    archived(UnitFactory(), 1)
    export = ordering.order(by=registrar, unit=unit)
    archived(unit, 1)

    exporting.make_owed()

    export.refresh_from_db()
    assert export.count == 1


def test_a_memory_that_does_not_grow_with_what_is_exported(tmp_path):
    class Endless(io.RawIOBase):
        left, largest = 64 * 1024 * 1024, 0

        def read(self, size=-1):
            Endless.largest = max(Endless.largest, size)
            taken = min(size, self.left)
            self.left -= taken
            return b"\0" * taken

    bag = Bag(tmp_path / "stor.tar", "stor")
    bag.add("nollor", Endless.left, Endless(), clock.now())
    bag.finish([], clock.now())
    bag.close()

    assert 0 < Endless.largest <= store.CHUNK


def emptied():
    """Empty the house of records, as another installation is."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        for table in ("archive_recordtext", "archive_secrecymarking", "archive_recordfile", "archive_record"):
            cursor.execute(f"delete from {table}")
        cursor.execute("set session_replication_role = origin")


def rows():
    facts = [f.attname for f in Record._meta.concrete_fields]
    named = list(
        RecordFile.objects.order_by("record", "order").values_list("record", "order", "name", "sha256", "size")
    )
    return list(Record.objects.order_by("pk").values(*facts)), named


def test_an_export_read_into_an_empty_house_gives_the_same_records(registrar, unit, settings, tmp_path):
    archived(unit)
    export = made(registrar, unit)
    Record.objects.filter(kind="export").count()
    before = [[row for row in part if (row["kind"] if isinstance(row, dict) else 1) != "export"] for part in rows()]
    gone = set(Record.objects.filter(kind="export").values_list("pk", flat=True))
    emptied()
    settings.STORAGES["archive"]["OPTIONS"]["location"] = tmp_path / "annat"

    call_command("import_archive", exporting.path_of(export), by=registrar.email)

    records, files = rows()
    assert records == before[0]
    assert files == [row for row in before[1] if row[0] not in gone]
    assert [list(integrity.problems(record)) for record in Record.objects.all()] == [[], [], []]


def test_a_house_with_records_takes_no_other_archive(registrar, unit):
    archived(unit, 1)
    export = made(registrar, unit)

    with pytest.raises(CommandError, match="records already"):
        call_command("import_archive", exporting.path_of(export), by=registrar.email)


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_byte_that_is_another_lets_nothing_in(registrar, unit, place):
    archived(unit)
    path = exporting.path_of(made(registrar, unit))
    emptied()
    content = bytearray(path.read_bytes())
    used = content.rstrip(b"\0")
    spot = next(i for i in range(int(len(used) * place), len(used)) if used[i])
    content[spot] ^= 1
    path.write_bytes(content)

    with pytest.raises((importing.NotEmpty, reading.NotABag)):
        importing.read_in(path, by=registrar, tell=lambda text: None)
    assert not Record.objects.exists()


def test_what_is_ordered_is_saved_made_and_fetched_in_parts(signed_in, registrar, unit):
    (record,) = archived(unit, 1)
    client = signed_in(registrar)
    sent = {"unit": unit.pk, "account": record.account_id, "made_from": "2020-01-01", "made_to": "2030-01-01"}

    client.post(reverse("archive:export-order"), {**sent, "kind": "snapshot"})
    exporting.make_owed()

    export = ArchiveExport.objects.get()
    assert (export.account_id, export.kind) == (record.account_id, "snapshot")
    assert (str(export.made_from), str(export.made_to)) == ("2020-01-01", "2030-01-01")
    address = reverse("archive:export-download", args=[export.pk])
    whole = b"".join(client.get(address).streaming_content)
    rest = client.get(address, headers={"Range": "bytes=100-"})
    assert rest.status_code == 206 and b"".join(rest.streaming_content) == whole[100:]
    assert rest.headers["Content-Range"] == f"bytes 100-{len(whole) - 1}/{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=" + "9" * 5000 + "-", "bytes=5-" + "9" * 5000, "bytes=-5", "bytes=9-3", "x"])
def test_whatever_part_is_asked_for_something_is_answered(signed_in, registrar, unit, asked):
    export = made(registrar, unit)

    answer = signed_in(registrar).get(reverse("archive:export-download", args=[export.pk]), headers={"Range": asked})

    assert len(b"".join(answer.streaming_content)) == int(answer.headers["Content-Length"])


def test_a_period_that_ends_before_it_begins_is_refused(signed_in, registrar, unit):
    sent = {"unit": unit.pk, "made_from": "2026-02-01", "made_to": "2026-01-01"}

    answer = signed_in(registrar).post(reverse("archive:export-order"), sent)

    assert answer.status_code == 200 and not ArchiveExport.objects.exists()


@pytest.mark.parametrize(
    ("role", "lists", "sees"), [("registrar", 200, 200), ("auditor", 403, 404), ("manager", 403, 404)]
)
def test_only_the_registrar_exports(signed_in, registrar, unit, role, lists, sees):
    archived(unit, 1)
    export = made(registrar, unit)
    client = signed_in(person(role, unit))

    assert client.get(reverse("archive:export-list")).status_code == lists
    assert client.get(export.get_absolute_url()).status_code == sees
    fetched = client.get(reverse("archive:export-download", args=[export.pk])).status_code
    assert fetched == (403 if sees == 200 else 404)


def test_the_file_is_removed_after_two_weeks(registrar, unit):
    archived(unit, 1)
    export = made(registrar, unit)
    ArchiveExport.objects.filter(pk=export.pk).update(finished_at=clock.now() - exporting.KEPT)

    assert exporting.remove_old() == 1

    export.refresh_from_db()
    assert export.status == "removed" and not exporting.path_of(export).exists()


def test_the_list_asks_as_often_for_many_as_for_few(signed_in, registrar, unit, django_assert_max_num_queries):
    client = signed_in(registrar)
    made(registrar, unit)
    client.get(reverse("archive:export-list"))
    with django_assert_max_num_queries(40) as few:
        client.get(reverse("archive:export-list"))
    for _each in range(4):
        ordering.order(by=registrar, unit=unit)

    with django_assert_max_num_queries(len(few)):
        assert "5 exporter" in client.get(reverse("archive:export-list")).content.decode()


def marked(record, by):
    return marking.mark(record, by=by, provision="21 kap. 7 § OSL", authority=record.authority)


def read_in_elsewhere(export, registrar, settings, tmp_path) -> list[str]:
    """Read an export into a house of its own, and answer what was told."""
    settings.STORAGES["archive"]["OPTIONS"]["location"] = tmp_path / "annat"
    told: list[str] = []
    importing.read_in(exporting.path_of(export), by=registrar, tell=told.append)
    return told


def test_what_is_read_in_is_found_by_search(registrar, unit, settings, tmp_path):
    (record,) = archived(unit, 1)
    export = made(registrar, unit)
    emptied()

    read_in_elsewhere(export, registrar, settings, tmp_path)

    assert finding.hits(Record.objects.all(), finding.wanted(asking.parse("hej på er"))).get().pk == record.pk


def test_what_was_marked_secret_is_marked_where_it_is_read_in_and_lies_apart(registrar, unit, settings, tmp_path):
    registrar.roles.update(secrecy=True)
    (record,) = archived(unit, 1)
    marked(record, registrar)
    export = made(registrar, unit)
    emptied()

    read_in_elsewhere(export, registrar, settings, tmp_path)
    followups.run_owed()

    back = Record.objects.get(pk=record.pk)
    assert back.secret and back.markings.get(ended_at=None).provision == "21 kap. 7 § OSL"
    assert set(back.files.values_list("prefix", flat=True)) == {store.apart(back)}
    assert list(integrity.problems(back)) == []


def test_what_was_disposed_of_here_is_not_read_in_and_is_told(registrar, unit, settings, tmp_path):
    gone, stays = archived(unit, 2)
    export = made(registrar, unit)
    disposal = carrying_out.Disposal.objects.create(
        origin="restore", status="running", unit=unit, authority=unit.authority, proposed_at=clock.now()
    )
    remains.write(disposal, gone, list(gone.files.all()), clock.now())
    emptied()

    told = read_in_elsewhere(export, registrar, settings, tmp_path)

    assert f"{gone.identifier}: was disposed of here, and is left out" in told
    assert [record.pk for record in Record.objects.all()] == [stays.pk]
    assert DisposedRecord.objects.count() == 1


def test_the_file_goes_with_a_record_that_is_disposed_of(monkeypatch):
    monkeypatch.setattr(carrying_out.protocol, "keep", lambda disposal: None)
    record = due_record()
    registrar = person("registrar")
    export, other = made(registrar, record.unit), made(registrar, record.unit, kind="plan")

    carrying_out.run(approved(record).pk)

    for each in (export, other):
        each.refresh_from_db()
    assert (export.status, exporting.path_of(export).exists()) == ("removed", False)
    assert (other.status, exporting.path_of(other).exists()) == ("done", True)


def test_whoever_may_see_it_still_fetches_an_export_with_what_was_marked_since(registrar, unit):
    registrar.roles.update(secrecy=True)
    (record,) = archived(unit, 1)
    export = made(registrar, unit)

    marked(record, registrar)

    export.refresh_from_db()
    assert export.status == "done" and exporting.path_of(export).exists()


def test_one_that_is_being_made_begins_anew_without_what_was_marked_meanwhile(registrar, unit, monkeypatch, tmp_path):
    first, second = archived(unit, 2)
    export = ordering.order(by=registrar, unit=unit)
    add = exporting._add

    def marks(writer, record):
        add(writer, record)
        if record.pk == second.pk:
            monkeypatch.setattr(exporting, "_add", add)
            marked(first, person("registrar", unit))

    monkeypatch.setattr(exporting, "_add", marks)
    exporting.make_owed()

    export.refresh_from_db()
    assert (export.status, export.count, export.withheld) == ("done", 1, 1)
    folder = unpacked(export, tmp_path)
    bagit.Bag(str(folder)).validate()
    assert str(first.identifier) not in (folder / "manifest-sha256.txt").read_text()


def test_a_worker_that_lost_its_export_leaves_the_file_to_the_one_that_has_it(registrar, unit, monkeypatch):
    archived(unit, 2)
    export = ordering.order(by=registrar, unit=unit)
    add = exporting._add

    def late(writer, record):
        add(writer, record)
        ArchiveExport.objects.filter(pk=export.pk).update(lease_until=clock.now() + exporting.LEASE * 2)

    monkeypatch.setattr(exporting, "_add", late)
    exporting.make_owed()

    export.refresh_from_db()
    assert export.status == "making" and exporting.path_of(export).exists()


def test_two_workers_never_write_into_one_file(registrar, unit, monkeypatch, tmp_path):
    archived(unit, 2)
    export = ordering.order(by=registrar, unit=unit)
    add, busy = exporting._add, []

    def slow(writer, record):
        if not busy:
            busy.append(record.pk)
            late = ArchiveExport.objects.get(pk=export.pk)
            exporting._carry_out(late)
        add(writer, record)

    monkeypatch.setattr(exporting, "_add", slow)
    exporting.make_owed()

    export.refresh_from_db()
    assert export.status == "done"
    bagit.Bag(str(unpacked(export, tmp_path))).validate()


def test_what_was_called_off_while_nobody_made_it_loses_its_file(registrar, unit):
    archived(unit, 1)
    export = ordering.order(by=registrar, unit=unit)
    exporting.path_of(export).parent.mkdir(parents=True, exist_ok=True)
    exporting.path_of(export).write_bytes(b"half")
    perform(export, "cancel", by=registrar)
    ArchiveExport.objects.filter(pk=export.pk).update(ordered_at=clock.now() - exporting.KEPT)

    assert exporting.remove_old() == 1
    assert not exporting.path_of(export).exists()


def test_whoever_may_not_see_what_is_marked_any_more_does_not_fetch_it(signed_in, registrar, unit):
    registrar.roles.update(secrecy=True)
    (record,) = archived(unit, 1)
    marked(record, registrar)
    export = made(registrar, unit)
    address = reverse("archive:export-download", args=[export.pk])
    client = signed_in(registrar)
    assert read(client.get(address)).status_code == 200

    registrar.roles.update(secrecy=False)

    assert client.get(address).status_code == 403


def test_what_a_list_shows_is_exported_as_a_selection(signed_in, registrar, unit):
    _first, second, secret = archived(unit, 3)
    Record.objects.filter(pk=secret.pk).update(secret=True)
    archived(UnitFactory(), 1)
    client = signed_in(registrar)
    address = f"{reverse('archive:export-order-chosen')}?konto={second.account_id}"

    every = client.get(reverse("archive:export-order-chosen")).content.decode()
    assert "2 handlingar går med" in every
    assert "1 handling går med" in client.get(address).content.decode()
    client.post(address)
    exporting.make_owed()

    export = ArchiveExport.objects.get()
    assert (export.count, export.chosen) == (1, [str(second.identifier)])


def test_nothing_chosen_is_no_export(signed_in, registrar, unit):
    client = signed_in(registrar)

    client.post(f"{reverse('archive:export-order-chosen')}?q=finns-inte")

    assert not ArchiveExport.objects.exists()
