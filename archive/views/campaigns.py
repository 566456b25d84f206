"""Campaigns of snapshots: which have been, how complete they are, and starting one by hand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive import actions, completeness, presenting
from archive.models import Snapshot, SnapshotCampaign
from archive.views.snapshots import ORDERS, SEEN_WITH
from governance import access
from governance.listing import in_order, page_of
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused


@needs("see_record")
def show_list(request: Request) -> HttpResponse:
    """List the campaigns, the latest first, each with how complete it is."""
    seen = access.visible(request.user, SnapshotCampaign.objects.all(), "see_record")
    page = page_of(request, seen.select_related("policy_version", "opened_by").order_by("-starts_on"))
    context = {
        "page": page,
        "rows": completeness.of(list(page.object_list), request.user),
        "coming": completeness.coming(),
        "source": completeness.source(),
        "may_start": access.holds(request.user, "start_campaign"),
    }
    return render(request, "archive/campaign_list.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """Show one campaign: how many are done, waiting and failed, and each account."""
    campaigns = SnapshotCampaign.objects.select_related("policy_version", "opened_by")
    campaign = access.get_or_deny(request.user, campaigns, pk=pk)
    seen = access.visible(request.user, Snapshot.objects.filter(campaign=campaign), "see_account")
    page = page_of(request, in_order(request, seen, ORDERS, "konto").select_related(*SEEN_WITH))
    context = {
        "campaign": campaign,
        "row": completeness.of([campaign], request.user)[0],
        "page": page,
        "rows": presenting.snapshots(list(page.object_list), request.user),
    }
    return render(request, "archive/campaign_show.html", context)


@require_POST
@needs("start_campaign")
def start(request: Request) -> HttpResponse:
    """Start a campaign by hand."""
    try:
        campaign = actions.start_campaign(by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("archive:campaign-list")
    messages.success(request, _("%(campaign)s är startad.") % {"campaign": campaign})
    return redirect(campaign)
