"""Changing a plan in force: beginning its next version, comparing two, putting right what needs no signature."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.corrections import ContactsForm, CorrectionForm
from accounts.models import Account, ActivityPlan
from accounts.plans import amendment, comparison, corrections
from accounts.signatures import turns
from accounts.views.plans import PLANS
from governance import access
from governance.request import Request
from governance.workflow import Refused

ACCOUNTS = Account.objects.select_related("platform", "unit")


@require_POST
def begin(request: Request, pk: int) -> HttpResponse:
    """Begin the next version of an account's plan, or go on with the one that is begun."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), act="edit_plan", pk=pk)
    try:
        plan = amendment.begin(account, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(account)
    return redirect("accounts:plan-edit" if plan.status == ActivityPlan.Status.DRAFT else "accounts:plan-show", plan.pk)


def compare(request: Request, pk: int, other: int) -> HttpResponse:
    """Show what a version says otherwise than another one of the same account."""
    new = access.get_or_deny(request.user, PLANS.all(), pk=pk)
    old = access.get_or_deny(request.user, PLANS.all(), pk=other)
    if old.account_id != new.account_id:
        raise Http404
    seen = access.visible(request.user, PLANS.filter(account=new.account_id), "see_plan")
    context = {"plan": new, "other": old, "comparison": comparison.between(old, new), "versions": seen}
    return render(request, "accounts/plan_compare.html", context)


def correct_contacts(request: Request, pk: int) -> HttpResponse:
    """Put right how those named in the plan in force are reached."""
    plan = access.get_or_deny(request.user, PLANS.all(), act="edit_plan", pk=pk)
    if plan.status != ActivityPlan.Status.APPROVED:
        messages.error(request, _("Kontaktuppgifter rättas i den plan som gäller."))
        return redirect(plan)
    form = ContactsForm(request.POST if request.method == "POST" else None, plan=plan)
    if request.method == "POST" and form.is_valid():
        count = corrections.contacts(plan, by=request.user, ways=form.ways())
        said = _("Kontaktuppgifterna är rättade.") if count else _("Inget var ändrat.")
        messages.success(request, said)
        return redirect(plan)
    return render(request, "accounts/plan_contacts.html", {"plan": plan, "form": form})


def correct_spelling(request: Request, pk: int) -> HttpResponse:
    """Show what a draft puts right (GET), and bring it into force without signatures, with the reason (POST)."""
    plan = access.get_or_deny(request.user, PLANS.all(), act="open_account", pk=pk)
    if (refusal := turns.step_refusal(plan, "publish_correction", request.user)) or plan.amends is None:
        messages.error(request, refusal)
        return redirect(plan)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _published(request, plan, form):
        return redirect(plan)
    context = {"plan": plan, "form": form, "comparison": comparison.between(plan.amends, plan)}
    return render(request, "accounts/plan_correct.html", context)


def _published(request: Request, plan: ActivityPlan, form: CorrectionForm) -> bool:
    try:
        corrections.publish(plan, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Rättelsen är publicerad och gäller från nu."))
    return True
