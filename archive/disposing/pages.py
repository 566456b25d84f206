"""What retention and disposal show on other pages: the navigation, the start page, a record's own page."""

from django.utils.translation import gettext_lazy as _

from archive.disposing import dating, holding, presenting
from archive.disposing.disposal_forms import FileAsForm, OutOfUseForm
from archive.models import Disposal, DisposalRow, OutOfUse, Record
from archive.record_page import part
from governance import access
from governance.models import User
from governance.panels import Panel, navigation, panel

SHOWN = 5

navigation(_("Gallring"), "archive:disposal-list", "see_record", 66, under="archive:record-list")
navigation(
    _("Dokumenthanteringsplan"),
    "archive:retention-list",
    "",
    69,
    also=("archive:document-kind-list", "archive:decision-list"),
    under="archive:record-list",
)


@panel(25)
def waits_for_approval(user: User) -> Panel | None:
    """Show the disposals that this person may approve, to whoever did not propose them."""
    waiting = Disposal.objects.filter(status=Disposal.Status.PROPOSED).exclude(proposed_by=user)
    seen = access.visible(user, waiting, "approve_disposal").select_related("kind", "proposed_by")
    found = list(seen.order_by("proposed_at", "pk")[: SHOWN + 1])
    context = {"disposals": found[:SHOWN], "more": len(found) > SHOWN}
    return Panel("archive/disposal/_waiting_panel.html", context) if found else None


@part(40, aside=True)
def keeping_of(user: User, record: Record) -> Panel:
    """Show what becomes of a record and why, what holds it, and let the registrar put it in order."""
    may_order = access.can(user, "classify_record", record)
    listed = DisposalRow.objects.filter(identifier=record.identifier).exclude(outcome=DisposalRow.Outcome.LET_GO)
    out_of_use = OutOfUse.objects.filter(record=record).select_related("by").first()
    context = {
        "explained": dating.explain(record),
        "reasons": holding.reasons(record),
        "holds": list(holding.holds_over(record)[:SHOWN]),
        "out_of_use": out_of_use,
        "listed": listed.select_related("disposal").order_by("-pk").first(),
        "file_as": FileAsForm(initial={"kind": record.document_kind_id}) if may_order else None,
        "not_current": OutOfUseForm(auto_id="inaktuell_%s") if may_order and out_of_use is None else None,
        "may_order": may_order,
        "may_hold": access.can(user, "hold_disposal", record),
        "words": presenting.policy_words(),
    }
    return Panel("archive/record/_keeping.html", context)
