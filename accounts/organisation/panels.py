"""What this package shows on other pages: an account's, a person's, a unit's, and the start page."""

from accounts.models import Account
from accounts.models.account import RUNNING
from accounts.organisation import confirmations, confirming_rules, history
from accounts.organisation.holdings import duties_of, title_of
from governance import access, clock, holdings, panels
from governance.models import Finding, Unit, User
from governance.models.work import FindingQuerySet
from governance.panels import Panel

ACCOUNTS_SHOWN, CONFIRMATIONS_SHOWN = 20, 3


@panels.account_panel(20)
def confirmation_of(user: User, account: Account) -> Panel | None:
    """Show whether the account is confirmed, the button for those who may, and where wrongs are put right."""
    if account.status not in RUNNING:
        return None
    due = confirmations.due_at(account)
    context = {
        "account": account,
        "latest": list(account.confirmations.select_related("by")[:CONFIRMATIONS_SHOWN]),
        "due": due,
        "is_due": due is not None and due <= clock.now(),
        "as_manager": any(waiting.manager == user for waiting in confirmations.new_managers(account)),
        "may_confirm": access.can(user, "confirm_account", account),
        "may_edit": access.can(user, "edit_account", account),
        "may_edit_plan": access.can(user, "edit_plan", account),
    }
    return Panel("accounts/_confirmation_panel.html", context)


@panels.account_panel(21)
def duties_on(user: User, account: Account) -> Panel | None:
    """Show who had a duty before, and where the whole history is."""
    before = history.before(account)
    return Panel("accounts/_duty_panel.html", {"account": account, "before": before[:5]}) if before else None


@panels.panel(25)
def to_confirm(user: User) -> Panel | None:
    """Show how many accounts wait for this person's confirmation."""
    count = waiting_for(user).count()
    return Panel("accounts/_to_confirm_panel.html", {"count": count}) if count else None


@panels.person_panel(5)
def left_by(reader: User, person: User) -> Panel | None:
    """Show what somebody who leaves, or has left, still holds."""
    held = holdings.seen(person, reader) if not person.is_active or person.leaves_on else None
    return Panel("accounts/_leaving_panel.html", {"held": held, "person": person}) if held else None


@panels.person_panel(10)
def duties_of_person(reader: User, person: User) -> Panel | None:
    """Show a person's duties, on the accounts that the reader may see."""
    held = duties_of(person)
    if not held:
        return None
    accounts = Account.objects.filter(pk__in={duty.account_id for duty in held})
    seen = set(access.visible(reader, accounts, "see_account").values_list("pk", flat=True))
    rows = [(duty, title_of(duty)) for duty in held if duty.account_id in seen]
    return Panel("accounts/_person_duties.html", {"rows": rows, "hidden": len(held) - len(rows), "person": person})


@panels.unit_panel(10)
def accounts_of_unit(reader: User, unit: Unit) -> Panel | None:
    """Show the unit's accounts that the reader may see, and where they are moved."""
    found = access.visible(reader, Account.objects.filter(unit=unit).select_related("platform"), "see_account")
    kept = found.exclude(status=Account.Status.WITHDRAWN)
    may_move = access.holds_for_all(reader, "publish_account")
    if not kept.exists() and not may_move:
        return None
    context = {"accounts": kept[:ACCOUNTS_SHOWN], "count": kept.count(), "unit": unit, "may_move": may_move}
    return Panel("accounts/_unit_accounts.html", context)


def waiting_for(user: User) -> FindingQuerySet:
    """Answer the findings that ask this person to confirm an account."""
    names = [confirming_rules.YEARLY, confirming_rules.NEW_MANAGER]
    return Finding.objects.of(user).open(clock.now()).filter(rule__in=names)
