"""Communications is told when somebody outside has written in."""

from django.utils.translation import gettext as _

from accounts import people
from accounts.models import PublicReport
from governance import followups, notices
from governance.models import AuditEvent


def tell(event: AuditEvent) -> None:
    """Tell the communications officers; what was written stays on its page."""
    report = PublicReport.objects.select_related("unit").get(pk=event.object_id or 0)
    subject = _("Ny anmälan från allmänheten: %(kind)s") % {"kind": report.get_kind_display()}
    body = _("Någon har skrivit in från de offentliga sidorna. Läs anmälan, svara eller avsluta den med ett skäl.")
    for officer in people.officers(report.unit):
        key = f"publicreport:{report.pk}:received:{officer.pk}"
        url = report.get_absolute_url()
        notices.send("publicreport", to=officer, key=key, subject=subject, body=body, url=url)


followups.subscribe("accounts.public_reports", {"publicreport.receive"}, tell)
