"""What follows when a plan is adopted, an account is closed, or a disposal is proposed, approved or done."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Account
from archive.disposing import carrying_out, dating, planning
from archive.models import Disposal, DisposalDecision, Record, RetentionPlan
from governance import access, clock, notices, rules
from governance.followups import subscribe
from governance.models import AuditEvent, RoleAssignment, User
from governance.permissions import ROLES

MOST_TOLD = 20


def set_days_by_plan(event: AuditEvent) -> None:
    """Set every record's day anew by the version that was adopted, and ask when pictures are due by it."""
    plan = RetentionPlan.objects.select_related("authority").filter(pk=event.object_id or 0).first()
    if plan is not None:
        dating.refresh(plan.authority)
        rules.evaluate_under(planning.seat(plan.authority))


def set_days_by_closing(event: AuditEvent) -> None:
    """Count anew what is counted from the day that an account was closed."""
    account = Account.objects.filter(pk=event.account_id or 0).first()
    if account is not None:
        dating.refresh_account(account)


def look_at_findings(event: AuditEvent) -> None:
    """Ask the rules anew about the authority that it is about, at its seat."""
    models: dict[str, Any] = {"record": Record, "disposal": Disposal, "disposaldecision": DisposalDecision}
    model = models.get(event.object_type.split(".")[-1], RetentionPlan)
    found = model.objects.select_related("authority").filter(pk=event.object_id or 0).first()
    if found is not None:
        rules.evaluate(planning.seat(found.authority))


def tell_approvers(event: AuditEvent) -> None:
    """Tell those who may approve it, the nearest first, that a proposal waits; never what stands on it."""
    disposal = Disposal.objects.select_related("unit", "proposed_by").get(pk=event.object_id or 0)
    if disposal.status == Disposal.Status.PROPOSED:
        subject = _("Gallring %(number)s väntar på godkännande") % {"number": disposal.pk}
        body = _("Ett förslag till gallring väntar på att en andra person granskar och godkänner det.")
        for person in _approvers(disposal):
            _tell(disposal, "approve", person, subject, body)


def tell_proposer(event: AuditEvent) -> None:
    """Tell the proposer how it went."""
    disposal = Disposal.objects.select_related("proposed_by").get(pk=event.object_id or 0)
    person = disposal.proposed_by
    if person is not None and person.pk != event.actor_id:
        words = {"number": disposal.pk, "status": disposal.get_status_display().lower()}
        subject = _("Gallring %(number)s är %(status)s") % words
        _tell(
            disposal, event.action, person, subject, _("Öppna gallringen för att se vad som hände med varje handling.")
        )


def carry_out(event: AuditEvent) -> None:
    """Wake the worker: what is approved is carried out outside of anybody's request."""
    carrying_out.ring_on_commit()


def _approvers(disposal: Disposal) -> list[User]:
    roles = [role for role, permissions in ROLES.items() if "approve_disposal" in permissions]
    covering = RoleAssignment.objects.in_force(clock.today()).covering(disposal.unit).filter(role__in=roles)
    held = covering.exclude(user=disposal.proposed_by).select_related("user")
    people = list(dict.fromkeys(given.user for given in held))
    return [user for user in people if access.can(user, "approve_disposal", disposal)][:MOST_TOLD]


def _tell(disposal: Disposal, what: str, person: User, subject: str, body: str) -> None:
    key = f"{what}:{disposal.pk}:{person.pk}"
    notices.send(
        "disposal", to=person, key=f"disposal.{key}", subject=subject, body=body, url=disposal.get_absolute_url()
    )


subscribe("archive.retention_days", {"retentionplan.adopt"}, set_days_by_plan)
subscribe("archive.closing_days", {"account.close"}, set_days_by_closing)
subscribe(
    "archive.disposal_findings",
    {
        "record.keep",
        "record.classify",
        "record.out_of_use",
        "record.in_use",
        "retentionplan.adopt",
        "disposaldecision.end",
        "disposal.propose",
        "disposal.reject",
        "disposal.withdraw",
        "disposal.finish",
    },
    look_at_findings,
)
subscribe("archive.disposal_told", {"disposal.propose"}, tell_approvers)
subscribe("archive.disposal_answered", {"disposal.reject", "disposal.finish"}, tell_proposer)
subscribe("archive.disposal_begun", {"disposal.approve"}, carry_out)
