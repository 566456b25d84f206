"""Who is told when a plan or an account has taken a step: what, where and by when, and nothing about other people."""

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import Account, ActivityPlan, Duty
from accounts.signatures import signing
from governance import access, followups, notices
from governance.models import AuditEvent, RoleAssignment, User
from governance.permissions import COMMUNICATIONS_OFFICER

Status = ActivityPlan.Status
RELATED = ("account__platform", "account__unit", "policy_version", "unit")


def tell(event: AuditEvent) -> None:
    """Tell whoever an event concerns; safe to run twice, and silent where things have gone on since."""
    _TELLERS[event.action](event)


def _submitted_or_signed(event: AuditEvent) -> None:
    """Tell the signers that a plan waits for them; when nobody is left, the managers who approve it."""
    plan = _plan(event)
    if plan.status != Status.SIGNING:
        return
    waiting = [place.user for place in signing.waiting(plan) if place.user]
    if waiting:
        subject = _("Underteckna planen för %(account)s") % {"account": plan.account}
        body = _(
            "Du är utsedd i planen för %(account)s. Läs den och underteckna, eller avböj uppdraget med en motivering."
        )
        send(plan, "sign", waiting, subject=subject, body=body, page="accounts:plan-sign")
    else:
        _ask_to_approve(plan, signing.approvers(plan))


def _role_given(event: AuditEvent) -> None:
    """Tell whoever may approve from now on which plans wait for it; who was told already is not told again."""
    given = RoleAssignment.objects.select_related("user", "unit").get(pk=_pk(event))
    below = ActivityPlan.objects.filter(status=Status.SIGNING, unit__path__startswith=given.unit.path)
    for plan in below.select_related(*RELATED):
        if not signing.waiting(plan) and given.user in signing.approvers(plan):
            _ask_to_approve(plan, [given.user])


def _ask_to_approve(plan: ActivityPlan, approvers: Iterable[User]) -> None:
    subject = _("Godkänn planen för %(account)s") % {"account": plan.account}
    body = _("Planen för %(account)s är klar för ditt beslut. Läs den och godkänn, eller skicka tillbaka den.")
    send(plan, "approve", approvers, subject=subject, body=body, page="accounts:plan-approve")


def _approved(event: AuditEvent) -> None:
    """Give the communications officer and whom else the policy names their copy, and tell the author (R-PLAN-4)."""
    plan = _plan(event)
    subject = _("Planen för %(account)s är godkänd") % {"account": plan.account}
    roles = dict.fromkeys((COMMUNICATIONS_OFFICER, *plan.rules.copy_to))
    copied = {user for role in roles for user in people.holding(role, plan.unit)}
    officers = set(people.officers(plan.unit))
    # A later version, or the plan of an account that was there before: nothing is opened, what is in force changes.
    opens = plan.account.status == Account.Status.APPROVED
    body = _("Planen för %(account)s är godkänd och här är din kopia.")
    if opens:
        body = _("Planen för %(account)s är godkänd och här är din kopia. Kontot kan nu öppnas.")
    send(plan, "approved", officers, subject=subject, body=body, page="accounts:plan-show")
    body = _("Planen för %(account)s är godkänd och här är din kopia.")
    send(plan, "approved", copied - officers, subject=subject, body=body, page="accounts:plan-show")
    who = plan.policy_version.policy.word(COMMUNICATIONS_OFFICER)
    body = _("Planen som du har skrivit för %(account)s är godkänd. Nästa steg är att öppna kontot. Det gör: %(who)s.")
    body = body % {"account": "%(account)s", "who": who.replace("%", "%%")}
    if not opens:
        body = _("Planen som du har skrivit för %(account)s är godkänd och gäller från nu.")
    send(plan, "approved", [plan.drafted_by], subject=subject, body=body, page="accounts:plan-show")


def _given_back(event: AuditEvent) -> None:
    """Tell the author that the plan is a draft again."""
    plan = _plan(event)
    subject = _("Planen för %(account)s behöver ändras") % {"account": plan.account}
    body = _("Planen för %(account)s är tillbaka som utkast. Läs motiveringen överst på planens sida.")
    others = [] if event.actor_id == plan.drafted_by_id else [plan.drafted_by]
    send(plan, "back", others, subject=subject, body=body, page="accounts:plan-show")


def _rejected(event: AuditEvent) -> None:
    """Tell the author, and those who were named, that the plan was rejected."""
    plan = _plan(event)
    if plan.status != Status.REJECTED:
        return
    subject = _("Planen för %(account)s är avslagen") % {"account": plan.account}
    body = _(
        "Planen för %(account)s är avslagen. Läs motiveringen överst på planens sida. Du kan ta upp förslaget igen och "
        "ändra det, eller återta det."
    )
    send(plan, "rejected", [plan.drafted_by], subject=subject, body=body, page="accounts:plan-show")
    body = _("Planen för %(account)s är avslagen. Det uppdrag som du namnges för i den börjar alltså inte gälla.")
    named = {duty.person for duty in plan.duties.select_related("person")} - {plan.drafted_by}
    send(plan, "rejected", named, subject=subject, body=body, page="accounts:plan-show")


def _opened(event: AuditEvent) -> None:
    """Tell everyone with a duty that the account is open, and that oversight has begun."""
    account = Account.objects.select_related("platform", "unit").get(pk=_pk(event))
    subject = _("Kontot %(account)s är öppnat") % {"account": account}
    body = _("Kontot %(account)s är öppnat. Ditt ansvar på kontot gäller från nu: det ska hållas under uppsikt.")
    for duty in Duty.objects.in_force().filter(account=account).select_related("person"):
        key = f"account:{account.pk}:open:{duty.person_id}"
        url = account.get_absolute_url()
        notices.send("account", to=duty.person, key=key, subject=subject, body=body % {"account": account}, url=url)


def send(plan: ActivityPlan, kind: str, to: Iterable[User], *, subject: str, body: str, page: str) -> None:
    """Send one notice to each, once per round of signing; the link leads only where the reader may go."""
    rounds = plan.seals.count()
    for user in dict.fromkeys(to):
        seen = access.can(user, "see_plan", plan)
        url = reverse(page, args=[plan.pk]) if seen else reverse("governance:start-show")
        key = f"plan:{plan.pk}:{rounds}:{kind}:{user.pk}"
        notices.send("plan", to=user, key=key, subject=subject, body=body % {"account": plan.account}, url=url)


def _plan(event: AuditEvent) -> ActivityPlan:
    return ActivityPlan.objects.select_related(*RELATED).get(pk=_pk(event))


def _pk(event: AuditEvent) -> int:
    return event.object_id or 0


_TELLERS: dict[str, Callable[[AuditEvent], None]] = {
    "activityplan.submit": _submitted_or_signed,
    "activityplan.sign": _submitted_or_signed,
    "activityplan.sign_on_paper": _submitted_or_signed,
    "activityplan.approve": _approved,
    "activityplan.approve_on_paper": _approved,
    "activityplan.send_back": _given_back,
    "activityplan.decline": _given_back,
    "activityplan.recall": _given_back,
    "activityplan.reopen": _given_back,
    "activityplan.reject": _rejected,
    "account.open": _opened,
    "roleassignment.give": _role_given,
    "roleassignment.stand_in": _role_given,
}

followups.subscribe("accounts.tell", set(_TELLERS), tell)
