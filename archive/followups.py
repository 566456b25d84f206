"""What the archive does when something has happened to an account or a plan."""

from accounts.models import Account, ActivityPlan
from accounts.signatures import printing
from archive import plans
from archive.models import Snapshot
from archive.shielding import marking
from archive.snapshots import actions, campaigns
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
    stores_files=True,
)


def let_closed_account_go(event: AuditEvent) -> None:
    """End what a campaign still wants of an account that was closed meanwhile: its closing took the picture."""
    about = Account.objects.filter(pk=event.account_id or 0, status=Account.Status.CLOSED).first()
    if about is None:
        return
    for snapshot in about.snapshots.pages().filter(status__in=campaigns.LAPSING).order_by("pk"):
        campaigns.lapse(snapshot)


def follow_campaign(event: AuditEvent) -> None:
    """Say anew what is left of a campaign, and once that nothing is."""
    snapshot = Snapshot.objects.filter(pk=event.object_id or 0).select_related("campaign").first()
    if snapshot is not None and snapshot.campaign is not None:
        campaigns.follow(snapshot.campaign)


subscribe("archive.closed_account", {"account.close", "snapshot.fail", "snapshot.cancel"}, let_closed_account_go)
subscribe(
    "archive.campaign",
    {f"snapshot.{step}" for step in ("finish", "accept", "replace", "waive", "lapse", "retry")},
    follow_campaign,
)
subscribe("archive.first_snapshot", {"account.open", "account.inherit"}, order_first_snapshot)
subscribe("archive.secret_files", {marking.SET, marking.LIFTED}, marking.move_files, stores_files=True)
