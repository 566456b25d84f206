"""What waits with communications: a report from the public that nobody has ended within some working days."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import people
from accounts.models import PublicReport
from accounts.models.public_report import OPEN
from accounts.public.reports import WAITING_DAYS
from governance import workingdays
from governance.policy.schema import DEFAULT_CLAUSE
from governance.rules import DEFAULT, Verdict, rule


@rule("REP-1", PublicReport)
def report_is_ended(report: PublicReport, at: datetime) -> Iterator[Verdict]:
    """A report is answered, or ended with a reason, within some working days; the number of days is the product's."""
    if report.status not in OPEN:
        return
    yield Verdict(
        _("Besvara anmälan från allmänheten: %(kind)s.") % {"kind": report.get_kind_display()},
        DEFAULT_CLAUSE,
        report.get_absolute_url(),
        basis=DEFAULT,
        strength="bör",
        due_at=report.received_at,
        breached_at=workingdays.deadline(report.received_at, WAITING_DAYS),
        who=people.officers(report.unit),
    )
