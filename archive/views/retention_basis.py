"""What the document management plan stands on: kinds of documents, decisions on disposal; and the public's list."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.disposing import kinds, planning, presenting
from archive.disposing.retention_forms import DecisionForm, EndForm, KindForm
from archive.models import DisposalDecision, DocumentKind, RetentionRule
from archive.models.retention import Status
from governance import access
from governance.listing import page_of
from governance.models import Authority
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

ASKS = require_http_methods(["GET", "HEAD", "POST"])
FACTS = ("authority", "body", "decided_on", "paragraph", "case_number", "covers")


@needs("see_record")
def show_kinds(request: Request) -> HttpResponse:
    """List the kinds of documents, those that are not used any more last."""
    found = DocumentKind.objects.order_by("retired_at", "sort_key", "pk")
    context = {
        "page": page_of(request, found),
        "may_manage": access.holds(request.user, "manage_retention"),
        "may_change": access.holds_for_all(request.user, "manage_retention"),
    }
    return render(request, "archive/retention/kinds.html", context)


@ASKS
@needs("manage_retention")
def write_kind(request: Request, pk: int | None = None) -> HttpResponse:
    """Add a kind of the municipality's own, or say what one is called and covers, which every authority's plan says."""
    if pk and not access.holds_for_all(request.user, "manage_retention"):
        raise access.PermissionDenied
    kind = get_object_or_404(DocumentKind, pk=pk) if pk else None
    initial = {"name": kind.name, "about": kind.about} if kind else None
    form = KindForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        kinds.describe(kind, by=request.user, **said) if kind else kinds.add(by=request.user, **said)
        messages.success(request, _("Handlingstypen är sparad."))
        return redirect("archive:document-kind-list")
    return render(request, "archive/retention/kind.html", {"form": form, "kind": kind})


@require_POST
@needs("manage_retention", for_all=True)
def retire_kind(request: Request, pk: int) -> HttpResponse:
    """Stop using a kind, or take it back."""
    kinds.retire(get_object_or_404(DocumentKind, pk=pk), by=request.user)
    return redirect("archive:document-kind-list")


@needs("see_record")
def show_decisions(request: Request) -> HttpResponse:
    """List the decisions on disposal, with what the policy says."""
    seen = access.visible(request.user, DisposalDecision.objects.select_related("authority"), "see_record")
    context = {
        "page": page_of(request, seen),
        "words": presenting.policy_words(),
        "may_manage": access.holds(request.user, "manage_retention"),
    }
    return render(request, "archive/retention/decisions.html", context)


def show_decision(request: Request, pk: int) -> HttpResponse:
    """Show one decision, and which lines of plans and disposals rest on it."""
    decision = access.get_or_deny(request.user, DisposalDecision.objects.select_related("authority", "made_by"), pk=pk)
    rules = decision.rules.exclude(plan__status=Status.DRAFT).select_related("plan__authority", "kind")
    context = {
        "decision": decision,
        "rules": rules.order_by("-plan__number", "kind__sort_key", "pk")[:50],
        "disposals": decision.disposals.order_by("-proposed_at", "-pk")[:50],
        "may_manage": access.can(request.user, "manage_retention", decision),
        "is_used": planning.is_used(decision),
        "words": presenting.policy_words(),
    }
    return render(request, "archive/retention/decision.html", context)


@ASKS
@needs("manage_retention")
def write_decision(request: Request, pk: int | None = None) -> HttpResponse:
    """Enter a decision, or correct one that nothing rests on yet."""
    decision = _kept(request, pk) if pk else None
    initial = {name: getattr(decision, name) for name in FACTS} if decision else None
    data = request.POST if request.method == "POST" else None
    form = DecisionForm(data, authorities=presenting.managed(request.user), initial=initial)
    if form.is_valid() and (saved := _decided(form, decision, request)):
        messages.success(request, _("Gallringsbeslutet är sparat."))
        return redirect(saved)
    context = {"form": form, "decision": decision, "words": presenting.policy_words()}
    return render(request, "archive/retention/decision_form.html", context)


@ASKS
def end_decision(request: Request, pk: int) -> HttpResponse:
    """Say until when a decision holds."""
    decision = _kept(request, pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        planning.end(decision, by=request.user, day=form.cleaned_data["day"])
        messages.success(request, _("Sparat. Ingenting gallras med stöd av beslutet efter den dagen."))
        return redirect(decision)
    return render(request, "archive/retention/decision_end.html", {"form": form, "decision": decision})


@login_not_required
@require_safe
def show_public(request: HttpRequest) -> HttpResponse:
    """Show anybody which kinds of documents arise in social media, and how long each authority keeps them."""
    rules = RetentionRule.objects.filter(plan__status=Status.ADOPTED).select_related("kind", "plan__authority")
    ordered = list(rules.order_by("plan__authority__name", "plan", "kind__sort_key", "pk"))
    plans = dict.fromkeys(rule.plan for rule in ordered)
    groups = [(plan, presenting.worded(rule for rule in ordered if rule.plan == plan)) for plan in plans]
    used = DocumentKind.objects.filter(retired_at=None) if not groups else []
    return render(request, "archive/retention/public.html", {"groups": groups, "kinds": used})


def _kept(request: Request, pk: int) -> DisposalDecision:
    found = DisposalDecision.objects.select_related("authority")
    return access.get_or_deny(request.user, found, act="manage_retention", pk=pk)


def _decided(form: DecisionForm, decision: DisposalDecision | None, request: Request) -> DisposalDecision | None:
    said = dict(form.cleaned_data)
    authority: Authority = said.pop("authority")
    try:
        if decision is None:
            return planning.decide(authority, by=request.user, **said)
        return planning.correct(decision, by=request.user, **said)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
