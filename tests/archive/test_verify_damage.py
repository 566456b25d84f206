"""Whatever byte, file, row or column of the archive is changed, taken away or added: `verify_archive` names it."""

import hashlib
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.models import ArchiveCheck, Record, RecordFile, RecordSeal
from archive.trust import seals, verifying
from governance import clock
from tests.archive import damage
from tests.archive.damage import named, sealed_archive

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(db):
    """Three records that are sealed, one of them with its files apart."""
    return sealed_archive()


@contextmanager
def undone():
    """Take back what is done to the tables in the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


BROAD = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@BROAD
@given(data=st.data())
def test_any_byte_that_is_flipped_added_or_cut_off_is_found_and_named(archive, data):
    files = list(RecordFile.objects.order_by("pk"))
    file = data.draw(st.sampled_from(files))
    at, bit = data.draw(st.integers(0, file.size - 1)), data.draw(st.integers(0, 7))
    change = data.draw(
        st.sampled_from(
            [
                lambda whole: whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :],
                lambda whole: whole + b"\0",
                lambda whole: whole[:at],
            ]
        )
    )
    done = damage.rewritten(file, change)
    try:
        check = verifying.whole()
        assert check.found
        assert any(str(file.record.identifier) in each and done.named in each for each in named())
    finally:
        done.undo()


@BROAD
@given(data=st.data())
def test_any_file_that_is_missing_or_added_is_found_and_named(archive, data):
    files = list(RecordFile.objects.order_by("pk"))
    sha256 = hashlib.sha256(data.draw(st.binary(min_size=1, max_size=8))).hexdigest()
    if data.draw(st.booleans()):
        done = damage.removed(data.draw(st.sampled_from(files)))
    else:
        done = damage.added(data.draw(st.sampled_from(damage.SHAPES)), sha256)
    try:
        assert verifying.whole().found
        assert any(done.named in each for each in named())
    finally:
        done.undo()


@pytest.mark.parametrize(("model", "column"), damage.COLUMNS, ids=lambda each: getattr(each, "__name__", each))
def test_any_column_that_is_changed_is_found_and_its_record_named(archive, model, column):
    for row in list(model._default_manager.order_by("pk")[:6]):
        with undone():
            about = _identifiers(row)
            damage.changed(model, column, row.pk)

            assert verifying.whole().found
            assert any(about & set(each.split()) for each in named()), named()


def _identifiers(row) -> set[str]:
    """Answer what may stand for the row among the names: its record's identifier, or a seal's own number."""
    if isinstance(row, RecordSeal):
        return {str(row.identifier), str(row.number), str(row.number + 1)}
    return {str(row.record.identifier if isinstance(row, RecordFile) else row.identifier)}


@pytest.mark.parametrize("model", [Record, RecordFile, RecordSeal])
def test_any_row_that_is_taken_away_is_found_and_its_record_named(archive, model):
    for row in list(model._default_manager.order_by("pk")):
        with undone():
            about = _identifiers(row)
            ArchiveCheck.objects.create(
                scope="sample", started_at=clock.now(), head_number=seals.head()[0], head_hash=seals.head()[1]
            )
            damage.deleted(model, row.pk)

            assert verifying.whole().found
            assert any(about & set(each.split()) for each in named()), named()
