"""The diary in the navigation, on a record's page, and after a picture that goes there by itself."""

from django.utils.translation import gettext_lazy as _

from archive.diary import actions, reading
from archive.models import DiaryDestination, Record
from archive.record_page import part
from governance import clock
from governance.followups import subscribe
from governance.models import AuditEvent
from governance.panels import navigation
from governance.workflow import Refused

navigation(_("Diariet"), "archive:handover-list", "hand_over", 70, under="archive:record-list")

part(40, aside=True)(reading.part)


def hand_over_picture(event: AuditEvent) -> None:
    """Hand a new snapshot over by itself, where the authority's diary wants that (Lekeberg 7: saved in Platina)."""
    record = Record.objects.filter(pk=event.object_id or 0, kind=Record.Kind.SNAPSHOT, secret=False).first()
    if record is None or record.handovers.exists():
        return
    if not DiaryDestination.objects.filter(authority=record.authority_id, automatic=True).exists():
        return
    dated = clock.local(record.made_at).date()
    try:
        actions.order(record, by=None, dated=dated, party="", matter=record.title[:300])
    except Refused:
        return  # somebody else was first


subscribe("archive.diary", {"record.keep"}, hand_over_picture)
