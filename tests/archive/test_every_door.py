"""Every address of the archive, asked for and sent to by those with nothing to do there: nothing opens or changes."""

import pytest
from django.db import models
from django.test import Client

from archive.models import ArchiveExport, DiaryHandover, Disclosure, Disposal, Snapshot
from governance.models import AuditEvent
from governance.templatetags.workflow import step_url
from tests.archive.factories import read
from tests.archive.planted import PLANTED, addresses, plant
from tests.factories import UnitFactory, person
from tests.login import sign_in

pytestmark = pytest.mark.django_db
CLOSED = (403, 404, 405)
# What is read beyond one's own unit: the plan, its decisions, what the words mean, and how the archive was checked.
FOR_ALL = (
    "/kontroll-av-arkivet/",
    "/dokumenthanteringsplan/",
    "/gallringsbeslut/",
    "/handlingstyper/",
    "/oppna-data/",
    "/arkiverad-fil/",
)
ADDS_ONLY = "/handlingstyper/ny/"  # each authority's registrar may add a kind, and changes none of the others
OUTSIDERS = ("registrar", "manager", "auditor", "communications_officer", "employee")
LOOKED = ("record.view", "record.open")


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DIARY_DIR, settings.EXPORT_DIR = tmp_path / "diarium", tmp_path / "exporter"


@pytest.fixture
def planted(unit):
    return plant(unit)


def of_one_thing(record) -> list[str]:
    """Answer the addresses that are about one thing of the unit's."""
    every = [path for path in addresses(record) if any(part.isdigit() for part in path.split("/"))]
    return [path for path in every if not path.startswith(FOR_ALL)]


def log() -> int:
    return AuditEvent.objects.filter(object_type__startswith="archive.").exclude(action__in=LOOKED).count()


def answers(client: Client, path: str) -> tuple[int, int]:
    return read(client.get(path)).status_code, read(client.post(path)).status_code


@pytest.mark.parametrize("role", OUTSIDERS)
def test_nothing_opens_for_whoever_has_the_role_on_another_unit(client, planted, role):
    sign_in(client, person(role, UnitFactory()))
    before = log()

    opened = [
        f"{path}: {found}" for path in of_one_thing(planted) for found in answers(client, path) if found not in CLOSED
    ]

    assert len(of_one_thing(planted)) > 60
    assert opened == []
    assert log() == before


def test_an_auditor_who_sees_it_all_changes_nothing(client, planted, unit):
    sign_in(client, person("auditor", unit.parent))
    before = log()

    for path in addresses(planted):
        client.post(path, {"reason": "x", "verdict": "hand_out", "act": "out_of_use", "handling": planted.pk})

    assert log() == before


STEPPED = (DiaryHandover, Disclosure, Disposal, ArchiveExport, Snapshot)


@pytest.mark.parametrize("model", STEPPED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("role", ["registrar", "auditor"])
def test_no_step_is_taken_from_another_unit_or_by_the_auditor(client, planted, unit, model: type[models.Model], role):
    sign_in(client, person(role, UnitFactory() if role == "registrar" else unit.parent))
    thing = model.objects.get()
    status = getattr(thing, model.lifecycle.field)

    for step in model.lifecycle.steps:
        answer = client.post(step_url(thing, step), {"reason": "x"})
        assert answer.status_code in CLOSED, step

    thing.refresh_from_db()
    assert getattr(thing, model.lifecycle.field) == status


@pytest.mark.parametrize("role", OUTSIDERS)
def test_what_everybody_may_read_is_written_by_nobody_from_another_unit(client, planted, role):
    sign_in(client, person(role, UnitFactory()))
    before = log()

    for path in addresses(planted):
        if path.startswith(FOR_ALL) and path != ADDS_ONLY:
            client.post(path, {"reason": "x", "name": "Nytt namn", "key": "nytt", "day": "2026-01-01"})

    assert log() == before


@pytest.mark.parametrize("role", OUTSIDERS)
def test_lists_and_their_files_hold_nothing_of_another_unit(client, planted, role):
    sign_in(client, person(role, UnitFactory()))
    lists = [path for path in addresses(planted) if not any(part.isdigit() for part in path.split("/"))]

    told = [f"{path}: {word}" for path in lists for end in ("", "?format=csv") for word in _said(client, path + end)]

    assert told == []


def _said(client: Client, path: str) -> list[str]:
    text = read(client.get(path)).whole.decode(errors="replace").lower()
    return [word for word in PLANTED if word.lower() in text]
