"""What is signed cannot change: neither through the application nor past it, and the SHA-256 is of exactly that."""

import hashlib
import json
from datetime import date

import pytest
from django.db import InternalError, connection, transaction

from accounts import actions
from accounts.models import Account, ActivityPlan, Duty, SealedPlan, Signature
from accounts.models.plan import CONTENT
from accounts.plans import amendment
from accounts.signatures import signing
from governance.workflow import Refused, perform
from tests.accounts import factories
from tests.accounts.factories import REASON, digest_of

CHANGED = {
    "watch_days": [6],
    "watch_on_holidays": True,
    "updates_per_week": 99,
    "removal_hours": 99,
    "hours_per_week": 99,
    "own_points": {"own_x": "ändrat"},
    "terms_of_use_on": date(2026, 1, 2),
    "website_first_on": date(2026, 1, 2),
}


def refused(change, match="uppsikt|Cannot"):
    with pytest.raises(InternalError, match=match), transaction.atomic():
        change()


@pytest.mark.parametrize("column", [*CONTENT, "unit", "version", "drafted_by"])
def test_no_content_of_a_plan_changes_under_a_signature(gullspang, column):
    plan = factories.submitted(gullspang)
    identity = {"unit": gullspang.department, "version": 2, "drafted_by": gullspang.officer}

    value = identity.get(column, CHANGED.get(column, "ändrat"))

    refused(lambda: ActivityPlan.objects.filter(pk=plan.pk).update(**{column: value}))


def test_raw_sql_cannot_change_a_plan_that_is_signed(gullspang):
    plan = factories.approved(gullspang)

    with connection.cursor() as cursor:
        refused(lambda: cursor.execute("update accounts_activityplan set purpose = 'annat' where id = %s", [plan.pk]))
        refused(lambda: cursor.execute("delete from accounts_activityplan where id = %s", [plan.pk]))


def test_nobody_is_put_into_taken_out_of_or_changed_in_a_plan_under_signature(gullspang):
    plan = factories.submitted(gullspang)
    duty = plan.duties.first()
    other = factories.begun(gullspang, name="Ett annat", unit=gullspang.department)

    refused(lambda: duty.delete())
    refused(lambda: Duty.objects.filter(pk=duty.pk).update(person=gullspang.outsider))
    refused(lambda: Duty.objects.filter(pk=duty.pk).update(plan=other))
    refused(lambda: Duty.objects.filter(pk=duty.pk).update(plan=None))
    refused(
        lambda: Duty.objects.create(account=plan.account, plan=plan, person=gullspang.outsider, kind="administrator")
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table", ["account", "activityplan", "duty", "goal", "goalfollowup", "sealedplan", "signature"]
)
def test_nothing_of_the_register_is_truncated(table):
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute(f"truncate accounts_{table} cascade"), match="cannot be truncated")


def test_an_account_keeps_what_its_plan_says_of_it_while_that_is_being_signed(gullspang):
    plan = factories.submitted(gullspang)
    account = Account.objects.filter(pk=plan.account_id)

    refused(lambda: account.update(name="Annat"))
    refused(lambda: account.update(unit=gullspang.department))
    refused(lambda: account.update(visibility="locked", visibility_reason="Barn"))
    perform(plan, "recall", by=gullspang.proposer, reason=REASON)
    assert account.update(name="Annat") == 1


def test_an_account_is_never_deleted(gullspang):
    account = factories.begun(gullspang).account

    refused(lambda: Account.objects.filter(pk=account.pk)._raw_delete("default"))


def test_seals_and_signatures_are_never_changed_or_deleted(gullspang):
    plan = factories.signed(gullspang)

    refused(lambda: SealedPlan.objects.filter(plan=plan).update(content="{}"))
    refused(lambda: SealedPlan.objects.filter(plan=plan)._raw_delete("default"))
    refused(lambda: Signature.objects.filter(sealed__plan=plan).update(name="Någon annan"))
    refused(lambda: Signature.objects.filter(sealed__plan=plan).delete())


def test_the_application_says_why_a_plan_under_signature_cannot_be_written(gullspang):
    plan = factories.submitted(gullspang)

    with pytest.raises(Refused, match="Ta tillbaka den först"):
        actions.save_draft(plan, by=gullspang.proposer, fields={"purpose": "annat"}, people={})


def test_the_digest_is_the_sha256_of_exactly_what_is_sealed(gullspang):
    sealed = factories.submitted(gullspang).sealed

    assert sealed.digest == hashlib.sha256(sealed.content.encode()).hexdigest()
    content = json.loads(sealed.content)
    assert content["policy"]["key"] == "gullspang"
    assert content["points"]["purpose"] == "Tipsa om böcker"
    assert content["points"]["updates_per_week"] == "2.5"
    assert content["units"] == ["Kulturförvaltningen", "Biblioteket"]
    assert {duty["kind"] for duty in content["duties"]} == {"administrator", "operator", "deputy"}


@pytest.mark.parametrize("column", CONTENT)
def test_the_digest_changes_with_every_point(gullspang, column):
    plan = factories.written(gullspang)
    before = signing.digest(amendment.canonical(plan))

    changed = factories.written(gullspang, plan, **{column: CHANGED.get(column, "ändrat")})

    assert signing.digest(amendment.canonical(changed)) != before


def test_the_digest_changes_with_every_person_and_how_the_person_is_reached(gullspang):
    plan = factories.written(gullspang)
    people = factories.team(plan, gullspang.staff)
    digests = {signing.digest(amendment.canonical(plan))}
    for named in (
        [(gullspang.outsider, "", "")],
        [(gullspang.staff[0], "annan@kommun.example", "")],
        [(gullspang.staff[0], "", "070")],
    ):
        plan = factories.written(gullspang, plan, people={**people, "operator": named})
        digests.add(signing.digest(amendment.canonical(plan)))

    assert len(digests) == 4


def test_the_digest_changes_with_the_account(gullspang):
    plan = factories.written(gullspang)
    digests = {signing.digest(amendment.canonical(plan))}
    for change in (
        {"name": "Annat"},
        {"kind": "municipality_wide"},
        {"visibility": "locked", "visibility_reason": "x"},
    ):
        Account.objects.filter(pk=plan.account_id).update(**change)
        digests.add(signing.digest(amendment.canonical(ActivityPlan.objects.get(pk=plan.pk))))

    assert len(digests) == 4


def test_a_signature_says_who_when_in_what_capacity_and_over_which_content(gullspang):
    plan = factories.signed(gullspang)

    signature = plan.sealed.signatures.first()

    assert signature.user in gullspang.staff
    assert signature.name == signature.user.name
    assert signature.capacity == "Administratör"
    assert signature.statement == "Jag godkänner detta uppdrag"
    assert signature.signed_at >= plan.submitted_at
    assert signature.sealed.digest == digest_of(plan)


def test_nobody_signs_what_was_changed_since_it_was_read(gullspang):
    plan = factories.submitted(gullspang)
    read = digest_of(plan)
    perform(plan, "recall", by=gullspang.proposer, reason=REASON)
    plan = factories.submitted(gullspang, factories.written(gullspang, plan, purpose="Något annat"))

    with pytest.raises(Refused, match="Läs den igen"):
        actions.sign_plan(plan, by=gullspang.staff[0], digest=read)
    with pytest.raises(Refused, match="Läs den igen"):
        actions.approve_plan(factories.signed(gullspang, plan), by=gullspang.manager, digest=read)


def test_a_plan_that_was_sent_back_is_signed_anew_and_what_was_signed_before_stays(gullspang):
    plan = factories.signed(gullspang)
    first = plan.sealed
    perform(plan, "send_back", by=gullspang.manager, reason=REASON)
    assert plan.sealed is None

    plan = factories.submitted(gullspang, factories.written(gullspang, plan, purpose="Något annat"))

    assert [seal.round for seal in plan.seals.all()] == [2, 1]
    assert plan.sealed.digest != first.digest
    assert len(signing.waiting(plan)) == 2
    assert first.signatures.count() == 2
    assert factories.approved(gullspang, plan).status == ActivityPlan.Status.APPROVED


def test_the_same_content_laid_before_the_signers_again_has_the_same_digest(gullspang):
    plan = factories.submitted(gullspang)
    first = digest_of(plan)
    perform(plan, "recall", by=gullspang.proposer, reason=REASON)

    assert digest_of(factories.submitted(gullspang, plan)) == first
