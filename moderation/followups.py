"""What follows on events of the lower apps: rounds are made ahead at once, not only at the next hour."""

from accounts.models import Account
from governance import clock
from governance.followups import subscribe
from governance.models import AuditEvent, PolicyVersion
from moderation import planning
from moderation.models import Round

# An account is opened or taken back, or its plan comes into force: its promise begins, or changes.
PROMISES = {
    "account.open",
    "account.inherit",
    "account.recover",
    "activityplan.approve",
    "activityplan.approve_on_paper",
}
# An account is closed or lost: nobody can look after it any more, and what was still to come is owed to nobody.
ENDS = {"account.close", "account.report_lost"}


def plan_the_account(event: AuditEvent) -> None:
    """Make the rounds ahead of the account the event is about, where it is one that is watched."""
    version = PolicyVersion.objects.current()
    account = Account.objects.running().filter(pk=event.account_id or 0).first()
    if account is not None and version is not None:
        planning.plan_account(account, version, clock.now())


def end_the_rounds(event: AuditEvent) -> None:
    """Take away the rounds that are not late yet; what was missed before stays as it is, and so does every look."""
    account = Account.objects.get(pk=event.account_id or 0)
    if not account.is_running:
        planning.end_rounds(account, event.at)


def move_the_rounds(event: AuditEvent) -> None:
    """Let what is still to be looked at follow its account to another unit; what was looked at stays where it was."""
    account = Account.objects.select_related("unit", "authority").get(pk=event.account_id or 0)
    rounds = Round.objects.filter(account=account, status=Round.Status.DUE)
    rounds.update(unit=account.unit, authority=account.authority)


def plan_every_account(event: AuditEvent) -> None:
    """Make the rounds ahead anew under another policy; those that have begun keep the one they began under."""
    planning.plan_all(clock.now())


subscribe("moderation.rounds", PROMISES, plan_the_account)
subscribe("moderation.rounds_end", ENDS, end_the_rounds)
subscribe("moderation.rounds_move", {"account.move"}, move_the_rounds)
subscribe("moderation.rounds_of_policy", {"policyversion.adopt"}, plan_every_account)
