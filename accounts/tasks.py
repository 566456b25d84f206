"""The register's tasks: each is started from rows, may run twice at once, and may be killed at any line."""

from datetime import date

from celery import shared_task

from accounts.credentials import keeping
from accounts.life import seasons
from accounts.public import reports
from accounts.signatures import escalation
from governance import clock


@shared_task
def keep_seasons(day: str | None = None) -> None:
    """Each night: rest accounts outside their season, wake those whose pause is over; `day` (ISO) is asked for."""
    seasons.keep_all(date.fromisoformat(day) if day else clock.today())


@shared_task
def clean_reports() -> None:
    """Remove personal data from the public's reports whose time has come."""
    reports.clean(clock.now())


@shared_task
def pass_approvals_up() -> None:
    """Let what has waited too long for its approval go one step up, and tell who may give it now (R-PLAN-12)."""
    escalation.pass_all_up()


@shared_task
def refresh_access() -> None:
    """Each night: make every list of who gets in say what holds today; a role or a duty may have had its last day."""
    keeping.refresh_all()
