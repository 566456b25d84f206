"""What needs nobody's signature (R-PLAN-11), and what pretends to; and a draft that meets a newer policy."""

import json

import pytest

from accounts.models import ActivityPlan, Duty
from accounts.plans import amendment, corrections, drafts
from accounts.signatures import signing
from governance.workflow import Refused
from tests.accounts import factories
from tests.accounts.test_amendment import goal, open_version, save
from tests.factories import adopted

Status = ActivityPlan.Status


# --- Put right without a signature -----------------------------------------------------------------------
def test_contact_details_are_put_right_in_the_plan_in_force_and_in_the_version_being_written(gullspang):
    plan = open_version(gullspang)
    base = plan.amends
    duty = base.duties.filter(kind="administrator").first()

    count = corrections.contacts(base, by=gullspang.manager, ways={duty.pk: ("ny@kommun.example", "070-9")})

    assert count == 1
    now = ("ny@kommun.example", "070-9")
    assert Duty.objects.filter(pk=duty.pk).values_list("email", "phone").get() == now
    assert plan.duties.filter(kind="administrator", person=duty.person).values_list("email", "phone").get() == now
    assert [each.email for each in corrections.reached_otherwise(base)] == ["ny@kommun.example"]
    assert json.loads(base.sealed.content)["duties"] != []


def test_a_spelling_is_published_without_signatures_by_communications_and_the_signatures_stand(gullspang):
    plan = save(open_version(gullspang), gullspang, purpose="Tipsa om böcker!")
    signed = list(plan.amends.sealed.signatures.values_list("user", "statement_key").order_by("pk"))

    plan = corrections.publish(plan, by=gullspang.officer, reason="Skiljetecken")

    assert plan.status == Status.APPROVED
    assert plan.account.plans.in_force().get() == plan
    assert not plan.sealed.signatures.exists()
    assert [(p.user.pk, p.statement_key) for p in signing.places(plan)] == signed[:-1]
    assert all(place.signature for place in [*signing.places(plan), *signing.approval_places(plan)])
    assert Duty.objects.in_force().filter(plan=plan).count() == plan.duties.count()


@pytest.mark.parametrize(
    "changed",
    [
        {"purpose": "Sälja böcker"},
        {"purpose": "Tipsa inte om böcker"},
        {"watch_times": "9–16"},
        {"watch_days": [1]},
        {"address_planned": "https://www.facebook.com/bibliotekeet"},
        {"mission": ""},
    ],
)
def test_more_than_spelling_is_not_published_without_signatures(gullspang, changed):
    plan = save(open_version(gullspang), gullspang, **changed)

    with pytest.raises(Refused, match="mer än stavning"):
        corrections.publish(plan, by=gullspang.officer, reason="Rättat")


def test_a_person_a_goals_figure_or_nothing_at_all_is_no_correction(gullspang):
    plan = open_version(gullspang)
    series = plan.goals.get().series
    with pytest.raises(Refused, match="inget att rätta"):
        corrections.publish(plan, by=gullspang.officer, reason="Rättat")

    drafts.save(plan, by=gullspang.officer, fields={}, people={}, goals=[goal(series=series, target="6 procent fler")])
    with pytest.raises(Refused, match="mer än stavning"):
        corrections.publish(plan, by=gullspang.officer, reason="Rättat")


def test_a_first_version_is_never_published_as_a_correction(gullspang):
    with pytest.raises(Refused, match="Bara en plan som gäller"):
        corrections.publish(factories.written(gullspang), by=gullspang.officer, reason="Rättat")


# --- A newer policy --------------------------------------------------------------------------------------
def test_a_draft_keeps_its_policy_until_its_writer_chooses_the_new_one(gullspang):
    plan = factories.written(gullspang)
    newer = adopted("lekeberg")
    assert amendment.newer_policy(plan) == newer

    plan = amendment.rewrite(plan, by=gullspang.proposer)

    assert plan.policy_version == newer
    assert plan.purpose == "Tipsa om böcker"
    assert set(plan.duties.values_list("kind", flat=True)) <= {rule.kind for rule in plan.rules.duties}
    with pytest.raises(Refused, match="följer redan"):
        amendment.rewrite(plan, by=gullspang.proposer)
