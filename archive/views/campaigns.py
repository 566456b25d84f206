"""Campaigns of snapshots: which have been, how complete they are, and each account of one until the last."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from archive.models import Snapshot, SnapshotCampaign
from archive.snapshots import actions, completeness, following
from archive.snapshots.snapshot_filters import CampaignFilter
from archive.views.snapshots import ORDERS, SEEN_WITH
from governance import access, exporting
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


def show(request: Request, pk: int) -> HttpResponseBase:
    """Show one campaign: how many have ended, wait and need somebody; and each account with who answers for it."""
    campaign = _campaign(request, pk)
    seen = _snapshots(request, campaign)
    found = CampaignFilter(request.GET, seen)
    rows = in_order(request, found.qs, ORDERS, "konto").select_related(*SEEN_WITH)
    if exporting.asked(request):
        return exporting.export(request, rows, following.COLUMNS, campaign, following.prepare(request.user))
    page = page_of(request, rows)
    stands = completeness.of([campaign], request.user)[0]
    accounts = following.rows(list(page.object_list), request.user)
    context = {
        "campaign": campaign,
        "row": stands,
        "filter": found,
        "page": page,
        "rows": accounts,
        "shown": [each.shown for each in accounts],
        "narrowed": bool(set(request.GET) - {"ordning", "sida"}),
        "outside": completeness.outside(campaign, request.user),
        "answers": following.who_answers(),
        "left": completeness.time_left(campaign),
        "cancellable": actions.cancellable(seen, by=request.user).count(),
        "may_retry": bool(stands.failed + stands.cancelled) and access.holds(request.user, "order_snapshot"),
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


@require_POST
@needs("order_snapshot")
def retry(request: Request, pk: int) -> HttpResponse:
    """Order everything of a campaign again that failed or was called off, as far as the reader may."""
    campaign = _campaign(request, pk)
    done = actions.retry_all(_snapshots(request, campaign), by=request.user)
    text = ngettext("%(n)s nytt försök är beställt.", "%(n)s nya försök är beställda.", done.new)
    messages.success(request, text % {"n": done.new})
    if done.refused:
        text = ngettext(
            "%(n)s konto gick inte att försöka igen med: det är inte öppet, eller har redan en bild på väg.",
            "%(n)s konton gick inte att försöka igen med: de är inte öppna, eller har redan en bild på väg.",
            done.refused,
        )
        messages.warning(request, text % {"n": done.refused})
    return redirect(campaign)


def _campaign(request: Request, pk: int) -> SnapshotCampaign:
    campaigns = SnapshotCampaign.objects.select_related("policy_version", "opened_by")
    return access.get_or_deny(request.user, campaigns, pk=pk)


def _snapshots(request: Request, campaign: SnapshotCampaign) -> QuerySet[Snapshot]:
    return access.visible(request.user, Snapshot.objects.filter(campaign=campaign), "see_account")
