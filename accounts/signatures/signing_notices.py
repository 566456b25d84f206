"""What follows a signature that is withdrawn, an approval that goes one step up, and a paper that is to be printed."""

from django.utils.translation import gettext as _

from accounts import followups as tellers
from accounts.models import ActivityPlan, Signature
from accounts.signatures import printing, signing
from governance import followups
from governance.models import AuditEvent, User

Status = ActivityPlan.Status


def tell_of_withdrawal(event: AuditEvent) -> None:
    """Tell the author, and everybody else who had signed, that a signature was withdrawn and a new round will come."""
    plan = _plan(event)
    sealed = plan.seals.first()
    if sealed is None or event.actor_id is None:
        return
    signers = Signature.objects.filter(sealed=sealed).exclude(user=None).values("user")
    people = User.objects.filter(pk__in=signers, is_active=True)
    others = [user for user in people if user.pk not in (event.actor_id, plan.drafted_by_id)]
    subject = _("En underskrift på planen för %(account)s är återtagen") % {"account": plan.account}
    body = _(
        "En av dem som hade undertecknat planen för %(account)s har tagit tillbaka sin underskrift. Planen är ett"
        " utkast igen, och din underskrift gäller inte längre. Du får ett nytt meddelande när planen ska undertecknas"
        " på nytt."
    )
    tellers.send(plan, "withdrawn", others, subject=subject, body=body, page="accounts:plan-show")
    body = _(
        "En av dem som hade undertecknat planen för %(account)s har tagit tillbaka sin underskrift. Planen är ett"
        " utkast igen. Läs motiveringen överst på planens sida, ändra det som behövs och lämna den på nytt."
    )
    author = [] if plan.drafted_by_id == event.actor_id else [plan.drafted_by]
    tellers.send(plan, "withdrawn", author, subject=subject, body=body, page="accounts:plan-show")


def tell_one_step_up(event: AuditEvent) -> None:
    """Tell whoever may approve now, because it has waited too long for those below (R-PLAN-12)."""
    plan = _plan(event)
    if plan.status != Status.SIGNING:
        return
    roles = signing.approving_roles(plan)
    above = [role.user for role in roles if role.unit_id != roles[0].unit_id]
    subject = _("Godkänn planen för %(account)s, den har väntat för länge") % {"account": plan.account}
    body = _(
        "Planen för %(account)s har väntat på att godkännas i mer än fem arbetsdagar. Nu kan du också godkänna den,"
        " eller skicka tillbaka den."
    )
    tellers.send(plan, "up", above, subject=subject, body=body, page="accounts:plan-approve")


def print_paper(event: AuditEvent) -> None:
    """Make the PDF that is kept, as soon as the plan is approved or a number of its decision is entered."""
    plan = _plan(event)
    if printing.is_kept(plan):
        printing.kept(plan)


def _plan(event: AuditEvent) -> ActivityPlan:
    return ActivityPlan.objects.select_related(*tellers.RELATED).get(pk=event.object_id or 0)


followups.subscribe("accounts.tell_withdrawn", {"activityplan.withdraw_signature"}, tell_of_withdrawal)
followups.subscribe("accounts.tell_up", {"activityplan.pass_up"}, tell_one_step_up)
followups.subscribe(
    "accounts.print",
    {
        "activityplan.approve",
        "activityplan.approve_on_paper",
        "activityplan.publish_correction",
        "activityplan.enter_number",
    },
    print_paper,
)
