"""Following up the goals of a plan."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.forms.follow_up import FollowUpForm
from accounts.models import ActivityPlan, Goal
from accounts.plans import goals
from accounts.views.plans import PLANS
from governance import access
from governance.request import Request


def follow_up(request: Request, pk: int) -> HttpResponse:
    """Write down what became of a goal of the plan in force."""
    goal = get_object_or_404(Goal, pk=pk)
    plan = access.get_or_deny(request.user, PLANS.all(), act="edit_plan", pk=goal.plan_id)
    if plan.status != ActivityPlan.Status.APPROVED:
        messages.error(request, _("Mål följs upp i den plan som gäller."))
        return redirect(plan)
    form = FollowUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        goals.follow_up(goal, by=request.user, **form.cleaned_data)
        messages.success(request, _("Uppföljningen är sparad."))
        return redirect(plan)
    standing = next(each for each in goals.standings(plan) if each.goal == goal)
    return render(request, "accounts/goal_follow_up.html", {"plan": plan, "standing": standing, "form": form})
