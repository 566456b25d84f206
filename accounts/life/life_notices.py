"""Who is told what during an account's life: closing, loss, changes that wait; imported by `registrations`."""

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import people
from accounts.actors import people_for
from accounts.life import closing, exemption
from accounts.models import Account, AccountChange, Closing, Duty
from governance import access, followups, notices
from governance.models import AuditEvent, User
from governance.permissions import SECURITY_COORDINATOR


def tell(event: AuditEvent) -> None:
    """Tell whoever an event concerns; safe to run twice, and silent where things have gone on since."""
    _TELLERS[event.action](event)


def _closing_begun(event: AuditEvent) -> None:
    """Tell the managers, communications and everybody with a duty that the account is being closed."""
    account = _account(event)
    begun = closing.current(account)
    if begun is None:
        return
    subject = _("Kontot %(account)s ska avslutas") % {"account": account}
    body = _("%(name)s har börjat avsluta kontot. Sista dag är %(day)s. Läs varför på sidan om avslutet.")
    body = body % {"name": begun.begun_by.name, "day": date_format(begun.closes_on, "j F Y")}
    to = [*people.managers(account.unit), *people.officers(account.unit), *_holders(account)]
    _send(event, account, to, subject, body, url=begun.get_absolute_url())


def _contacted(event: AuditEvent) -> None:
    """Tell those whom the policy wants to be contacted before an account is closed (Lidingö, Så avslutar du)."""
    if event.data.get("key") != closing.CONTACT:
        return
    found = Closing.objects.select_related("account__platform", "account__unit", "policy_version")
    begun = found.get(pk=event.object_id or 0)
    step = next(step for step in closing.steps(begun) if step.key == closing.CONTACT)
    subject = _("Om avslutet av %(account)s") % {"account": begun.account}
    body = _(
        "Kontot är på väg att avslutas, och policyn säger att du ska kontaktas först. Säg till om det inte stämmer."
    )
    to = [person for who in step.who for person in people_for(who, begun.account)]
    _send(event, begun.account, to, subject, body, url=begun.get_absolute_url())


def _closed(event: AuditEvent) -> None:
    account = _account(event)
    subject = _("Kontot %(account)s är avslutat") % {"account": account}
    body = _("Kontot är avslutat. Historiken och ögonblicksbilderna finns kvar.")
    _send(event, account, [*people.managers(account.unit), *people.officers(account.unit)], subject, body)


def _lost(event: AuditEvent) -> None:
    """Tell the security coordinator, communications, managers and everybody with a duty, at once."""
    account = _account(event)
    if account.status != Account.Status.LOST:
        return
    subject = _("Kapat eller förlorat konto: %(account)s") % {"account": account}
    body = _(
        "Kontot är anmält som förlorat eller kapat. Allmänheten varnas. Byt alla inloggningar och gå igenom allas "
        "roller på plattformen. Skriv det ni gör i loggen."
    )
    url = reverse("accounts:loss-show", args=[account.pk])
    coordinators = people.holding(SECURITY_COORDINATOR, account.unit)
    to = [*coordinators, *people.officers(account.unit), *people.managers(account.unit), *_holders(account)]
    _send(event, account, to, subject, body, url=url)


def _recovered(event: AuditEvent) -> None:
    account = _account(event)
    subject = _("Kontot %(account)s är kommunens igen") % {"account": account}
    body = _("Kontot är återtaget. Uppsikten börjar igen, och varningen för allmänheten är borta.")
    coordinators = people.holding(SECURITY_COORDINATOR, account.unit)
    to = [*coordinators, *people.officers(account.unit), *people.managers(account.unit), *_holders(account)]
    _send(event, account, to, subject, body)


def _change_written(event: AuditEvent) -> None:
    """Ask communications to read a change before the public does."""
    change = _change(event)
    if change.status != AccountChange.Status.WAITING:
        return
    subject = _("Godkänn en ändring av %(account)s") % {"account": change.account}
    body = _("Någon vill ändra det som allmänheten ser om kontot. Läs ändringen och publicera eller avböj den.")
    _send(event, change.account, people.officers(change.unit), subject, body, url=change.get_absolute_url())


def _change_decided(event: AuditEvent) -> None:
    """Tell the author what became of the change."""
    change = _change(event)
    if event.action == "accountchange.publish":
        subject = _("Din ändring av %(account)s är publicerad") % {"account": change.account}
        body = _("Allmänheten ser nu det du skrev.")
    else:
        subject = _("Din ändring av %(account)s avböjdes") % {"account": change.account}
        body = _("Läs motiveringen på ändringens sida. Du kan skriva en ny ändring.")
    _send(event, change.account, [change.made_by], subject, body, url=change.get_absolute_url())


def _proposed_without_plan(event: AuditEvent) -> None:
    """Ask communications to open, or turn down, an account for which the policy asks for no plan."""
    account = _account(event)
    if not exemption.waits(account):
        return
    subject = _("Ta ställning till kontot %(account)s") % {"account": account}
    body = _("Kontot är föreslaget för omvärldsbevakning och behöver ingen plan. Öppna det, eller avslå förslaget.")
    _send(event, account, people.officers(account.unit), subject, body)


def _turned_down(event: AuditEvent) -> None:
    account = _account(event)
    subject = _("Förslaget om %(account)s avslogs") % {"account": account}
    body = _("Läs motiveringen i kontots historik. Du kan ändra uppgifterna och föreslå kontot igen.")
    _send(event, account, [account.proposed_by], subject, body)


def _send(event: AuditEvent, account: Account, to: Iterable[User], subject: str, body: str, *, url: str = "") -> None:
    """Send one notice to each but whoever did it; the link leads only where the reader may go."""
    for user in dict.fromkeys(to):
        if user.pk == event.actor_id or not user.is_active:
            continue
        seen = access.can(user, "see_account", account)
        way = (url or account.get_absolute_url()) if seen else reverse("governance:start-show")
        key = f"life:{event.pk}:{user.pk}"
        notices.send("account", to=user, key=key, subject=subject, body=body, url=way)


def _holders(account: Account) -> list[User]:
    held = Duty.objects.in_force().of_plan().filter(account=account).select_related("person").order_by("pk")
    return [duty.person for duty in held]


def _account(event: AuditEvent) -> Account:
    return Account.objects.select_related("platform", "unit", "proposed_by").get(pk=event.object_id or 0)


def _change(event: AuditEvent) -> AccountChange:
    changes = AccountChange.objects.select_related("account__platform", "account__unit", "unit", "made_by")
    return changes.get(pk=event.object_id or 0)


_TELLERS: dict[str, Callable[[AuditEvent], None]] = {
    "account.begin_closing": _closing_begun,
    "closing.tick": _contacted,
    "account.close": _closed,
    "account.report_lost": _lost,
    "account.recover": _recovered,
    "accountchange.write": _change_written,
    "accountchange.publish": _change_decided,
    "accountchange.decline": _change_decided,
    "account.propose_exempt": _proposed_without_plan,
    "account.propose_again": _proposed_without_plan,
    "account.turn_down": _turned_down,
}

followups.subscribe("accounts.tell_life", set(_TELLERS), tell)
