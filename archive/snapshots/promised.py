"""What is promised of an account's snapshots: by the policy, or by the document management plan where it lets that."""

from collections.abc import Collection

from accounts.models import Account
from archive.models import RetentionPlan
from governance.policy.schema import Policy
from governance.policy.schema import Snapshot as SnapshotRule

MONTHS_IN_YEAR = 12
# What goes evenly into a year, so that each year has the same months.
INTERVALS = (1, 2, 3, 4, 6, 12)


def of(account: Account, policy: Policy) -> SnapshotRule:
    """Answer the rule of one account."""
    rule = policy.rule("snapshot", account.scope)
    if rule.document_plan_may_differ is None:
        return rule
    return differing(rule, intervals({account.unit.authority_id}).get(account.unit.authority_id))


def differing(rule: SnapshotRule, months: int | None) -> SnapshotRule:
    """Answer the rule with the plan's months between snapshots, where the policy lets the plan differ (Lekeberg 7).

    The clause is then the one that lets it; a picture is late when the next one is due.
    """
    allowed = rule.document_plan_may_differ
    if allowed is None or months not in INTERVALS:
        return rule
    first = rule.months[0] if rule.months else 1
    spread = sorted((first - 1 + step) % MONTHS_IN_YEAR + 1 for step in range(0, MONTHS_IN_YEAR, months))
    said = {"months": tuple(spread), "times_per_year": len(spread), "clause": allowed.clause}
    changed = rule.model_copy(update={**said, "strength": allowed.strength})
    changed._defaulted = (rule._defaulted | {"months"}) - {"times_per_year"}
    return changed


def intervals(authorities: Collection[int]) -> dict[int, int]:
    """Answer the months between snapshots that authorities' plans in force state, with one query."""
    in_force = RetentionPlan.objects.filter(status=RetentionPlan.Status.ADOPTED, authority__in=authorities)
    stated = in_force.values_list("authority", "snapshot_months")
    return {authority: months for authority, months in stated if months is not None}
