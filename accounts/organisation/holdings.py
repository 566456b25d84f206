"""What people hold on accounts, as the page of somebody who leaves lists it; roles beside it."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import ActivityPlan, Duty
from accounts.organisation.leaving_rules import HELD
from accounts.organisation.staffing import rules_of
from accounts.plans import points
from accounts.signatures import signing
from governance import clock, holdings
from governance.holdings import Holding
from governance.models import RoleAssignment, User
from governance.permissions import MANAGER
from governance.role_words import role_words

Status = ActivityPlan.Status
OPEN = (Status.DRAFT, Status.SIGNING)


def duties_of(user: User) -> list[Duty]:
    """Answer the duties in force that a person must be relieved of, by account."""
    held = Duty.objects.of_plan().filter(person=user, valid_to=None, valid_from__isnull=False)
    found = held.filter(account__status__in=HELD).select_related("account__platform", "account__unit", "plan")
    return list(found.order_by("account__sort_key", "account", "pk"))


def roles_of(user: User) -> list[RoleAssignment]:
    """Answer the roles that a person has or will have, whether or not he or she is still here."""
    lasting = Q(valid_to=None) | Q(valid_to__gte=clock.today())
    found = RoleAssignment.objects.filter(lasting, user=user).select_related("unit", "standing_in_for")
    return list(found.order_by("unit__sort_key", "role", "pk"))


def title_of(duty: Duty) -> str:
    """Answer what the policy calls the duty on just this account."""
    rules = duty.plan.rules if duty.plan else rules_of(duty.account)
    return points.title_of(duty.kind, rules) if rules else duty.kind


def _roles(user: User) -> Iterator[Holding]:
    words = role_words()
    url = reverse("accounts:leaving-show", args=[user.pk])
    for role in roles_of(user):
        yield Holding(f"{words[role.role]}, {role.unit}", url, _("Ge rollen till en efterträdare, eller avsluta den."))


def _duties(user: User) -> Iterator[Holding]:
    url = reverse("accounts:leaving-show", args=[user.pk])
    for duty in duties_of(user):
        label = _("%(duty)s på %(account)s") % {"duty": title_of(duty), "account": duty.account}
        yield Holding(label, url, _("Utse en efterträdare: det blir en ny version av planen."), duty.account_id)


def _named(user: User) -> Iterator[Holding]:
    """Yield where a person is named in a plan that is not yet in force."""
    planned = Duty.objects.of_plan().filter(person=user, valid_from=None, valid_to=None, plan__status__in=OPEN)
    for duty in planned.select_related("account__platform", "plan__policy_version").order_by("pk"):
        plan = duty.plan
        if plan is None:
            continue
        facts = {"duty": title_of(duty), "account": duty.account}
        signing_now = plan.status == Status.SIGNING
        signs, named = _("Ska underteckna som %(duty)s: %(account)s"), _("Namngiven som %(duty)s: %(account)s")
        label = signs if signing_now else named
        mend = _("Ta tillbaka planen och byt namn i den.") if signing_now else _("Byt namn i utkastet.")
        page = "accounts:plan-show" if signing_now else "accounts:plan-edit"
        yield Holding(label % facts, reverse(page, args=[plan.pk]), mend, duty.account_id)


def _drafts(user: User) -> Iterator[Holding]:
    drafts = ActivityPlan.objects.filter(drafted_by=user, status=Status.DRAFT).select_related("account__platform")
    for plan in drafts.order_by("pk"):
        label = _("Skriver på planen för %(account)s") % {"account": plan.account}
        mend = _("Närmaste chef eller någon annan som får skriva planen gör klart den.")
        yield Holding(label, plan.get_absolute_url(), mend, plan.account_id)


def _approvals(user: User) -> Iterator[Holding]:
    """Yield the plans that nobody else may approve."""
    below = Q(pk__in=[])
    for path in user.roles.filter(role=MANAGER, valid_to=None).values_list("unit__path", flat=True):
        below |= Q(unit__path__startswith=path)
    plans = ActivityPlan.objects.filter(below, status=Status.SIGNING)
    for plan in plans.select_related("account__platform", "policy_version", "unit").order_by("pk"):
        if signing.approvers(plan) in ([user], []):
            label = _("Ska godkänna planen för %(account)s") % {"account": plan.account}
            mend = _("Ge chefsrollen till en efterträdare: då kan hen godkänna.")
            yield Holding(label, plan.get_absolute_url(), mend, plan.account_id)


for order, (name, function) in enumerate(
    (("roles", _roles), ("duties", _duties), ("named", _named), ("drafts", _drafts), ("approvals", _approvals))
):
    holdings.register(f"accounts.{name}", order * 10, function)
