"""The second gate on every page of the archive: what is marked secret is nowhere for whoever lacks secrecy (OSL 5:5).

A record is planted with words that stand nowhere else; every address of the archive is asked for, with everything that
could be its number, and whatever comes back holds none of them.
"""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from archive import store
from archive.models import ArchiveExport, Record, Snapshot
from archive.packages import exporting
from archive.shielding import marking
from governance.models import AuditEvent
from tests.archive.factories import holder, read
from tests.archive.planted import (
    BYTES,
    DIARY,
    FILE,
    LINK,
    NAMES,
    NOTE,
    PICTURE,
    PLANTED,
    TEXT,
    TITLE,
    addresses,
    plant,
)
from tests.factories import UnitFactory, person
from tests.login import sign_in

pytestmark = pytest.mark.django_db
OUTSIDE = ("/", "/logg/", "/logg/?format=csv", "/att-gora/", "/meddelanden/", "/konton/")


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DIARY_DIR, settings.EXPORT_DIR = tmp_path / "diarium", tmp_path / "exporter"


@pytest.fixture
def planted(unit):
    return plant(unit)


def said(client: Client, path: str) -> bytes:
    """Answer everything that an address answers, its headers and what is packed in it too."""
    answer = read(client.get(path))
    content = answer.whole + str(sorted(answer.headers.items())).encode()
    if answer.whole.startswith(b"PK"):
        pack = zipfile.ZipFile(io.BytesIO(answer.whole))
        content += b"".join(pack.read(name) for name in pack.namelist())
    return content


def leaks(client: Client, path: str) -> list[str]:
    """Answer which planted words an address gives away; one that was asked for is not given away by being repeated."""
    content = said(client, path)
    text = content.decode(errors="replace")
    return [
        f"{path}: {word}" for word in PLANTED if word.lower() in text.lower() and word.lower() not in path.lower()
    ] + [f"{path}: {found!r}" for found in BYTES if found in content]


def searches() -> list[str]:
    """Answer searches and narrowed lists for each of the planted words, and misspelt."""
    lists = [
        reverse(f"archive:{name}")
        for name in ("search-list", "record-list", "snapshot-list", "handover-list", "disposal-due")
    ]
    asked = [f"{path}?q={word}" for path in (*lists, "/logg/") for word in (*PLANTED, "Qvaxenbrg", "qvaxor")]
    return [*asked, f"{lists[0]}?q=-torsk", f"{lists[1]}?ordning=titel", *(f"{path}?format=csv" for path in lists)]


def _cleared_elsewhere(unit):
    someone = person("registrar", unit)
    other = person("registrar", UnitFactory())
    other.roles.update(secrecy=True, user=someone)
    return someone


READERS = {
    "registrar": lambda record: person("registrar", record.unit),
    "registrar with secrecy elsewhere": lambda record: _cleared_elsewhere(record.unit),
    "communications officer": lambda record: person("communications_officer", record.unit.parent),
    "auditor": lambda record: person("auditor", record.unit.parent),
    "page owner": lambda record: holder(record, "page_owner"),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_nothing_of_a_marked_record_is_anywhere_for_whoever_lacks_secrecy(client, planted, reader):
    sign_in(client, reader(planted))
    pages = [*addresses(planted), planted.account.get_absolute_url(), *OUTSIDE]

    found = [leak for path in pages for leak in leaks(client, path)]

    assert len(pages) > 100
    assert client.get(planted.get_absolute_url()).status_code == 200  # that it is there, they see
    assert found == []


def test_nothing_is_found_by_its_words(client, planted, unit):
    sign_in(client, person("auditor", unit.parent))

    assert [leak for path in searches() for leak in leaks(client, path)] == []


def test_nor_are_its_files_for_whoever_may_download_others(client, planted, unit):
    sign_in(client, person("registrar", unit))

    paths = [
        reverse(f"archive:{name}", args=[planted.pk, file])
        for name in ("file-show", "record-download")
        for file in NAMES
    ]
    paths.append(reverse("archive:record-export", args=[planted.pk]))

    assert {client.get(path).status_code for path in paths} <= {403, 404}


def test_a_search_for_its_words_counts_nothing(client, planted, unit):
    sign_in(client, person("registrar", unit))

    for word in PLANTED:
        page = client.get(f"{reverse('archive:search-list')}?q={word}").content.decode()
        assert "Inga träffar" in page


def test_the_log_says_that_something_was_done_and_not_with_what(client, planted, unit):
    sign_in(client, person("auditor", unit.parent))

    page = client.get("/logg/").content.decode()

    assert "hämtade Sekretessmarkerad uppgift ur: Sekretessmarkerad uppgift." in page


def test_whoever_has_secrecy_sees_all_of_it(client, planted, unit):
    registrar = person("registrar", unit)
    registrar.roles.update(secrecy=True)
    sign_in(client, registrar)

    page = client.get(planted.get_absolute_url()).content.decode()
    listed = client.get(reverse("archive:record-list")).content.decode()
    hit = client.get(f"{reverse('archive:search-list')}?q={TEXT}").content.decode()

    assert all(word in page for word in (TITLE, FILE, LINK, NOTE))
    assert TITLE in listed
    assert f"<mark>{TEXT}</mark>" in hit
    assert said(client, reverse("archive:file-show", args=[planted.pk, "bild-001.jpg"])).startswith(PICTURE)
    assert TEXT.encode() in said(client, reverse("archive:record-export", args=[planted.pk]))


def test_secrecy_above_the_unit_opens_it_and_below_does_not(client, planted, unit):
    above, below = person("registrar", unit.parent), person("registrar", UnitFactory(parent=unit))
    above.roles.update(secrecy=True)
    below.roles.update(secrecy=True)

    assert TITLE in sign_in(client, above).get(planted.get_absolute_url()).content.decode()
    assert client.get(planted.get_absolute_url()).status_code == 200
    assert sign_in(client, below).get(planted.get_absolute_url()).status_code == 404


def test_a_lifted_marking_shows_it_again(client, planted, unit):
    registrar = person("registrar", unit)

    marking.lift(planted, by=registrar, reason="prövat")

    assert TITLE in sign_in(client, registrar).get(planted.get_absolute_url()).content.decode()
    assert AuditEvent.objects.filter(object_type="archive.snapshot").exists()
    assert Snapshot.objects.count() == 1


def test_what_is_kept_of_an_export_names_no_file_that_came_from_outside(client, planted):
    record = Record.objects.get(kind="export")

    kept_of_it = store.text(record.files.get(name="manifest-sha256.txt"), 100_000)

    assert str(planted.identifier) in kept_of_it
    assert FILE not in kept_of_it


def test_an_export_from_before_the_marking_is_not_fetched_any_more(client, planted):
    export = ArchiveExport.objects.get()
    sign_in(client, export.ordered_by)

    answer = read(client.get(reverse("archive:export-download", args=[export.pk])))

    assert answer.status_code == 403
    assert not exporting.path_of(export).exists()
    assert export.status == "removed"


def test_a_number_of_the_diary_finds_the_handover_only_for_whoever_may_read_it(client, planted, unit):
    cleared = person("registrar", unit)
    cleared.roles.update(secrecy=True)
    path = f"{reverse('archive:handover-list')}?q={DIARY}"

    found = [
        sign_in(client, each).get(path).context["page"].paginator.count for each in (cleared, person("registrar", unit))
    ]

    assert found == [1, 0]
