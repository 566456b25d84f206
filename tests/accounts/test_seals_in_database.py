"""What was signed stays what was signed, also against whoever writes to the database past the application."""

import pytest
from django.db import InternalError, connection, transaction

from accounts.models import Account, ActivityPlan, Platform, Signature
from accounts.signatures import signing
from governance import clock
from tests.accounts.factories import approved, submitted, town

pytestmark = pytest.mark.django_db


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_plan_that_was_opened_and_changed_cannot_stand_on_its_old_seal():
    plan = submitted(town("gullspang"))
    sql("update accounts_activityplan set status = 'draft' where id = %s", plan.pk)
    sql("update accounts_activityplan set purpose = 'Något annat', submitted_at = now() where id = %s", plan.pk)

    with pytest.raises(InternalError), transaction.atomic():
        sql("update accounts_activityplan set status = 'signing' where id = %s", plan.pk)


@pytest.mark.parametrize("column", ["submitted_at", "approved_at"])
def test_when_a_plan_was_submitted_and_approved_never_changes(column):
    plan = approved(town("gullspang"))

    with pytest.raises(InternalError), transaction.atomic():
        ActivityPlan.objects.filter(pk=plan.pk).update(**{column: clock.now()})
    with pytest.raises(InternalError), transaction.atomic():
        ActivityPlan.objects.filter(pk=plan.pk).update(**{column: None})


def test_an_account_cannot_differ_from_what_lies_before_its_signers():
    plan = submitted(town("gullspang"))

    with pytest.raises(InternalError), transaction.atomic():
        Account.objects.filter(pk=plan.account_id).update(name="Ett annat konto")


def test_an_account_whose_plan_is_approved_never_moves_to_another_platform():
    plan = approved(town("gullspang"))
    other = Platform.objects.exclude(pk=plan.account.platform_id)[0]

    with pytest.raises(InternalError), transaction.atomic():
        Account.objects.filter(pk=plan.account_id).update(platform=other)


def test_the_name_in_clear_is_the_one_that_was_sealed():
    plan = submitted(town("gullspang"))
    place = next(place for place in signing.places(plan) if place.user)
    sealed_name = place.user.name
    place.user.name = "Nytt Namn"
    place.user.save()

    signing.sign(place, plan)

    assert Signature.objects.get().name == sealed_name
