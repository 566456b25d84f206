"""What follows on events of the lower apps: rounds are made ahead at once, not only at the next hour."""

from accounts.models import Account
from governance import clock
from governance.followups import subscribe
from governance.models import AuditEvent, PolicyVersion
from moderation import planning

# An account is opened, or its plan comes into force: its promise begins, or changes.
PROMISES = {"account.open", "activityplan.approve"}


def plan_the_account(event: AuditEvent) -> None:
    """Make the rounds ahead of the account the event is about, where it is one that is watched."""
    version = PolicyVersion.objects.current()
    account = Account.objects.active().filter(pk=event.account_id or 0).first()
    if account is not None and version is not None:
        planning.plan_account(account, version, clock.now())


def plan_every_account(event: AuditEvent) -> None:
    """Make the rounds ahead anew under another policy; those that have begun keep the one they began under."""
    planning.plan_all(clock.now())


subscribe("moderation.rounds", PROMISES, plan_the_account)
subscribe("moderation.rounds_of_policy", {"policyversion.adopt"}, plan_every_account)
