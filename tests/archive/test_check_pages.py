"""The page about the checks of the archive: what does not hold, when it was looked at, and for whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive import tasks
from archive.models import ArchiveCheck, ArchiveProblem, Record
from archive.trust import seals, verifying
from governance import clock
from tests.archive import damage
from tests.archive.factories import SnapshotFactory, kept
from tests.factories import UnitFactory, person

pytestmark = pytest.mark.django_db
LIST = "/kontroll-av-arkivet/"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("registrar", 200),
        ("auditor", 200),
        ("communications_officer", 200),
        ("manager", 403),
        ("employee", 403),
        ("system_administrator", 403),
    ],
)
def test_who_sees_how_the_archive_was_checked(signed_in, role, status):
    check = verifying.whole()
    client = signed_in(person(role))

    assert client.get(LIST).status_code == status
    assert client.get(check.get_absolute_url()).status_code == (200 if status == 200 else 404)


def test_before_the_first_check_the_page_says_when_it_comes(signed_in):
    page = signed_in(person("registrar")).get(LIST).content.decode()

    assert "Ingen kontroll ännu" in page


def test_the_nightly_sample_is_on_the_page(signed_in, record):
    tasks.seal_records()
    tasks.check_archive()

    page = signed_in(person("registrar")).get(LIST).content.decode()

    assert "Inga avvikelser" in page
    assert "Ett urval" in page
    assert "Oförändrat" in page


def test_what_does_not_hold_is_named_with_its_record_until_it_is_in_order(signed_in, record, unit):
    seals.seal()
    done = damage.removed(record.files.get(name="text.txt"))
    check = verifying.whole()
    client = signed_in(person("registrar", unit))

    page = client.get(LIST).content.decode()
    assert "text.txt saknas i arkivet." in page
    assert record.get_absolute_url() in page
    assert "Kvarstår" in page

    done.undo()
    verifying.whole()
    assert "text.txt" not in client.get(LIST).content.decode()
    assert "I ordning igen" in client.get(check.get_absolute_url()).content.decode()


def test_a_registrar_elsewhere_reads_no_file_names_and_no_way_to_the_record(signed_in, record):
    damage.removed(record.files.get(name="text.txt"))
    verifying.whole()

    page = signed_in(person("registrar", UnitFactory())).get(LIST).content.decode()

    assert str(record.identifier) in page
    assert "text.txt" not in page
    assert record.get_absolute_url() not in page


def test_of_a_secret_record_stands_its_number_and_a_sum(signed_in, record, unit):
    Record.objects.update(secret=True)
    file = record.files.get(name="text.txt")
    damage.removed(file)
    verifying.whole()

    page = signed_in(person("registrar", unit)).get(LIST).content.decode()

    assert file.sha256 in page
    assert "text.txt" not in page
    assert record.title not in page


def test_a_check_that_was_broken_off_says_so(signed_in):
    check = ArchiveCheck.objects.create(scope="whole", started_at=clock.now(), stopped_because="SlowDown")
    client = signed_in(person("registrar"))

    assert "Avbröts" in client.get(LIST).content.decode()
    assert "lagringen inte svarade" in client.get(check.get_absolute_url()).content.decode()


def test_the_page_asks_as_often_for_many_checks_and_problems_as_for_few(signed_in, unit):
    client = signed_in(person("registrar", unit))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    _broken(unit, 1)
    asked()
    few = asked()
    _broken(unit, 6)
    assert asked() == few


def _broken(unit, number: int) -> None:
    for _time in range(number):
        record = kept(SnapshotFactory(done=True, account__unit=unit))
        check = ArchiveCheck.objects.create(scope="sample", started_at=clock.now(), finished_at=clock.now(), found=1)
        about = {"code": "file_missing", "phase": "records", "name": "text.txt", "found_at": clock.now()}
        ArchiveProblem.objects.create(check_made=check, identifier=record.identifier, **about)


def test_the_page_is_in_the_navigation_of_whoever_may_see_it(signed_in):
    archive = reverse("archive:record-list")

    assert LIST in signed_in(person("registrar")).get(archive).content.decode()
    assert LIST not in signed_in(person("manager")).get(archive).content.decode()
