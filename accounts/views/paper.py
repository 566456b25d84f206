"""A plan that was signed on paper: laying in the scan, writing in its signatures, handing the scan out."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms.paper import DAY, NAME, PaperForm, ScanForm
from accounts.models import ActivityPlan
from accounts.plans import document
from accounts.signatures import paper_signing
from accounts.views.plans import PLANS
from governance import access, audit, fresh, scans, uploads
from governance.fresh import fresh_login_required
from governance.request import Request
from governance.workflow import Refused

SIGNING = ActivityPlan.Status.SIGNING
KEPT = (f"{DAY}*", f"{NAME}*", "scan", "digest", "approver", "approval_*")
WITHOUT_SCRIPTS = "default-src 'none'; sandbox"


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_login_required(keep=KEPT)
def enter(request: Request, pk: int) -> HttpResponse:
    """Show what lies before the signers and its scans (GET), or write in what stands on a paper (POST)."""
    plan = _plan(request, pk)
    if plan.status != SIGNING:
        messages.info(request, _("Planen ligger inte för underskrift. Lämna den för underskrift först."))
        return redirect(plan)
    form = PaperForm(request.POST if request.method == "POST" else fresh.kept(request), plan=plan)
    if request.method == "POST" and form.is_valid() and _entered(request, form, plan):
        messages.success(request, _("Underskrifterna är inskrivna."))
        return redirect(plan)
    return _page(request, plan, form, ScanForm())


@uploads.at_most(scans.MAX_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Request, pk: int) -> HttpResponse:
    """Lay in a scan; whatever is wrong with it is said beside the field."""
    plan = _plan(request, pk)
    form = ScanForm(request.POST, request.FILES, too_large=uploads.too_large(request, "file"))
    if request.method != "POST" or plan.status != SIGNING:
        return redirect("accounts:paper-enter", pk=plan.pk)
    if form.is_valid() and _added(request, form, plan):
        messages.success(request, _("Papperet är inlagt. Skriv nu in underskrifterna som står på det."))
        return redirect("accounts:paper-enter", pk=plan.pk)
    return _page(request, plan, PaperForm(plan=plan), form)


@require_safe
def download(request: Request, pk: int, scan: int) -> HttpResponseBase:
    """Hand out a scan as a file, never opened inside the page; that it was read is logged."""
    plan = access.get_or_deny(request.user, PLANS.all(), pk=pk)
    found = get_object_or_404(plan.scans, pk=scan)
    audit.record("activityplan.open_scan", by=request.user, obj=plan, data={"sha256": found.sha256})
    name = f"underskriven-plan-{plan.pk}-{found.pk}.{scans.ENDINGS[found.media_type]}"
    content = default_storage.open(found.file)
    response = FileResponse(
        content, as_attachment=True, filename=get_valid_filename(name), content_type=found.media_type
    )
    response.headers["Content-Security-Policy"] = WITHOUT_SCRIPTS
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def remove(request: Request, pk: int, scan: int) -> HttpResponse:
    """Take away a scan that was laid in by mistake."""
    plan = _plan(request, pk)
    try:
        paper_signing.remove_scan(get_object_or_404(plan.scans, pk=scan), by=request.user)
        messages.success(request, _("Papperet är borttaget."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("accounts:paper-enter", pk=plan.pk)


def _plan(request: Request, pk: int) -> ActivityPlan:
    return access.get_or_deny(request.user, PLANS.all(), act="open_account", pk=pk)


def _page(request: Request, plan: ActivityPlan, form: PaperForm, scan_form: ScanForm) -> HttpResponse:
    context = {
        "plan": plan,
        "form": form,
        "scan_form": scan_form,
        "scans": plan.scans.select_related("entered_by").prefetch_related("signatures"),
        "document": document.of(plan),
    }
    return render(request, "accounts/plan_paper.html", context)


def _entered(request: Request, form: PaperForm, plan: ActivityPlan) -> bool:
    try:
        paper_signing.enter(
            plan,
            by=request.user,
            digest=form.cleaned_data["digest"],
            scan=form.cleaned_data["scan"],
            entries=form.entries(),
            approval=form.approval(),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _added(request: Request, form: ScanForm, plan: ActivityPlan) -> bool:
    scan = form.cleaned_data["file"]
    try:
        paper_signing.add_scan(
            plan, by=request.user, name=form.file_name, media_type=scan.media_type, content=scan.content
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
