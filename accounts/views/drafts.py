"""Writing a plan: the form, what it saves by itself, and writing on under a newer policy."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms import PlanForm
from accounts.models import ActivityPlan
from accounts.plans import amendment, conflicts, drafts
from accounts.views.plans import PLANS
from governance import access, clock
from governance.request import Request
from governance.workflow import Refused

CONFLICT = 409


def edit(request: Request, pk: int) -> HttpResponse:
    """Write the draft; whatever the policy demands may still be missing when it is saved."""
    plan = access.get_or_deny(request.user, PLANS.all(), act="edit_plan", pk=pk)
    if request.method == "POST":
        return _save(request, plan)
    if plan.status != ActivityPlan.Status.DRAFT:
        messages.error(request, _("Planen kan inte ändras nu. Ta tillbaka den först om något ska rättas."))
        return redirect(plan)
    return _page(request, PlanForm(plan=plan))


@require_POST
def autosave(request: Request, pk: int) -> JsonResponse:
    """Save what makes sense of the form while it is being written, and name the rest; changes nothing on the page."""
    plan = access.get_or_deny(request.user, PLANS.all(), act="edit_plan", pk=pk)
    form = PlanForm(request.POST, plan=plan)
    form.is_valid()
    try:
        saved = drafts.save(plan, by=request.user, **_written(form), by_itself=True)
    except Refused as refused:
        return JsonResponse({"refused": str(refused)}, status=CONFLICT)
    words = _("Sparat %(time)s") % {"time": date_format(clock.local(clock.now()), "H.i")}
    answer = {"saved": words, "revision": saved.revision, "values": form.settled(saved), "problems": _problems(form)}
    return JsonResponse(answer)


@require_POST
def rewrite(request: Request, pk: int) -> HttpResponse:
    """Write the draft on under the policy that holds now."""
    plan = access.get_or_deny(request.user, PLANS.all(), act="edit_plan", pk=pk)
    try:
        amendment.rewrite(plan, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(plan)
    messages.success(request, _("Utkastet följer nu den policy som gäller. Det som är skrivet står kvar."))
    return redirect("accounts:plan-edit", pk=plan.pk)


def _save(request: Request, plan: ActivityPlan) -> HttpResponse:
    """Save the whole form; what was typed stays on the page whatever comes between."""
    form = PlanForm(request.POST, plan=plan)
    if not form.is_valid():
        return _page(request, form)
    try:
        drafts.save(plan, by=request.user, **_written(form))
    except drafts.Conflict as conflict:
        return _both(request, conflict)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, form)
    messages.success(request, _("Utkastet är sparat."))
    return redirect("accounts:plan-edit" if "more" in request.POST else "accounts:plan-show", pk=plan.pk)


def _written(form: PlanForm) -> dict[str, Any]:
    return {
        "fields": form.columns(),
        "people": form.named(),
        "goals": form.goals(),
        "revision": form.revision(),
    }


def _both(request: Request, conflict: drafts.Conflict) -> HttpResponse:
    """Show what is saved beside what was typed; saving once more is then a choice."""
    form = conflicts.merged(request.POST, PLANS.get(pk=conflict.plan.pk))
    return _page(request, form, conflict=conflict, both=conflicts.differing(form), status=CONFLICT)


def _page(request: Request, form: PlanForm, *, status: int = 200, **more: Any) -> HttpResponse:
    plan = form.plan
    # What stood there when the page was opened, not what stands there after a save that was refused.
    opened = form.data.get(conflicts.OPENED) or conflicts.opened(plan)
    context = {"form": form, "plan": plan, "opened": opened, "newer_policy": amendment.newer_policy(plan), **more}
    return render(request, "accounts/plan_edit.html", context, status=status)


def _problems(form: PlanForm) -> list[dict[str, str]]:
    """Answer what was not saved, and why, in the order of the form."""
    named = [field for field in form.visible_fields() if field.errors]
    return [
        {"id": field.auto_id or "", "label": str(field.label), "text": " ".join(str(error) for error in field.errors)}
        for field in named
    ]
