"""`manage.py index_archive`: what was kept before there was an index becomes searchable."""

import pytest
from django.core.management import call_command

from archive.models import Record, RecordText
from archive.searching import asking, finding
from tests.archive.factories import SnapshotFactory, kept

pytestmark = pytest.mark.django_db


def found(question: str) -> int:
    """Answer how many records a question finds."""
    return finding.hits(Record.objects.all(), finding.wanted(asking.parse(question))).count()


def test_records_without_an_index_get_one_from_their_files():
    kept(SnapshotFactory(done=True), {"text.txt": "Öppettider i höst".encode()})
    RecordText.objects.all().delete()

    call_command("index_archive")

    assert found("höst") == 1
    assert RecordText.objects.get().text == "Öppettider i höst"


def test_it_goes_on_where_it_was_stopped():
    first, second = kept(SnapshotFactory(done=True)), kept(SnapshotFactory(done=True))
    RecordText.objects.filter(pk=second.pk).delete()
    RecordText.objects.filter(pk=first.pk).update(text="är kvar som det var")

    call_command("index_archive")

    assert RecordText.objects.get(pk=first.pk).text == "är kvar som det var"
    assert RecordText.objects.filter(pk=second.pk).exists()


def test_all_are_indexed_anew_after_a_number():
    first, second = kept(SnapshotFactory(done=True)), kept(SnapshotFactory(done=True))
    RecordText.objects.update(text="gammalt")

    call_command("index_archive", "--all", f"--after={first.pk}")

    assert RecordText.objects.get(pk=first.pk).text == "gammalt"
    assert RecordText.objects.get(pk=second.pk).text == "Hej på er"


def test_a_record_without_readable_text_is_indexed_by_what_it_is_called():
    record = kept(SnapshotFactory(done=True), {"original-karta.jpg": b"x"}, title="Kartan över badplatsen")
    RecordText.objects.all().delete()

    call_command("index_archive")

    assert found("badplatsen") == found("original-karta.jpg") == 1
    assert RecordText.objects.get(pk=record.pk).text == ""
