"""Decisions by delegation: their numbers are asked for, may wait, can be put right, and are printed."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.models import ActivityPlan, DelegationDecision
from accounts.signatures import delegation, signature_blocks
from governance import rules
from governance.models import AuditEvent, Finding
from governance.workflow import Refused
from tests.accounts import factories
from tests.accounts.factories import FIVE, digest_of
from tests.login import sign_in

NUMBERS = {"medium": "KS 2026/17", "speakers": "KS 2026/18"}


def url(name: str, plan: ActivityPlan) -> str:
    return reverse(f"accounts:{name}", args=[plan.pk])


def findings(plan: ActivityPlan) -> list[Finding]:
    rules.evaluate(plan)
    return list(Finding.objects.filter(rule="PLAN-3-NUMBER", subject_id=plan.pk).order_by("key"))


@pytest.mark.django_db
@pytest.mark.parametrize("key", FIVE)
def test_only_lekeberg_decides_by_delegation(key):
    town = factories.town(key)

    asked = [each.key for each in delegation.statements(factories.begun(town))]

    assert asked == (["medium", "speakers"] if key == "lekeberg" else [])


def test_numbers_are_asked_for_at_approval_and_saved_with_it(town):
    plan = factories.submitted(town)
    client = sign_in(Client(), town.manager)

    page = client.get(url("plan-approve", plan)).content.decode()
    client.post(
        url("plan-approve", plan),
        {"digest": digest_of(plan), **{f"number-{key}": number for key, number in NUMBERS.items()}},
    )

    assert "Nummer på delegationsbeslutet" in page
    assert {key: row.number for key, row in delegation.entered(plan).items()} == NUMBERS
    assert {row.entered_by for row in DelegationDecision.objects.all()} == {town.manager}
    assert [block.number.number for block in signature_blocks.of(ActivityPlan.objects.get(pk=plan.pk))] == list(
        NUMBERS.values()
    )


def test_they_may_be_left_until_known_and_are_a_finding_till_then(town):
    plan = factories.approved(town)

    found = findings(plan)

    assert [each.key for each in found] == ["medium", "speakers"]
    assert found[0].clause == "Lekeberg 5"
    assert found[0].url == url("plan-numbers", plan)
    assert town.officer in found[0].responsible.all()
    delegation.enter(plan, by=town.officer, numbers={"medium": "KS 2026/17"})
    assert [each.key for each in findings(plan)] == ["speakers"]
    delegation.enter(plan, by=town.officer, numbers=NUMBERS)
    assert findings(plan) == []


def test_a_number_is_put_right_with_who_and_when_and_the_old_one_stays(town):
    plan = factories.approved(town)
    delegation.enter(plan, by=town.manager, numbers={"medium": "KS 2026/71"})
    client = sign_in(Client(), town.officer, fresh=False)

    form = client.get(url("plan-numbers", plan)).content.decode()
    client.post(url("plan-numbers", plan), {"number-medium": "KS 2026/17"})
    page = client.get(plan.get_absolute_url()).content.decode()
    history = client.get(url("plan-numbers", plan)).content.decode()

    assert 'value="KS 2026/71"' in form
    assert "KS 2026/17" in page
    assert "skrevs in av Kommunikatören" in page
    assert "KS 2026/71" in history
    assert AuditEvent.objects.filter(action="activityplan.enter_number").count() == 2


def test_the_same_number_again_or_nothing_writes_nothing(town):
    plan = factories.approved(town)
    delegation.enter(plan, by=town.manager, numbers=NUMBERS)

    assert delegation.enter(plan, by=town.manager, numbers={**NUMBERS, "speakers": "", "annat": "1"}) == 0


def test_a_number_on_several_lines_is_refused_and_kept_in_the_form(town):
    plan = factories.approved(town)

    page = sign_in(Client(), town.officer).post(url("plan-numbers", plan), {"number-medium": "KS\u2028 17"})

    assert "på en rad" in page.content.decode()
    assert not DelegationDecision.objects.exists()


def test_a_plan_that_is_not_approved_takes_no_number(town):
    with pytest.raises(Refused, match="när planen är godkänd"):
        delegation.enter(factories.submitted(town), by=town.manager, numbers=NUMBERS)


@pytest.mark.parametrize(
    ("role", "status"), [("manager", 200), ("officer", 200), ("auditor", 403), ("registrar", 403), ("outsider", 404)]
)
def test_who_enters_numbers(town, role, status):
    plan = factories.approved(town)

    assert sign_in(Client(), getattr(town, role)).get(url("plan-numbers", plan)).status_code == status


def test_a_policy_without_delegation_asks_for_nothing(gullspang):
    plan = factories.approved(gullspang)

    response = sign_in(Client(), gullspang.officer).get(url("plan-numbers", plan))

    assert response["Location"] == plan.get_absolute_url()
    assert findings(plan) == []


def test_the_approval_and_its_numbers_are_one(town, monkeypatch):
    plan = factories.submitted(town)
    monkeypatch.setattr(delegation, "enter", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        actions.approve_plan(plan, by=town.manager, digest=digest_of(plan), numbers=NUMBERS)

    assert ActivityPlan.objects.get(pk=plan.pk).status == ActivityPlan.Status.SIGNING
