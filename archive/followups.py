"""What the archive does when something has happened to an account or a plan."""

from accounts.models import Account, ActivityPlan
from accounts.signatures import printing
from archive import actions, plans
from archive.models import Snapshot
from governance.followups import subscribe
from governance.models import AuditEvent, User


def keep_signed_plan(event: AuditEvent) -> None:
    """Make the approved plan a record, as it was signed (R-REG-11); once, and once more for each later edition."""
    plans_of = ActivityPlan.objects.select_related("account__platform", "unit__authority", "policy_version")
    plan = plans_of.get(pk=event.object_id or 0)
    if printing.is_kept(plan):
        plans.keep(plan)


def order_first_snapshot(event: AuditEvent) -> None:
    """Order the first snapshot of an account that was opened, so that its history begins with a picture."""
    account = Account.objects.get(pk=event.object_id or 0)
    if account.is_running and not account.snapshots.exists():
        opener = User.objects.filter(pk=event.actor_id or 0).first()
        actions.order_snapshot(account, by=opener, occasion=Snapshot.Occasion.OPENING)


subscribe(
    "archive.plan_record",
    {
        "activityplan.approve",
        "activityplan.approve_on_paper",
        "activityplan.publish_correction",
        "activityplan.print",
    },
    keep_signed_plan,
)
subscribe("archive.first_snapshot", {"account.open", "account.inherit"}, order_first_snapshot)
