"""The document management plan: read by everybody signed in, written and adopted by whoever keeps it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.disposing import planning, presenting
from archive.disposing.retention_forms import AdoptForm, PlanForm, RuleForm
from archive.models import RetentionPlan, RetentionRule
from governance import access, disposing, pdf
from governance.models import Authority
from governance.request import Request
from governance.workflow import Refused

PLANS = RetentionPlan.objects.select_related("authority", "unit", "begun_by")
ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def show_list(request: Request) -> HttpResponse:
    """List the authorities with the plan that holds for each, and what the policy says."""
    context = {
        "shelves": presenting.shelves(request.user),
        "words": presenting.policy_words(),
        "worn": disposing.worn_rows(),
        "may_manage": access.holds(request.user, "manage_retention"),
    }
    return render(request, "archive/retention/list.html", context)


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """Show one version: every kind of document and what becomes of it."""
    plan = _read(request, pk)
    may_manage = presenting.may_manage(request.user, plan.authority)
    context = {
        "plan": plan,
        "lines": presenting.lines(plan),
        "without": planning.without_rule(plan) if plan.is_draft else [],
        "words": presenting.policy_words(),
        "versions": PLANS.filter(authority=plan.authority).exclude(status=RetentionPlan.Status.DRAFT),
        "may_manage": may_manage,
        "may_write": may_manage and plan.is_draft,
    }
    return render(request, "archive/retention/show.html", context)


@require_safe
def print_pdf(request: Request, pk: int) -> HttpResponse:
    """Answer a version as a PDF to print and lay before the board."""
    plan = _read(request, pk)
    context = {"plan": plan, "lines": presenting.lines(plan), "words": presenting.policy_words()}
    try:
        content = pdf.render("archive/retention/pdf_plan.html", context, title=str(plan))
    except pdf.PdfUnavailable:
        messages.error(request, _("PDF kan inte skapas på den här servern just nu. Skriv ut sidan i stället."))
        return redirect(plan)
    headers = {"Content-Disposition": f'inline; filename="{slugify(str(plan))}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
def begin(request: Request, pk: int) -> HttpResponse:
    """Begin a new version for an authority, or go on with its draft."""
    authority = get_object_or_404(Authority, pk=pk)
    if not presenting.may_manage(request.user, authority):
        raise access.PermissionDenied
    return redirect(planning.begin(authority, by=request.user))


@ASKS
def describe(request: Request, pk: int) -> HttpResponse:
    """Write a draft's introduction and the interval between snapshots."""
    plan = _written(request, pk)
    initial = {"note": plan.note, "snapshot_months": plan.snapshot_months}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _done(form, lambda: planning.describe(plan, by=request.user, **form.cleaned_data)):
        return redirect(plan)
    context = {"plan": plan, "form": form, "word": presenting.plan_may_differ()}
    return render(request, "archive/retention/describe.html", context)


@ASKS
def write_rule(request: Request, pk: int, rule: int | None = None) -> HttpResponse:
    """Write a line of a draft, new or changed."""
    plan = _written(request, pk)
    found = get_object_or_404(plan.rules.select_related("kind"), pk=rule) if rule else None
    form = RuleForm(request.POST if request.method == "POST" else None, plan=plan, rule=found)
    if found is None and request.method != "POST":
        form.initial["kind"] = request.GET.get("typ")
    if form.is_valid() and _done(form, lambda: _rule(form, plan, request)):
        messages.success(request, _("Raden är sparad."))
        return redirect(plan)
    context = {"plan": plan, "form": form, "rule": found, "words": presenting.policy_words()}
    return render(request, "archive/retention/rule.html", context)


@require_POST
def drop_rule(request: Request, pk: int, rule: int) -> HttpResponse:
    """Take a line out of a draft."""
    plan = _written(request, pk)
    planning.drop_rule(get_object_or_404(plan.rules.select_related("plan", "kind"), pk=rule), by=request.user)
    messages.success(request, _("Raden är borttagen ur utkastet."))
    return redirect(plan)


@ASKS
def adopt(request: Request, pk: int) -> HttpResponse:
    """Put a draft in force by the decision it was adopted by."""
    plan = _written(request, pk)
    form = AdoptForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _done(form, lambda: _adopted(form, plan, request)):
        messages.success(request, _("Planen gäller nu. Gallringsdatumen räknas om för myndighetens handlingar."))
        return redirect(plan)
    context = {"plan": plan, "form": form, "lines": presenting.lines(plan)}
    return render(request, "archive/retention/adopt.html", context)


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Throw a draft away."""
    planning.discard(_written(request, pk), by=request.user)
    messages.success(request, _("Utkastet är kastat."))
    return redirect("archive:retention-list")


def _read(request: Request, pk: int) -> RetentionPlan:
    """Answer a version that everybody reads; a draft only whoever keeps it."""
    plan = get_object_or_404(PLANS, pk=pk)
    if plan.is_draft and not presenting.may_manage(request.user, plan.authority):
        raise Http404
    return plan


def _written(request: Request, pk: int) -> RetentionPlan:
    plan = _read(request, pk)
    if not presenting.may_manage(request.user, plan.authority) or not plan.is_draft:
        raise access.PermissionDenied
    return plan


def _rule(form: RuleForm, plan: RetentionPlan, request: Request) -> RetentionRule:
    return planning.set_rule(plan, form.cleaned_data["kind"], by=request.user, **form.said())


def _adopted(form: AdoptForm, plan: RetentionPlan, request: Request) -> RetentionPlan:
    is_decision = form.cleaned_data["is_decision"]
    return planning.adopt(plan, by=request.user, is_decision=is_decision, **form.decided())


def _done(form: Any, act: Any) -> bool:
    try:
        act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
