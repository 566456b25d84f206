"""The one page for every step: 404, 403, a refusal that is said, and a reason that is kept."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from governance import policies_in_force
from governance.models import AuditEvent, PolicyVersion
from governance.policy.reader import shipped
from governance.workflow import Lifecycle, Refused, Step
from tests.factories import UserFactory, person

pytestmark = pytest.mark.django_db
Status = PolicyVersion.Status
STAMP = "governance.policies_in_force.stamp_adoption"


def refuse(obj, by):
    raise Refused("Minst två personer behövs (Gullspång avsnitt 3).")


def stamp_and_leave(obj, by, reason):
    policies_in_force.stamp_adoption(obj, by, reason)
    by.roles.all().delete()


def step(effect=STAMP, **fields) -> Step:
    return Step("adopt", {Status.LOADED}, Status.ADOPTED, "Anta policyn", "adopt_policy", effect=effect, **fields)


@pytest.fixture
def lifecycle(monkeypatch):
    """Let a policy be adopted by a button, as other models' steps are."""

    def of(*steps: Step) -> None:
        monkeypatch.setattr(PolicyVersion, "lifecycle", Lifecycle("status", *steps))

    of(step())
    return of


@pytest.fixture
def version() -> PolicyVersion:
    return policies_in_force.load(shipped()["norsjo"])


def address(version, name="adopt", label="governance.policyversion"):
    return reverse("governance:step-perform", args=[label, version.pk, name])


def log_in(client, role="communications_officer"):
    client.force_login(person(role))


def test_a_step_is_taken_and_leads_back_to_the_object(client, lifecycle, version):
    log_in(client)

    response = client.post(address(version), follow=True)

    version.refresh_from_db()
    assert version.status == Status.ADOPTED
    assert response.redirect_chain[-1][0] == version.get_absolute_url()
    assert "Läget är nu ”Antagen”" in response.content.decode()
    assert AuditEvent.objects.filter(action="policyversion.adopt").count() == 1


def test_whoever_may_not_see_the_object_after_the_step_goes_on_to_the_start_page(client, lifecycle, version):
    lifecycle(step(effect="tests.governance.test_step_view.stamp_and_leave"))
    log_in(client)

    response = client.post(address(version), follow=True)

    assert response.redirect_chain[-1][0] == reverse("governance:start-show")
    assert "Läget är nu ”Antagen”" in response.content.decode()


def test_what_one_may_not_see_is_not_there(client, lifecycle, version):
    client.force_login(UserFactory())

    assert client.post(address(version)).status_code == 404
    assert client.get(address(version)).status_code == 404


@pytest.mark.parametrize("role", ["manager", "employee", "registrar", "auditor", "system_administrator"])
def test_what_one_may_not_do_is_forbidden(client, lifecycle, version, role):
    log_in(client, role)

    assert client.post(address(version)).status_code == 403
    assert client.get(address(version)).status_code == 403
    version.refresh_from_db()
    assert version.status == Status.LOADED


def test_an_unknown_step_model_or_object_is_not_there(client, lifecycle, version):
    log_in(client)

    assert client.post(address(version, name="explode")).status_code == 404
    assert client.post(address(version, label="auth.permission")).status_code == 404
    assert client.post(address(version, label="nonsense")).status_code == 404
    assert client.post(address(PolicyVersion(pk=0))).status_code == 404


def test_a_step_with_a_page_of_its_own_is_not_taken_here(client, lifecycle, version):
    lifecycle(step(button=False))
    log_in(client)

    assert client.post(address(version)).status_code == 404


def test_a_refusal_is_said_and_nothing_changes(client, lifecycle, version):
    lifecycle(step(guard="tests.governance.test_step_view.refuse"))
    log_in(client)

    response = client.post(address(version), follow=True)

    version.refresh_from_db()
    assert version.status == Status.LOADED
    assert "Minst två personer behövs (Gullspång avsnitt 3)." in response.content.decode()


def test_a_step_taken_twice_says_where_the_object_stands(client, lifecycle, version):
    log_in(client)
    client.post(address(version))

    again = client.post(address(version), follow=True)
    asked = client.get(address(version), follow=True)

    assert "läget är ”Antagen”" in again.content.decode()
    assert "läget är ”Antagen”" in asked.content.decode()
    assert AuditEvent.objects.filter(action="policyversion.adopt").count() == 1


def test_a_step_that_asks_for_a_reason_has_a_page_for_it(client, lifecycle, version):
    lifecycle(step(asks_reason=True))
    log_in(client)

    page = client.get(address(version)).content.decode()

    assert 'name="reason"' in page
    assert "Motivering" in page


def test_a_step_without_its_reason_is_not_taken_and_the_page_says_so(client, lifecycle, version):
    lifecycle(step(asks_reason=True))
    log_in(client)

    response = client.post(address(version), {"reason": "   "})

    version.refresh_from_db()
    assert "Skriv en motivering." in response.content.decode()
    assert version.status == Status.LOADED


def test_a_refused_step_keeps_the_reason_that_was_written(client, lifecycle, version):
    lifecycle(step(asks_reason=True, guard="tests.governance.test_step_view.refuse"))
    log_in(client)

    page = client.post(address(version), {"reason": "Vi har väntat länge på detta."}).content.decode()

    assert "Vi har väntat länge på detta." in page
    assert "Minst två personer behövs" in page


def test_a_reason_that_is_too_long_is_kept_too(client, lifecycle, version):
    lifecycle(step(asks_reason=True))
    log_in(client)

    page = client.post(address(version), {"reason": "ä" * 1001}).content.decode()

    assert "ä" * 1001 in page


def test_the_steps_tag_shows_only_what_the_reader_may_do_now(lifecycle, version):
    officer, employee = person("communications_officer"), person("employee")

    assert "Anta policyn" in buttons(version, officer)
    assert address(version) in buttons(version, officer)
    assert "csrfmiddlewaretoken" in buttons(version, officer)
    assert "Anta policyn" not in buttons(version, employee)


def buttons(version, user) -> str:
    request = RequestFactory().get("/")
    request.user = user
    template = Template("{% load workflow %}{% steps obj %}")
    return template.render(Context({"obj": version, "request": request, "csrf_token": "token"}))
