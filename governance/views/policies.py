"""The municipality's policy: its versions, how each one reads, loading one, adopting one."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance import access, acknowledging, policies_in_force, policy_reading
from governance.forms import AdoptForm, LoadForm
from governance.listing import page_of
from governance.models import PolicyVersion, User
from governance.policy.reader import PolicyRefused, shipped
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

VERSIONS = PolicyVersion.objects.select_related("adopted_by")


@needs("see_policy")
def show_list(request: Request) -> HttpResponse:
    """List the versions, the one that holds first, then the latest."""
    current = PolicyVersion.objects.current()
    others = VERSIONS.exclude(pk=current.pk) if current else VERSIONS.all()
    context = {"current": current, "page": page_of(request, others), "may_adopt": _may_adopt(request)}
    return render(request, "governance/policy_list.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """Show a version chapter by chapter: what it says, how strongly, and where it stands."""
    version = access.get_or_deny(request.user, VERSIONS.all(), pk=pk)
    current = PolicyVersion.objects.current()
    context = {
        "edition": version,
        "about": policy_reading.about(version.policy),
        "reading": policy_reading.read(version.policy),
        "holds": version == current,
        "read_at": acknowledging.read_at(version, request.user),
        "may_adopt": version != current and _may_adopt(request),
    }
    return render(request, "governance/policy_show.html", context)


def adopt(request: Request, pk: int) -> HttpResponse:
    """Adopt a version, or one that held before, with the reference of the decision."""
    version = access.get_or_deny(request.user, VERSIONS.all(), act="adopt_policy", pk=pk)
    current = PolicyVersion.objects.current()
    if version == current:
        messages.info(request, _("Den här policyn gäller redan."))
        return redirect(version)
    form = AdoptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (adopted := _adopt(form, version, request.user)):
        messages.success(request, _("Policyn är antagen och gäller från nu."))
        return redirect(adopted)
    changes = policy_reading.changes(current.policy, version.policy) if current else []
    context = {"edition": version, "current": current, "form": form, "changes": changes}
    return render(request, "governance/policy_adopt.html", context)


def _adopt(form: AdoptForm, version: PolicyVersion, by: User) -> PolicyVersion | None:
    try:
        with transaction.atomic():
            fresh = policies_in_force.readopt(version)
            return policies_in_force.adopt(fresh, by=by, decision=form.cleaned_data["decision"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


@needs("adopt_policy", for_all=True)
def load(request: Request) -> HttpResponse:
    """Load one of the shipped policies as a version to read and adopt."""
    form = LoadForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (version := _load(form, request.user)):
        messages.success(request, _("”%(version)s” är inläst. Läs igenom den och anta den.") % {"version": version})
        return redirect(version)
    return render(request, "governance/policy_load.html", {"form": form})


def _load(form: LoadForm, by: User) -> PolicyVersion | None:
    try:
        return policies_in_force.load(shipped()[form.cleaned_data["policy"]], by=by)
    except PolicyRefused as refused:
        form.add_error(None, refused.problems)
        return None


@require_POST
def acknowledge(request: Request, pk: int) -> HttpResponse:
    """Note that the reader has read the guidelines that hold; back to where the button was pressed."""
    version = access.get_or_deny(request.user, VERSIONS.all(), pk=pk)
    try:
        acknowledging.acknowledge(version, by=request.user)
        messages.success(request, _("Tack. Det är noterat att du har läst riktlinjerna."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("governance:start-show" if "start" in request.POST else version)


def _may_adopt(request: Request) -> bool:
    return access.holds_for_all(request.user, "adopt_policy")
