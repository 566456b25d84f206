"""Rounds of signing: a signature is taken back, an amendment asks only some, and a stale login signs nothing."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.models import ActivityPlan, Signature
from accounts.plans import amendment
from accounts.signatures import signature_blocks, signing
from governance import followups
from governance.models import AuditEvent, Notice
from governance.workflow import Refused, perform
from tests.accounts import factories
from tests.accounts.factories import REASON, digest_of
from tests.factories import UserFactory
from tests.login import sign_in

DRAFT, SIGNING, APPROVED = ActivityPlan.Status.DRAFT, ActivityPlan.Status.SIGNING, ActivityPlan.Status.APPROVED


# --- Taking a signature back -----------------------------------------------------------------------------
def test_a_signature_that_is_taken_back_restarts_the_round(gullspang):
    plan = factories.signed(gullspang)
    first = plan.sealed

    perform(plan, "withdraw_signature", by=gullspang.staff[0], reason=REASON)

    assert plan.status == DRAFT
    assert first.signatures.count() == 2
    plan = factories.submitted(gullspang, plan)
    assert len(signing.waiting(plan)) == 2


def test_taking_it_back_needs_a_reason(gullspang):
    with pytest.raises(Refused, match="motivering"):
        perform(factories.signed(gullspang), "withdraw_signature", by=gullspang.staff[0], reason=" ")


def test_only_who_has_signed_in_this_round_takes_it_back(gullspang):
    plan = factories.submitted(gullspang)
    actions.sign_plan(plan, by=gullspang.staff[0], digest=digest_of(plan))

    with pytest.raises(Refused, match="inte undertecknat"):
        perform(plan, "withdraw_signature", by=gullspang.staff[1], reason=REASON)
    with pytest.raises(PermissionDenied):
        perform(plan, "withdraw_signature", by=gullspang.manager, reason=REASON)
    perform(plan, "recall", by=gullspang.proposer, reason=REASON)
    plan = factories.submitted(gullspang, plan)
    with pytest.raises(Refused, match="inte undertecknat"):
        perform(plan, "withdraw_signature", by=gullspang.staff[0], reason=REASON)


def test_a_plan_in_force_has_no_signature_to_take_back(gullspang):
    with pytest.raises(Refused, match="läget är"):
        perform(factories.approved(gullspang), "withdraw_signature", by=gullspang.staff[0], reason=REASON)


def test_the_button_is_offered_to_whoever_has_signed_and_to_nobody_else(gullspang):
    plan = factories.submitted(gullspang)
    actions.sign_plan(plan, by=gullspang.staff[0], digest=digest_of(plan))

    def offered(user):
        context = sign_in(Client(), user).get(plan.get_absolute_url()).context
        return "withdraw_signature" in [step["name"] for step in context["steps"]]

    assert offered(gullspang.staff[0])
    assert not offered(gullspang.staff[1])
    assert not offered(gullspang.manager)


def test_the_author_and_the_other_signers_are_told_and_the_reason_stands_on_the_page(gullspang):
    plan = factories.signed(gullspang)
    followups.run_owed()

    perform(plan, "withdraw_signature", by=gullspang.staff[0], reason="Jag ska sluta")
    followups.run_owed()

    told = Notice.objects.filter(key__contains=":withdrawn:")
    assert {notice.user for notice in told} == {gullspang.proposer, gullspang.staff[1]}
    assert not any("Jag ska sluta" in notice.body or "Utsedd" in notice.body for notice in told)
    page = sign_in(Client(), gullspang.proposer).get(plan.get_absolute_url()).content.decode()
    assert "tog tillbaka sin underskrift" in page
    assert "Jag ska sluta" in page


# --- Amendments ------------------------------------------------------------------------------------------
def amended(town, people=None, **changed):
    """The next version of a plan in force, laid before its signers."""
    plan = amendment.begin(factories.opened(town), by=town.manager)
    facts = {name: getattr(plan, name) for name in factories.SAID} | changed
    duties = factories.team(plan, people or town.staff)
    goals = [factories.drafts.GoalRow(**factories.GOAL, series=goal.series) for goal in plan.goals.all()]
    plan = actions.save_draft(plan, by=town.manager, fields=facts, people=duties, goals=goals)
    return perform(plan, "submit", by=town.manager)


def test_a_new_person_signs_and_the_others_earlier_signatures_stand(gullspang):
    new = UserFactory(name="Ny Person")
    plan = amended(gullspang, people=[gullspang.staff[0], new, *gullspang.staff[2:]])

    assert [place.user for place in signing.waiting(plan)] == [new]
    stands = next(place for place in signing.places(plan) if place.user == gullspang.staff[0])
    assert stands.signature.sealed.plan.version == 1
    notes = [line.note for block in signature_blocks.of(plan) for line in block.lines if line.note]
    assert notes == ["Underskriften på version 1 gäller fortfarande."]


def test_the_manager_always_approves_and_the_signature_of_version_one_still_stands_two_versions_on(gullspang):
    new, newer = UserFactory(name="Ny Person"), UserFactory(name="Nyare Person")
    first = amended(gullspang, people=[gullspang.staff[0], new, *gullspang.staff[2:]])
    factories.approved(gullspang, first)
    plan = amendment.begin(first.account, by=gullspang.manager)
    facts = {name: getattr(plan, name) for name in factories.SAID}
    goals = [factories.drafts.GoalRow(**factories.GOAL, series=goal.series) for goal in plan.goals.all()]
    people = factories.team(plan, [gullspang.staff[0], newer, *gullspang.staff[2:]])
    actions.save_draft(plan, by=gullspang.manager, fields=facts, people=people, goals=goals)

    plan = perform(plan, "submit", by=gullspang.manager)

    assert [place.user for place in signing.waiting(plan)] == [newer]
    stands = next(place for place in signing.places(plan) if place.user == gullspang.staff[0])
    assert stands.signature.sealed.plan.version == 1
    assert signing.approval_places(plan)[0].signature is None


def test_where_a_point_of_substance_changes_everyone_signs_again(gullspang):
    plan = amended(gullspang, purpose="Något helt annat, för andra läsare och med nya mål")

    assert {place.user for place in signing.waiting(plan)} == set(gullspang.staff[:2])


# --- A fresh login ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["plan-sign", "plan-approve"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_is_signed_or_approved_with_a_stale_login(gullspang, page, method):
    plan = factories.submitted(gullspang) if page == "plan-sign" else factories.signed(gullspang)
    user = gullspang.staff[0] if page == "plan-sign" else gullspang.manager
    before = Signature.objects.count()
    url = reverse(f"accounts:{page}", args=[plan.pk])

    response = getattr(sign_in(Client(), user, fresh=False), method)(url, {"digest": digest_of(plan)})

    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert Signature.objects.count() == before


def test_after_the_password_the_page_is_there_and_signing_works(gullspang):
    plan = factories.submitted(gullspang)
    url = reverse("accounts:plan-sign", args=[plan.pk])
    client = sign_in(Client(), gullspang.staff[0], fresh=False)

    page = client.post(client.get(url)["Location"], {"password": "hemligt", "next": url}, follow=True)
    client.post(url, {"digest": digest_of(plan)})

    assert "Din underskrift" in page.content.decode()
    assert plan.sealed.signatures.get().user == gullspang.staff[0]


def test_a_number_that_was_typed_is_kept_while_the_login_is_proved(town):
    plan = factories.submitted(town)
    url = reverse("accounts:plan-approve", args=[plan.pk])
    client = sign_in(Client(), town.manager, fresh=False)

    client.post(url, {"digest": digest_of(plan), "number-medium": "KS 2026/17"})
    page = client.post(
        reverse("account_reauthenticate"), {"password": "hemligt", "next": url}, follow=True
    ).content.decode()

    assert "KS 2026/17" in page
    assert ActivityPlan.objects.get(pk=plan.pk).status == SIGNING
    assert not AuditEvent.objects.filter(action="activityplan.approve").exists()
