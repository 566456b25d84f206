"""The kernel's tasks: each is started from rows, may run twice at once, and may be killed at any line."""

from datetime import timedelta

from celery import shared_task
from django.db.models import Q

from governance import audit, bell, clock, followups, notices, rules
from governance.models import RoleAssignment, Unit


@shared_task
def run_follow_ups() -> None:
    """Do what subscribers owe to events."""
    bell.heard(followups.TASK)
    followups.run_owed()


@shared_task
def deliver_notices() -> None:
    """Mail the notices that wait."""
    bell.heard(notices.TASK)
    notices.deliver()


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
