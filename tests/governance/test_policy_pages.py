"""The policy in its versions: read, loaded, adopted, adopted again."""

import pytest
from django.urls import reverse

from governance import policies_in_force
from governance.models import AuditEvent, PolicyVersion
from governance.policy.reader import PolicyRefused, shipped
from tests.factories import UnitFactory, UserFactory, adopted, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = person("communications_officer")
    client.force_login(user)
    return user


def load(key="gullspang") -> PolicyVersion:
    return policies_in_force.load(shipped()[key])


def adopt_url(version) -> str:
    return reverse("governance:policy-adopt", args=[version.pk])


def test_a_policy_is_adopted_under_its_decision(client, officer):
    version = load()

    response = client.post(adopt_url(version), {"decision": "KF 2026-11-20 § 52"}, follow=True)

    current = PolicyVersion.objects.current()
    assert (current, current.decision, current.adopted_by) == (version, "KF 2026-11-20 § 52", officer)
    assert "Policyn är antagen och gäller från nu." in response.content.decode()
    assert AuditEvent.objects.filter(action="policyversion.adopt", object_id=version.pk).exists()


def test_a_policy_is_not_adopted_without_its_decision(client, officer):
    version = load()

    page = client.post(adopt_url(version), {"decision": "  "}).content.decode()

    assert "Ange beslutet som policyn antas genom." in page
    assert PolicyVersion.objects.current() is None


def test_a_decision_that_is_too_long_is_kept_as_typed(client, officer):
    page = client.post(adopt_url(load()), {"decision": "x" * 201}).content.decode()

    assert "x" * 201 in page
    assert PolicyVersion.objects.current() is None


def test_the_page_says_what_is_replaced_and_what_differs(client, officer):
    before = adopted("lekeberg")

    response = client.get(adopt_url(load("norsjo")))

    changed = {change.title for change in response.context["changes"]}
    assert before.title in response.content.decode()
    assert {"Uppsikt", "Svar", "Ögonblicksbilder"} <= changed


def test_a_policy_that_held_before_can_hold_again_as_a_new_version(client, officer):
    first = adopted("lekeberg")
    adopted("norsjo")

    client.post(adopt_url(first), {"decision": "KS § 3"})

    current = PolicyVersion.objects.current()
    assert current.key == "lekeberg"
    assert current.number > first.number
    assert current.sha256 == first.sha256
    first.refresh_from_db()
    assert first.decision == "KS § 1"


def test_what_holds_already_is_not_adopted_again(client, officer):
    current = adopted()

    response = client.post(adopt_url(current), {"decision": "KS § 9"}, follow=True)

    assert "Den här policyn gäller redan." in response.content.decode()
    assert PolicyVersion.objects.current() == current


@pytest.mark.parametrize("role", ["manager", "employee", "registrar", "security_coordinator", "auditor"])
def test_others_may_read_a_policy_and_not_adopt_or_load_one(client, role):
    version = load()
    client.force_login(person(role))

    assert client.get(version.get_absolute_url()).status_code == 200
    assert client.get(reverse("governance:policy-list")).status_code == 200
    assert client.post(adopt_url(version), {"decision": "KS § 1"}).status_code == 403
    assert client.post(reverse("governance:policy-load"), {"policy": "norsjo"}).status_code == 403
    assert PolicyVersion.objects.current() is None


def test_somebody_without_a_role_does_not_see_the_policy(client):
    version = load()
    client.force_login(UserFactory())

    assert client.get(version.get_absolute_url()).status_code == 404
    assert client.get(reverse("governance:policy-list")).status_code == 403


def test_a_shipped_policy_is_loaded_and_waits_to_be_adopted(client, officer):
    response = client.post(reverse("governance:policy-load"), {"policy": "lidingo"}, follow=True)

    version = PolicyVersion.objects.get(key="lidingo")
    assert response.redirect_chain[-1][0] == version.get_absolute_url()
    assert version.status == PolicyVersion.Status.LOADED
    assert AuditEvent.objects.get(action="policyversion.load").actor_id == officer.pk


def test_a_policy_that_is_not_shipped_is_not_loaded(client, officer):
    page = client.post(reverse("governance:policy-load"), {"policy": "../../etc/passwd"})

    assert page.status_code == 200
    assert not PolicyVersion.objects.exists()


def test_a_file_with_a_problem_is_refused_with_the_problem(client, officer, monkeypatch):
    def refused(path, by):
        raise PolicyRefused(["lidingo.toml: oversight.per_day: väntade minst 1, fick -1"])

    monkeypatch.setattr(policies_in_force, "load", refused)

    page = client.post(reverse("governance:policy-load"), {"policy": "lidingo"}).content.decode()

    assert "oversight.per_day: väntade minst 1, fick -1" in page


def test_the_list_says_which_one_holds(client, officer):
    adopted("gullspang")
    current = adopted("norsjo")
    load("lidingo")

    response = client.get(reverse("governance:policy-list"))

    page = response.content.decode()
    assert response.context["current"] == current
    assert page.count("Gäller nu") == 1
    assert "Har gällt" in page
    assert "Inläst, inte antagen" in page


def test_without_a_policy_the_list_says_what_to_do(client, officer):
    page = client.get(reverse("governance:policy-list")).content.decode()

    assert "Ingen policy är inläst" in page
    assert "Läs in en policy" in page


def test_an_officer_of_one_unit_reads_the_policy_and_neither_adopts_nor_loads_one(client):
    version = adopted()
    client.force_login(person("communications_officer", UnitFactory()))

    page = client.get(reverse("governance:policy-show", args=[version.pk]))

    assert page.status_code == 200
    assert not page.context["may_adopt"]
    assert client.post(reverse("governance:policy-adopt", args=[version.pk]), {"decision": "x"}).status_code == 403
    assert client.get(reverse("governance:policy-load")).status_code == 403
