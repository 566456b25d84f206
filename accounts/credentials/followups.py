"""What changes who should get into an account, and is answered by making its list say so."""

from accounts.credentials import keeping, ways
from accounts.models import Account
from governance import followups
from governance.models import AuditEvent, Unit, User

# What changes who runs an account, or whether there is one to run. The night finds the rest: a role's last day.
OF_ACCOUNT = frozenset(
    {
        "account.open",
        "account.inherit",
        "account.end_duty",
        "account.hand_over",
        "account.release",
        "account.take_back",
        "account.turn_down",
        "account.move",
        "account.report_lost",
        "account.recover",
        "activityplan.approve",
        "activityplan.approve_on_paper",
        "activityplan.publish_correction",
    }
)
OF_PERSON = frozenset({"user.deactivate", "user.reactivate"})
OF_ROLE = frozenset({"roleassignment.give", "roleassignment.end", "roleassignment.limit", "roleassignment.stand_in"})


def of_account(event: AuditEvent) -> None:
    """Make one account's list right."""
    account = Account.objects.filter(pk=event.account_id or 0).first()
    if account is not None:
        keeping.refresh(account)


def of_person(event: AuditEvent) -> None:
    """Make the lists right on which this person stands, or whose login this person knows."""
    user = User.objects.filter(pk=event.object_id or 0).first()
    for account in keeping.held_by(user) if user else []:
        keeping.refresh(account)


def of_unit(event: AuditEvent) -> None:
    """Make the lists right under the unit where somebody has got or lost a role: a registrar, or who saw a login."""
    unit = Unit.objects.filter(pk=event.unit_id or 0).first()
    if unit is None:
        return
    accounts = Account.objects.filter(unit__path__startswith=unit.path, status__in=ways.OPEN_STATUSES)
    for account in accounts.order_by("pk").iterator(chunk_size=200):
        keeping.refresh(account)


def of_policy(event: AuditEvent) -> None:
    """Make every list right under another policy."""
    keeping.refresh_all()


followups.subscribe("accounts.access", OF_ACCOUNT, of_account)
followups.subscribe("accounts.access_of_person", OF_PERSON, of_person)
followups.subscribe("accounts.access_of_role", OF_ROLE, of_unit)
followups.subscribe("accounts.access_of_policy", {"policyversion.adopt"}, of_policy)
