"""Signing and approving: the page shows exactly what is signed, and only that is signed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.forms.numbers import NumbersForm
from accounts.models import ActivityPlan
from accounts.plans import document
from accounts.signatures import delegation, signing, turns
from accounts.signatures.signing import Place
from accounts.views.plans import PLANS
from governance import access, fresh
from governance.fresh import fresh_login_required
from governance.request import Request
from governance.workflow import Refused


@fresh_login_required()
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


@fresh_login_required(keep=("number-*",))
def approve(request: Request, pk: int) -> HttpResponse:
    """Show the sealed plan with what the manager decides (GET), or approve it (POST)."""
    plan = access.get_or_deny(request.user, PLANS.all(), act="approve_plan", pk=pk)
    if refusal := turns.approval_refusal(plan, request.user):
        messages.error(request, _("Planen kan inte godkännas nu. %(why)s") % {"why": refusal})
        return redirect(plan)
    form = NumbersForm(request.POST if request.method == "POST" else fresh.kept(request), plan=plan)
    if request.method == "POST" and form.is_valid():
        approved = partial(actions.approve_plan, numbers=form.numbers())
        if _done(request, approved, plan):
            messages.success(request, _next(_("Klart, planen är godkänd."), plan))
            return redirect(plan)
    places = signing.approval_places(plan, request.user)
    return render(request, "accounts/plan_sign.html", _context(plan, places, approving=True) | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def enter_numbers(request: Request, pk: int) -> HttpResponse:
    """Enter or put right the numbers of the decisions by delegation, once the plan is approved."""
    plan = access.get_or_deny(request.user, PLANS.all(), act="approve_plan", pk=pk)
    if plan.status not in delegation.DECIDED or not delegation.statements(plan):
        messages.info(request, _("Planen har inga delegationsbeslut att skriva in nummer för."))
        return redirect(plan)
    form = NumbersForm(request.POST if request.method == "POST" else None, plan=plan)
    if request.method == "POST" and form.is_valid():
        written = delegation.enter(plan, by=request.user, numbers=form.numbers())
        messages.success(request, _("Numren är sparade.") if written else _("Inget var ändrat."))
        return redirect(plan)
    history = plan.delegation_decisions.select_related("entered_by").order_by("-pk")
    return render(request, "accounts/plan_numbers.html", {"plan": plan, "form": form, "history": history})


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
