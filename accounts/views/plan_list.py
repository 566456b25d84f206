"""The list of plans, every version of each."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.export_columns import PLANS as PLANS_EXPORTED
from accounts.plans.plan_filters import PlanFilter
from accounts.plans.plan_page import COLORS
from accounts.views.plans import PLANS
from governance import access, exporting
from governance.listing import KeysFirst, in_order, page_of
from governance.request import Request

ORDERS = {
    "konto": ("account__sort_key", "version"),
    "enhet": ("unit__sort_key", "account__sort_key"),
    "version": ("version", "account__sort_key"),
    "lage": ("status", "account__sort_key"),
    "lamnad": ("submitted_at", "account__sort_key"),
    "godkand": ("approved_at", "account__sort_key"),
    "paborjad": ("created_at", "account__sort_key"),
}


def show_list(request: Request) -> HttpResponseBase:
    """List the plans that the reader may see, narrowed, ordered and paged."""
    seen = access.visible(request.user, PLANS.all(), "see_plan")
    found = PlanFilter(request.GET, seen)
    ordered = in_order(request, found.qs, ORDERS, "konto")
    if exporting.asked(request):
        return exporting.export(request, ordered.select_related("drafted_by"), PLANS_EXPORTED, _("Planer"))
    context = {
        "filter": found,
        "page": page_of(request, ordered, pages=KeysFirst),
        "narrowed": any(request.GET.get(name) for name in found.filters),
        "may_propose": access.holds(request.user, "propose_account"),
        "colors": COLORS,
    }
    return render(request, "accounts/plan_list.html", context)
