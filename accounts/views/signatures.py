"""Signing and approving: the page shows exactly what is signed, and only that is signed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import actions, document, signing, turns
from accounts.models import ActivityPlan
from accounts.signing import Place
from accounts.views.plans import PLANS
from governance import access
from governance.request import Request
from governance.workflow import Refused


def sign(request: Request, pk: int) -> HttpResponse:
    """Show the sealed plan with the reader's statements (GET), or sign it (POST)."""
    plan = access.get_or_deny(request.user, PLANS.all(), act="sign_plan", pk=pk)
    places = turns.places_of(plan, request.user)
    if not places:
        messages.info(request, _("Ingen plats i planen väntar på din underskrift."))
        return redirect(plan)
    if request.method == "POST" and _done(request, actions.sign_plan, plan):
        messages.success(request, _next(_("Klart, du har undertecknat."), plan))
        return redirect(plan)
    return render(request, "accounts/plan_sign.html", _context(plan, places, approving=False))


def approve(request: Request, pk: int) -> HttpResponse:
    """Show the sealed plan with what the manager decides (GET), or approve it (POST)."""
    plan = access.get_or_deny(request.user, PLANS.all(), act="approve_plan", pk=pk)
    if refusal := turns.approval_refusal(plan, request.user):
        messages.error(request, _("Planen kan inte godkännas nu. %(why)s") % {"why": refusal})
        return redirect(plan)
    if request.method == "POST" and _done(request, actions.approve_plan, plan):
        messages.success(request, _next(_("Klart, planen är godkänd."), plan))
        return redirect(plan)
    places = signing.approval_places(plan, request.user)
    return render(request, "accounts/plan_sign.html", _context(plan, places, approving=True))


def _next(done: str, plan: ActivityPlan) -> str:
    """Say what was done and whom the plan waits for now."""
    return f"{done} {turns.next_step(PLANS.get(pk=plan.pk))}".strip()


def _done(request: Request, action: Any, plan: ActivityPlan) -> bool:
    """Sign what the page showed, known by its SHA-256; where something came between, say so and show it anew."""
    try:
        action(plan, by=request.user, digest=request.POST.get("digest", ""))
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    return True


def _context(plan: ActivityPlan, places: list[Place], *, approving: bool) -> dict[str, Any]:
    rules = plan.rules
    delegated = {each.text for each in rules.approval.statements if each.delegated} if approving else set()
    return {
        "plan": plan,
        "document": document.of(plan),
        "places": places,
        "delegated": delegated,
        "approving": approving,
    }
