"""A plan: as it reads, as it is written, as it is printed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import actions, document, plan_page, signature_blocks
from accounts.forms import PlanForm
from accounts.models import ActivityPlan
from governance import access, pdf
from governance.models import User
from governance.request import Request
from governance.workflow import Refused

PLANS = ActivityPlan.objects.select_related("account__platform", "account__unit", "policy_version", "unit")
DRAFT = ActivityPlan.Status.DRAFT


def show(request: Request, pk: int) -> HttpResponse:
    """Show a plan in the printed form, who signs it, and what the reader can do; `?omgang=` an earlier round."""
    plan = access.get_or_deny(request.user, PLANS.all(), pk=pk)
    return render(
        request, "accounts/plan_show.html", plan_page.context(plan, request.user, request.GET.get("omgang", ""))
    )


def edit(request: Request, pk: int) -> HttpResponse:
    """Write the draft; whatever the policy demands may still be missing when it is saved."""
    plan = access.get_or_deny(request.user, PLANS.all(), act="edit_plan", pk=pk)
    if plan.status != DRAFT:
        messages.error(request, _("Planen kan inte ändras nu. Ta tillbaka den först om något ska rättas."))
        return redirect(plan)
    form = PlanForm(request.POST if request.method == "POST" else None, plan=plan)
    if request.method == "POST" and form.is_valid() and _saved(form, plan, request.user):
        messages.success(request, _("Utkastet är sparat."))
        return redirect("accounts:plan-edit" if "more" in request.POST else "accounts:plan-show", pk=plan.pk)
    return render(request, "accounts/plan_edit.html", {"form": form, "plan": plan})


def print_pdf(request: Request, pk: int) -> HttpResponse:
    """Answer the plan as a PDF in the form of the policy, with its signatures."""
    plan = access.get_or_deny(request.user, PLANS.all(), pk=pk)
    context = {
        "plan": plan,
        "document": document.of(plan),
        "blocks": signature_blocks.of(plan),
        "copy_to": plan_page.copy_to(plan),
    }
    try:
        content = pdf.render("accounts/plan_print.html", context, title=str(plan))
    except pdf.PdfUnavailable:
        messages.error(request, _("PDF kan inte skapas på den här servern just nu. Skriv ut sidan i stället."))
        return redirect(plan)
    name = f"{slugify(str(plan))}-{plan.version}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _saved(form: PlanForm, plan: ActivityPlan, by: User) -> ActivityPlan | None:
    try:
        return actions.save_draft(plan, by=by, fields=form.columns(), people=form.named())
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
