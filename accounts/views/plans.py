"""A plan: as it reads, as it is printed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import ActivityPlan
from accounts.plans import plan_page
from accounts.signatures import printing
from governance import access, pdf
from governance.request import Request

PLANS = ActivityPlan.objects.select_related("account__platform", "account__unit", "policy_version", "unit")


def show(request: Request, pk: int) -> HttpResponse:
    """Show a plan in the printed form, who signs it, and what the reader can do; `?omgang=` an earlier round."""
    plan = access.get_or_deny(request.user, PLANS.all(), pk=pk)
    return render(
        request, "accounts/plan_show.html", plan_page.context(plan, request.user, request.GET.get("omgang", ""))
    )


def print_pdf(request: Request, pk: int) -> HttpResponse:
    """Answer the plan as a PDF in the form of the policy; one that was approved always byte for byte the same."""
    plan = access.get_or_deny(request.user, PLANS.all(), pk=pk)
    try:
        is_kept = printing.is_kept(plan)
        content = printing.content(printing.kept(plan)) if is_kept else printing.render(plan)
    except pdf.PdfUnavailable:
        messages.error(request, _("PDF kan inte skapas på den här servern just nu. Skriv ut sidan i stället."))
        return redirect(plan)
    except FileNotFoundError:
        messages.error(request, _("Planens papper är gallrat. Det som står på sidan finns kvar."))
        return redirect(plan)
    name = f"{slugify(str(plan))}-{plan.version}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
