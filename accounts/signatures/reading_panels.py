"""Where it shows who has read the guidelines and knows the platform: the account's page, and one's own start page."""

from accounts.models import Account, Duty
from accounts.signatures import reading
from governance import access, acknowledging, panels
from governance.models import PolicyVersion, User
from governance.panels import Panel


@panels.account_panel(25)
def readers(user: User, account: Account) -> Panel | None:
    """Show who has read the guidelines and whose skill is confirmed, as far as the policy demands either."""
    version = PolicyVersion.objects.current()
    if version is None or not account.is_running:
        return None
    rules = reading.rules_of(account, version)
    read, skill = reading.demanded(rules, reading.READ), reading.demanded(rules, reading.SKILL)
    if read is None and skill is None:
        return None
    context = {
        "people": reading.people(account, version, rules),
        "version": version,
        "read": read,
        "skill": skill,
        "may_vouch": access.can(user, "approve_plan", account),
    }
    return Panel("accounts/_readers.html", context)


@panels.panel(20)
def to_read(user: User) -> Panel | None:
    """Ask whoever runs an account to say that the guidelines are read, where the policy demands it."""
    version = PolicyVersion.objects.current()
    if version is None or acknowledging.read_at(version, user) is not None:
        return None
    mine = Duty.objects.in_force().of_plan().filter(person=user).values("account")
    run = (each for each in Account.objects.filter(pk__in=mine).select_related("platform", "unit") if each.is_running)
    asked = any(reading.demanded(reading.rules_of(each, version), reading.READ) for each in run)
    return Panel("accounts/_to_read.html", {"version": version}) if asked else None
