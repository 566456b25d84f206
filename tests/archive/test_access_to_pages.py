"""Who may see and do what in the archive: 404 where one may not see, 403 where one may not act."""

import pytest
from django.urls import reverse

from tests.archive.factories import SnapshotFactory, holder, read
from tests.factories import UnitFactory, person

pytestmark = pytest.mark.django_db
SEE, NO_SUCH, DENIED = 200, 404, 403


def elsewhere(role: str):
    """Answer somebody who holds the role on another unit."""
    return person(role, UnitFactory())


ROLES = pytest.mark.parametrize(
    ("role", "sees", "downloads"),
    [
        ("communications_officer", SEE, DENIED),
        ("manager", SEE, DENIED),
        ("registrar", SEE, SEE),
        ("auditor", SEE, DENIED),
        ("employee", NO_SUCH, NO_SUCH),
        ("security_coordinator", NO_SUCH, NO_SUCH),
        ("system_administrator", NO_SUCH, NO_SUCH),
    ],
)


@ROLES
def test_a_record(signed_in, record, unit, role, sees, downloads):
    client = signed_in(person(role, unit))

    def answered(name: str, *args: str) -> int:
        return read(client.get(reverse(f"archive:{name}", args=[record.pk, *args]))).status_code

    assert answered("record-show") == sees
    assert answered("file-show", "bild-001.jpg") == answered("file-show", "ogonblicksbild.pdf") == sees
    assert answered("record-download", "text.txt") == answered("record-export") == downloads
    checked = client.post(reverse("archive:record-verify", args=[record.pk])).status_code
    assert checked == (302 if sees == SEE else sees)


@pytest.mark.parametrize("role", ["communications_officer", "manager", "registrar", "auditor"])
def test_a_role_elsewhere_sees_nothing_of_it(signed_in, record, role):
    client = signed_in(elsewhere(role))

    assert client.get(record.get_absolute_url()).status_code == NO_SUCH
    assert client.get(reverse("archive:file-show", args=[record.pk, "bild-001.jpg"])).status_code == NO_SUCH
    assert client.get(reverse("archive:record-download", args=[record.pk, "text.txt"])).status_code == NO_SUCH
    assert record.title not in client.get(reverse("archive:record-list")).content.decode()


@pytest.mark.parametrize(
    ("kind", "sees"), [("page_owner", SEE), ("administrator", SEE), ("responsible", SEE), ("editor", NO_SUCH)]
)
def test_whoever_orders_pictures_of_an_account_sees_them(signed_in, record, kind, sees):
    client = signed_in(holder(record, kind))

    assert client.get(record.get_absolute_url()).status_code == sees
    assert client.get(reverse("archive:record-list")).status_code == (SEE if sees == SEE else DENIED)


@pytest.mark.parametrize(
    ("role", "sees", "orders"),
    [
        ("communications_officer", SEE, 302),
        ("manager", SEE, 302),
        ("registrar", SEE, 302),
        ("auditor", SEE, DENIED),
        ("security_coordinator", SEE, DENIED),
        ("employee", NO_SUCH, NO_SUCH),
        ("system_administrator", NO_SUCH, NO_SUCH),
    ],
)
def test_a_snapshot(signed_in, unit, role, sees, orders):
    snapshot = SnapshotFactory(failed=True, account__unit=unit)
    client = signed_in(person(role, unit))

    assert client.get(snapshot.get_absolute_url()).status_code == sees
    assert client.get(reverse("archive:snapshot-progress", args=[snapshot.pk])).status_code == sees
    assert client.post(reverse("archive:snapshot-order", args=[snapshot.account.pk])).status_code == orders


@pytest.mark.parametrize(
    ("role", "sees", "starts"),
    [
        ("communications_officer", SEE, 302),
        ("registrar", SEE, DENIED),
        ("manager", SEE, DENIED),
        ("auditor", SEE, DENIED),
        ("employee", NO_SUCH, DENIED),
        ("system_administrator", NO_SUCH, DENIED),
    ],
)
def test_a_campaign(signed_in, campaign, role, sees, starts):
    client = signed_in(person(role))

    assert client.get(campaign.get_absolute_url()).status_code == sees
    assert client.get(reverse("archive:campaign-list")).status_code == (SEE if sees == SEE else DENIED)
    assert client.post(reverse("archive:campaign-start")).status_code == starts


def test_nobody_comes_in_without_signing_in(client, record, campaign):
    pages = [
        record.get_absolute_url(),
        campaign.get_absolute_url(),
        reverse("archive:record-list"),
        reverse("archive:file-show", args=[record.pk, "bild-001.jpg"]),
    ]

    assert {client.get(page).status_code for page in pages} == {302}
