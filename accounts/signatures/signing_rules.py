"""A decision by delegation has its number (Lekeberg 5, 5.2): asked for until it is entered."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import ActivityPlan
from accounts.signatures import delegation
from governance.rules import Verdict, rule


@rule("PLAN-3-NUMBER", ActivityPlan)
def decisions_have_numbers(plan: ActivityPlan, at: datetime) -> Iterator[Verdict]:
    """Each decision by delegation of a plan in force has the number it was given."""
    if plan.status != ActivityPlan.Status.APPROVED:
        return
    for statement in delegation.missing(plan):
        text = _("Skriv in delegationsbeslutets nummer i planen för %(account)s: ”%(statement)s”")
        yield Verdict(
            text % {"account": plan.account, "statement": statement.text},
            statement.clause,
            reverse("accounts:plan-numbers", args=[plan.pk]),
            key=statement.key,
            basis=statement.basis,
            strength=statement.strength,
            due_at=plan.approved_at,
            who=people.officers(plan.unit),
        )
