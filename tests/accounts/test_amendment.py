"""Changing a plan in force (R-PLAN-11): the old version holds until the new one is approved, and who signs again."""

import json
from datetime import date

import pytest

from accounts import actions
from accounts.models import Account, ActivityPlan, Duty
from accounts.plans import amendment, drafts
from accounts.signatures import signing
from governance import access, clock
from governance.workflow import Refused, perform
from tests.accounts import factories
from tests.accounts.factories import GOAL, REASON, Town, digest_of
from tests.factories import UserFactory, adopted

Status = ActivityPlan.Status


def open_version(town: Town) -> ActivityPlan:
    """The draft of the second version of an account that is open."""
    return amendment.begin(factories.opened(town), by=town.officer)


def save(plan: ActivityPlan, town: Town, people=None, **fields) -> ActivityPlan:
    return drafts.save(plan, by=town.officer, fields=fields, people=people or {})


def sign_all(plan: ActivityPlan, town: Town) -> ActivityPlan:
    plan = perform(plan, "submit", by=town.officer)
    for user in dict.fromkeys(place.user for place in signing.waiting(plan)):
        actions.sign_plan(plan, by=user, digest=digest_of(plan))
    return actions.approve_plan(plan, by=town.manager, digest=digest_of(plan))


def goal(**changed) -> drafts.GoalRow:
    return drafts.GoalRow(**{**GOAL, **changed})


def test_the_next_version_begins_as_a_copy_of_the_one_in_force(gullspang):
    account = factories.opened(gullspang)
    base = account.plans.get()

    plan = amendment.begin(account, by=gullspang.officer)

    assert (plan.version, plan.status, plan.amends) == (2, Status.DRAFT, base)
    assert amendment.changes(plan).nothing
    facts = ("kind", "person", "email", "phone")
    assert list(plan.duties.values_list(*facts)) == list(base.duties.values_list(*facts))
    assert list(plan.goals.values_list("series", *GOAL)) == list(base.goals.values_list("series", *GOAL))
    assert not plan.duties.exclude(valid_from=None).exists()


def test_the_old_version_stays_in_force_and_the_account_active_while_the_new_one_is_written_and_signed(gullspang):
    plan = save(open_version(gullspang), gullspang, purpose="Något helt annat än förut")
    perform(plan, "submit", by=gullspang.officer)

    account = Account.objects.get(pk=plan.account_id)
    assert account.status == Account.Status.ACTIVE
    assert account.plans.in_force().get().version == 1
    assert access.can(gullspang.staff[0], "watch", account)


def test_beginning_twice_answers_the_same_draft(gullspang):
    plan = open_version(gullspang)

    assert amendment.begin(plan.account, by=gullspang.manager) == plan


def test_an_approved_version_takes_the_place_of_the_one_before_and_the_account_stays_active(gullspang):
    plan = sign_all(save(open_version(gullspang), gullspang, purpose="Något helt annat än förut"), gullspang)

    account = Account.objects.get(pk=plan.account_id)
    assert account.status == Account.Status.ACTIVE
    assert account.plans.in_force().get() == plan
    assert account.plans.get(version=1).status == Status.SUPERSEDED
    assert account.plans.get(version=1).sealed.signatures.exists()


def test_who_stays_keeps_the_mission_from_before_who_leaves_loses_it_and_who_is_new_begins_today(
    gullspang, time_machine
):
    account = factories.opened(gullspang)
    begun = Duty.objects.in_force().filter(account=account).first().valid_from
    first, second, new = gullspang.staff[0], gullspang.staff[1], UserFactory(name="Ny")
    plan = amendment.begin(account, by=gullspang.officer)
    time_machine.move_to("2027-02-01 10:00")
    people = {"administrator": [(first, first.email, "1"), (new, new.email, "2")]}

    sign_all(save(plan, gullspang, people=people), gullspang)

    held = Duty.objects.in_force().filter(account=account, kind="administrator")
    assert {duty.person: duty.valid_from for duty in held} == {first: begun, new: date(2027, 2, 1)}
    assert held.get(person=first).mission_by == gullspang.manager
    left = Duty.objects.get(account=account, kind="administrator", person=second, valid_from__isnull=False)
    assert left.valid_to == date(2027, 2, 1)
    assert access.can(new, "watch", account)
    assert not access.can(second, "edit_plan", account)


@pytest.mark.parametrize(
    "changed",
    [
        {"purpose": "Något helt annat än förut"},
        {"address_planned": "https://www.facebook.com/annat"},
        {"watch_days": [1, 7]},
        {"watch_on_holidays": True},
        {"watch_times": "8–17"},
        {"hours_per_week": 9},
        {"updates_per_week": 9},
        {"target_group": "Bara de som fyllt sjuttio"},
    ],
)
def test_a_change_of_substance_is_signed_by_everyone(gullspang, changed):
    plan = save(open_version(gullspang), gullspang, **changed)

    assert amendment.who_signs(plan) is None
    assert {place.user for place in signing.waiting(perform(plan, "submit", by=gullspang.officer))} == {
        duty.person for duty in plan.duties.filter(kind="administrator")
    }


def test_a_goal_that_is_another_is_signed_by_everyone(gullspang):
    plan = open_version(gullspang)
    series = plan.goals.get().series

    plan = drafts.save(
        plan, by=gullspang.officer, fields={}, people={}, goals=[goal(series=series, target="9 procent")]
    )

    assert amendment.who_signs(plan) is None


def test_only_who_is_new_in_a_duty_signs_and_the_manager_approves(gullspang):
    plan = open_version(gullspang)
    new = UserFactory(name="Ny")
    named = [(duty.person, duty.email, duty.phone) for duty in plan.duties.filter(kind="administrator")]

    plan = save(plan, gullspang, people={"administrator": [*named, (new, new.email, new.phone)]})

    assert amendment.who_signs(plan) == {new.pk}
    plan = perform(plan, "submit", by=gullspang.officer)
    assert [place.user for place in signing.waiting(plan)] == [new]


def test_where_somebody_leaves_only_the_manager_approves(gullspang):
    plan = open_version(gullspang)
    new = gullspang.staff[3]
    plan = save(plan, gullspang, people={"operator": []})
    assert amendment.who_signs(plan) == set()

    plan = save(plan, gullspang, people={"operator": [(new, new.email, new.phone)]})

    assert amendment.who_signs(plan) == {new.pk}


def test_telephone_mail_and_spelling_ask_nobody_again(gullspang):
    plan = open_version(gullspang)
    named = [(duty.person, "ny@kommun.example", "070-9") for duty in plan.duties.filter(kind="administrator")]

    plan = save(plan, gullspang, people={"administrator": named}, purpose="Tipsa om böker")

    assert amendment.who_signs(plan) == set()
    assert amendment.changes(plan).only_small


def test_a_first_version_is_signed_by_everyone(gullspang):
    assert amendment.who_signs(factories.written(gullspang)) is None


def test_a_policy_with_other_words_to_sign_is_signed_by_everyone(gullspang):
    account = factories.opened(gullspang)
    adopted("lekeberg")

    plan = amendment.begin(account, by=gullspang.officer)

    assert plan.policy_version.key == "lekeberg"
    assert amendment.who_signs(plan) is None


def test_the_seal_names_what_is_changed_and_on_which_signatures_the_version_stands(gullspang):
    plan = open_version(gullspang)
    new = UserFactory(name="Ny")
    named = [(duty.person, duty.email, duty.phone) for duty in plan.duties.filter(kind="administrator")]
    plan = save(plan, gullspang, people={"administrator": [*named, (new, new.email, new.phone)]})

    sealed = json.loads(perform(plan, "submit", by=gullspang.officer).sealed.content)["amends"]

    assert (sealed["version"], sealed["sha256"]) == (1, plan.amends.sealed.digest)
    assert sealed["came"] == [{"kind": "administrator", "name": "Ny"}]
    assert sealed["signed_by"] == [new.pk]
    assert sealed["stands_on"] == [{"version": 1, "sha256": plan.amends.sealed.digest}]


def test_a_version_that_is_laid_before_its_signers_again_is_sealed_as_it_is_then(gullspang):
    plan = save(open_version(gullspang), gullspang, purpose="Något helt annat än förut")
    plan = perform(plan, "submit", by=gullspang.officer)
    plan = perform(plan, "recall", by=gullspang.officer, reason=REASON)
    plan = save(plan, gullspang, purpose="Tipsa om böcker", hours_per_week=9)

    sealed = json.loads(perform(plan, "submit", by=gullspang.officer).sealed.content)["amends"]

    assert sealed["points"] == ["hours_per_week"]


def test_a_withdrawn_version_leaves_the_one_in_force_alone(gullspang):
    plan = save(open_version(gullspang), gullspang, purpose="Något helt annat än förut")

    perform(plan, "withdraw", by=gullspang.officer, reason=REASON)

    account = Account.objects.get(pk=plan.account_id)
    assert account.status == Account.Status.ACTIVE
    assert account.plans.in_force().get().version == 1
    assert access.can(gullspang.staff[0], "watch", account)
    assert not Duty.objects.named().filter(plan=plan).exists()
    assert amendment.begin(account, by=gullspang.officer).version == 3


def test_a_rejected_version_leaves_the_one_in_force_alone_and_is_taken_up_again(gullspang):
    plan = perform(save(open_version(gullspang), gullspang, purpose="Annat"), "submit", by=gullspang.officer)
    plan = perform(plan, "reject", by=gullspang.manager, reason=REASON)
    assert plan.account.status == Account.Status.ACTIVE

    again = amendment.begin(plan.account, by=gullspang.officer)

    assert (again.pk, again.status, again.purpose) == (plan.pk, Status.DRAFT, "Annat")


def inherited(town: Town) -> Account:
    """An account that was live before Uppsikt: active, with nothing but the draft of its first version."""
    account = factories.begun(town).account
    live = {"address": "https://www.facebook.com/gammalt", "handle": "gammalt", "opened_at": clock.now()}
    Account.objects.filter(pk=account.pk).update(status=Account.Status.ACTIVE, **live)
    return Account.objects.get(pk=account.pk)


def test_an_inherited_account_goes_on_with_its_first_draft_and_stays_active(gullspang):
    account = inherited(gullspang)

    plan = amendment.begin(account, by=gullspang.officer)
    assert (plan.version, plan.amends) == (1, None)
    sign_all(factories.written(gullspang, plan), gullspang)

    account.refresh_from_db()
    assert account.status == Account.Status.ACTIVE
    assert account.plans.in_force().get() == plan


def test_an_inherited_account_whose_draft_was_withdrawn_gets_another(gullspang):
    account = inherited(gullspang)
    perform(account.plans.get(), "withdraw", by=gullspang.officer, reason=REASON)

    plan = amendment.begin(account, by=gullspang.officer)

    account.refresh_from_db()
    assert account.status == Account.Status.ACTIVE
    assert (plan.version, plan.status, plan.amends) == (2, Status.DRAFT, None)


def test_the_plan_of_an_account_that_is_not_run_cannot_be_changed(gullspang):
    account = factories.withdrawn(gullspang).account

    with pytest.raises(Refused, match="kan inte ändras"):
        amendment.begin(account, by=gullspang.officer)


def test_who_may_not_write_plans_is_not_let_begin(gullspang, client):
    account = factories.opened(gullspang)
    client.force_login(gullspang.auditor)

    assert client.post(f"/konton/{account.pk}/andra-planen/").status_code == 403
    client.force_login(gullspang.outsider)
    assert client.post(f"/konton/{account.pk}/andra-planen/").status_code == 404
