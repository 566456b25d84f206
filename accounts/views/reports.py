"""What the public has written in, for those who take care of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.forms.public import AnswerForm
from accounts.models import PublicReport
from accounts.models.public_report import OPEN
from accounts.platforms import recognition
from accounts.platforms.recognition import Answer
from accounts.public import reports
from accounts.public.filters import ReportFilter
from governance import access, clock
from governance.listing import in_order, page_of
from governance.models import User
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

REPORTS = PublicReport.objects.select_related("account__platform", "account__unit", "handler", "unit")
ORDERS = {"kom": ("received_at",), "slag": ("kind", "received_at"), "lage": ("status", "received_at")}
COLORS = {"new": "warning", "under_way": "info", "answered": "success", "no_action": "neutral"}


@needs("handle_report")
def show_list(request: Request) -> HttpResponse:
    """List the public's reports, what is open first asked for."""
    seen = access.visible(request.user, REPORTS.all(), "handle_report")
    found = ReportFilter(request.GET, seen)
    page = page_of(request, in_order(request, found.qs, ORDERS, "-kom"))
    context = {"filter": found, "page": page, "narrowed": bool(request.GET), "colors": COLORS}
    return render(request, "accounts/report_list.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """Show one report with what the register says of the account it is about; answer it."""
    report = access.get_or_deny(request.user, REPORTS.all(), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _answered(form, report, request.user):
        messages.success(request, _("Svaret är sparat."))
        return redirect(report)
    context = {
        "report": report,
        "form": form if report.status in OPEN else None,
        "color": COLORS[report.status],
        "check": _check(report),
        "cleaned_from": reports.cleaned_from(report),
    }
    return render(request, "accounts/report_show.html", context)


def _check(report: PublicReport) -> Answer | None:
    """Answer what the register says of the account; a report on accessibility is about a page."""
    about_account = report.about and report.kind != PublicReport.Kind.ACCESSIBILITY
    return recognition.check(report.about, clock.now()) if about_account else None


def _answered(form: AnswerForm, report: PublicReport, by: User) -> bool:
    try:
        reports.answer(report, by=by, text=form.cleaned_data["text"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
