"""Workflow: one door for every step, refused by table, permission, guard or the database."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction

from governance import audit, policies_in_force, workflow
from governance.models import AuditEvent, PolicyVersion
from governance.policy.reader import shipped
from governance.workflow import Lifecycle, Refused, Step, perform
from tests.factories import adopted, person


def loaded() -> PolicyVersion:
    return policies_in_force.load(shipped()["lekeberg"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("communications_officer", True),
        ("manager", False),
        ("employee", False),
        ("registrar", False),
        ("security_coordinator", False),
        ("auditor", False),
        ("system_administrator", False),
    ],
)
def test_only_the_communications_officer_adopts_a_policy(role, may):
    version, by = loaded(), person(role)

    if not may:
        with pytest.raises(PermissionDenied):
            policies_in_force.adopt(version, by=by, decision="KS § 1")
        return
    policies_in_force.adopt(version, by=by, decision="KS § 1")

    assert PolicyVersion.objects.current() == version
    assert version.adopted_by == by
    assert version.decision == "KS § 1"


@pytest.mark.django_db
def test_a_step_writes_its_event_in_the_same_transaction():
    version = adopted()

    event = AuditEvent.objects.get(action="policyversion.adopt")
    assert event.object_id == version.pk
    assert event.data["from"] == "loaded"
    assert event.data["to"] == "adopted"


@pytest.mark.django_db
def test_a_step_from_the_wrong_status_is_refused_and_says_where_it_stands():
    version = adopted()

    with pytest.raises(Refused, match="Antagen"):
        policies_in_force.adopt(version, by=person("communications_officer"), decision="KS § 2")


@pytest.mark.django_db
def test_a_step_that_asks_for_a_reason_is_refused_without_one():
    with pytest.raises(Refused, match="motivering"):
        perform(loaded(), "adopt", by=person("communications_officer"), reason="  ")


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"status": "loaded"}, {"title": "En annan"}, {"source": "x"}])
def test_an_adopted_policy_can_never_change_not_even_past_the_application(change):
    version = adopted()

    with pytest.raises(InternalError), transaction.atomic():
        PolicyVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        version.delete()


def test_a_table_with_one_name_for_two_steps_is_refused_at_import():
    step = Step("go", {"a"}, "b", "Gå", "see_policy")

    with pytest.raises(ValueError, match="named twice"):
        Lifecycle("status", step, step)


def test_every_step_of_every_model_has_a_sentence_and_every_guard_exists():
    assert workflow.check_lifecycles(None) == []


def test_every_lifecycle_is_kept_by_the_database_too():
    for model in workflow.models_with_lifecycle():
        names = {trigger.name for trigger in model._meta.triggers}
        assert any(name.endswith("_fsm") for name in names), model


def test_every_registered_sentence_can_be_said_with_nothing_known():
    for action in audit.sentences:
        assert audit.sentence(AuditEvent(action=action, data={}), None)
