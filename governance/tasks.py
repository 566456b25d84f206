"""The kernel's tasks: each is started from rows, may run twice at once, and may be killed at any line."""

from datetime import timedelta

from celery import shared_task
from django.db.models import Q

from governance import audit, bell, clock, followups, invitations, letters, notices, outbox, people, role_rules, rules
from governance.imports import flow
from governance.models import RoleAssignment, Unit, User


@shared_task
def run_follow_ups() -> None:
    """Do what subscribers owe to events."""
    bell.heard(followups.TASK)
    followups.run_owed()


@shared_task
def deliver_notices() -> None:
    """Mail the notices that wait, and the letters to the public."""
    bell.heard(outbox.TASK)
    notices.deliver()
    letters.deliver()


@shared_task
def deliver_invitations() -> None:
    """Mail the invitations that an officer has ordered."""
    bell.heard(invitations.TASK)
    invitations.deliver()


@shared_task
def carry_out_imports() -> None:
    """Let in the files that an officer has ordered, each whole or not at all."""
    bell.heard(flow.TASK)
    flow.carry_out_owed()


@shared_task
def forget_imports() -> None:
    """Forget the rows of files that nobody has taken further."""
    flow.forget_old()


@shared_task
def seal_audit() -> None:
    """Append seals to the audit log's chain."""
    while audit.seal() == audit.SEAL_BATCH:
        continue


@shared_task
def refresh_due_findings() -> None:
    """Re-evaluate what has become due or late since the last look."""
    rules.evaluate_due(clock.now())
    # No event and no clock of a row tells that the sealing has stopped: it is looked at each time.
    for root in Unit.objects.filter(parent=None):
        rules.evaluate(root)


@shared_task
def evaluate_everything() -> None:
    """Ask every rule about every object."""
    rules.evaluate_all()


@shared_task
def refresh_role_dates() -> None:
    """Ask the rules anew where a role began today or ended yesterday, as its dates said."""
    today = clock.today()
    changed = RoleAssignment.objects.filter(Q(valid_from=today) | Q(valid_to=today - timedelta(days=1)))
    for unit in Unit.objects.filter(pk__in=changed.values("unit")):
        rules.evaluate_under(unit)


@shared_task
def let_leavers_go() -> None:
    """End the login of everybody whose last day has passed; who keeps the organisation alone stays."""
    for user in User.objects.active().filter(leaves_on__lt=clock.today()).order_by("pk"):
        if not role_rules.refusal_to_deactivate(user):
            people.deactivate(user, by=None)
