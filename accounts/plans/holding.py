"""Holding an account's plans still while the account changes: plans are locked before their account, by everybody."""

from collections.abc import Iterable

from accounts.models import Account, ActivityPlan


def hold(accounts: Iterable[Account | int]) -> None:
    """Wait for whoever is just submitting or deciding a version of these accounts' plans; for the transaction.

    Called before the accounts are locked: a step of a plan locks the plan first, and then writes about its account.
    """
    numbers = [each if isinstance(each, int) else each.pk for each in accounts]
    coming = ActivityPlan.objects.open().filter(account__in=numbers).order_by("pk")
    list(coming.select_for_update(of=("self",)).values_list("pk"))
