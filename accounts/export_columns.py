"""What the register's lists hold as files; the accounts' headings are those read in, so that a file goes both ways."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.life import uses
from accounts.models import Account, ActivityPlan, Duty
from governance.exporting import Column
from governance.models import PolicyVersion, User


def with_duties(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Answer the accounts with the duties held now (`held`) and the plan in force (`in_force`)."""
    held = Duty.objects.in_force().of_plan().select_related("person").order_by("pk")
    plans = ActivityPlan.objects.filter(status=ActivityPlan.Status.APPROVED)
    return accounts.prefetch_related(
        Prefetch("duties", held, to_attr="held"), Prefetch("plans", plans, to_attr="in_force")
    )


def accounts() -> Sequence[Column]:
    """Answer the columns of accounts: what each is, who does what, under which plan."""
    version = PolicyVersion.objects.current()
    duties = version.policy.plan.duties if version else ()
    named = dict(uses.choices(version))
    return (
        Column(_("Kontots namn"), lambda row: row.name),
        Column(_("Plattform"), lambda row: row.platform),
        Column(_("Webbadress"), lambda row: row.address),
        Column(_("Användarnamn"), lambda row: row.handle),
        Column(_("Ansvarig enhet"), lambda row: row.unit),
        Column(_("Myndighet"), lambda row: row.authority),
        Column(_("Slag av konto"), lambda row: row.get_kind_display()),
        Column(_("Läge"), lambda row: row.get_status_display()),
        Column(_("Vem kan se kontot"), lambda row: row.get_visibility_display()),
        Column(_("Skäl till att kontot inte är öppet"), lambda row: row.visibility_reason),
        Column(_("Vilka ett låst konto är till för"), lambda row: row.audience),
        Column(_("Används till"), lambda row: [named.get(key, key) for key in row.uses]),
        Column(_("Vad kontot är till för"), lambda row: row.public_about),
        Column(_("Kontakt: funktion"), lambda row: row.public_contact),
        Column(_("Kontakt: funktionsadress"), lambda row: row.public_email),
        *(Column(duty.title, _holders(duty.kind)) for duty in duties),
        Column(_("Öppnat"), lambda row: row.opened_at and row.opened_at.date()),
        Column(_("Avslutat"), lambda row: row.closed_at and row.closed_at.date()),
        Column(_("Gällande plan, version"), lambda row: _plan(row, "version")),
        Column(_("Planen godkänd"), lambda row: _plan(row, "approved_at")),
        Column(_("Planen ska vara klar"), lambda row: None if row.in_force else row.plan_due_on),
    )


PLANS = (
    Column(_("Konto"), lambda row: row.account.name),
    Column(_("Plattform"), lambda row: row.account.platform),
    Column(_("Enhet"), lambda row: row.unit),
    Column(_("Version"), lambda row: row.version),
    Column(_("Läge"), lambda row: ActivityPlan.Status(row.status).label),
    Column(_("Policy"), lambda row: row.policy_version),
    Column(_("Skriven av"), lambda row: row.drafted_by),
    Column(_("Påbörjad"), lambda row: row.created_at),
    Column(_("Lämnad"), lambda row: row.submitted_at),
    Column(_("Godkänd"), lambda row: row.approved_at),
)


def _holders(kind: str):
    return lambda row: [_reached(duty.person) for duty in row.held if duty.kind == kind]


def _reached(user: User) -> str:
    return f"{user.name} <{user.shown_email}>" if user.shown_email else user.name


def _plan(account: Any, name: str) -> Any:
    return getattr(account.in_force[0], name) if account.in_force else None
