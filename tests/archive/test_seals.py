"""The chain over the records: every record is sealed once, in order, and an unsealed one is a finding."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, transaction

from archive import tasks
from archive.models import Record, RecordSeal
from archive.trust import seals
from archive.trust.rules import LONGEST_UNSEALED, records_are_sealed
from governance import clock
from tests.archive.factories import SnapshotFactory, kept
from tests.factories import person, root

pytestmark = pytest.mark.django_db


def test_every_record_is_sealed_once_and_in_order():
    records = [kept() for _time in range(3)]

    assert (seals.seal(), seals.seal()) == (3, 0)

    chain = list(RecordSeal.objects.all())
    assert [made.number for made in chain] == [1, 2, 3]
    assert [made.identifier for made in chain] == [record.identifier for record in records]
    assert [made.previous for made in chain] == [seals.FIRST, chain[0].hash, chain[1].hash]
    assert [made.manifest_sha256 for made in chain] == [record.manifest_sha256 for record in records]
    assert all(made.hash == seals.link(made) for made in chain)


def test_the_task_seals_more_than_one_batch(monkeypatch):
    monkeypatch.setattr(seals, "BATCH", 2)
    for _time in range(5):
        kept()

    tasks.seal_records()

    assert seals.head()[0] == 5
    assert seals.unsealed_since() is None


def test_a_seal_is_never_changed_or_removed(record):
    seals.seal()
    made = RecordSeal.objects.get()

    for attempt in (lambda: made.delete(), lambda: RecordSeal.objects.update(number=2)):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            attempt()


@pytest.mark.parametrize("column", ["title", "period", "facts", "source_id", "completeness", "sort_key", "kind"])
def test_a_record_that_is_changed_no_longer_fits_its_seal(record, column):
    seals.seal()
    changed = {"facts": {"a": 1}, "source_id": 9}.get(column, "plan")

    with pgtrigger.ignore("archive.Record:record_kept"):
        Record.objects.update(**{column: changed})

    record.refresh_from_db()
    assert seals.rows_sha256(record, record.files.all()) != RecordSeal.objects.get().rows_sha256


def test_what_the_registrar_keeps_in_order_is_no_part_of_the_seal(record):
    seals.seal()
    Record.objects.update(secret=True, diary_number="KS 2026/1", authors="both", dispose_after="2040-01-01")

    record.refresh_from_db()
    assert seals.rows_sha256(record, record.files.all()) == RecordSeal.objects.get().rows_sha256


def test_a_record_unsealed_for_ten_minutes_is_a_finding_for_the_registrar():
    registrar = person("registrar")
    record = kept(SnapshotFactory(done=True))

    def said(after: timedelta):
        return list(records_are_sealed(root(), record.kept_at + after))

    assert said(LONGEST_UNSEALED - timedelta(seconds=1)) == []
    (verdict,) = said(LONGEST_UNSEALED)
    assert verdict.who == [registrar]
    assert verdict.breached_at == record.kept_at + LONGEST_UNSEALED
    seals.seal()
    assert list(records_are_sealed(root(), clock.now() + timedelta(days=1))) == []
