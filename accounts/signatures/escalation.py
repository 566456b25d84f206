"""What waits too long for its approval goes one step up (R-PLAN-12): once per round of signing, and in the log."""

from django.db import transaction

from accounts.models import ActivityPlan
from accounts.signatures import approving, signing
from governance import audit, clock
from governance.models import AuditEvent

ACTION = "activityplan.pass_up"


def pass_all_up() -> int:
    """Note each plan whose approval has waited longer than it may; answer how many were new."""
    waiting = ActivityPlan.objects.filter(status=ActivityPlan.Status.SIGNING, submitted_at__lte=clock.now())
    return sum(_pass_up(plan) for plan in waiting.order_by("pk") if _is_due(plan))


def _is_due(plan: ActivityPlan) -> bool:
    return approving.has_waited(signing.waits_for_approval_since(plan))


def _pass_up(plan: ActivityPlan) -> bool:
    with transaction.atomic():
        locked = ActivityPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        if locked.status != ActivityPlan.Status.SIGNING or not _is_due(locked):
            return False
        about = AuditEvent.objects.filter(object_type=plan._meta.label_lower, object_id=plan.pk, action=ACTION)
        rounds = locked.seals.count()
        if about.filter(data__round=rounds).exists():
            return False
        audit.record(ACTION, by=None, obj=locked, data={"round": rounds})
    return True
