"""The audit log: what happened, in sentences, and whether its chain holds."""

from functools import partial
from itertools import islice

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from governance import access, audit, exporting
from governance.export_columns import AUDIT
from governance.filters import AuditFilter
from governance.listing import in_order, page_of
from governance.models import AuditEvent, AuditSeal
from governance.request import Request
from governance.views.needs import needs

PAGE_SIZE = 50
# A broken chain is broken in one place or in thousands: a few tell the reader enough.
PROBLEMS_SHOWN = 20
ORDERS = {"tid": ("pk",)}


@needs("see_audit")
def show_list(request: Request) -> HttpResponseBase:
    """List the events, the latest first, each as a sentence."""
    seen = access.visible(request.user, AuditEvent.objects.all(), "see_audit")
    found = AuditFilter(request.GET, seen, reader=request.user)
    ordered = in_order(request, found.qs, ORDERS, "-tid")
    if exporting.asked(request):
        said = partial(audit.with_sentences, reader=request.user)
        return exporting.export(request, ordered, AUDIT, _("Logg"), prepare=said)
    page = page_of(request, ordered, PAGE_SIZE)
    events = audit.with_sentences(list(page.object_list), request.user)
    seals = AuditSeal.objects.aggregate(number=Max("number"), at=Max("sealed_at"))
    context = {"filter": found, "page": page, "events": events, "seals": seals, "waiting": _unsealed()}
    return render(request, "governance/audit_list.html", context)


def _unsealed() -> int:
    return AuditEvent.objects.count() - AuditSeal.objects.count()


@require_POST
@needs("see_audit")
def verify(request: Request) -> HttpResponse:
    """Walk the chain of seals and say whether it holds, or the first places where it does not."""
    problems = list(islice(audit.verify(), PROBLEMS_SHOWN))
    number = AuditSeal.objects.count()
    if problems:
        messages.error(request, _("Kedjan håller inte. %(problems)s") % {"problems": " ".join(problems)})
    elif number:
        messages.success(request, _intact(number))
    else:
        messages.info(request, _("Ingen händelse är förseglad än. Det sker inom en minut."))
    return redirect("governance:audit-list")


def _intact(number: int) -> str:
    text = ngettext(
        "Kedjan håller: %(number)d försegling är kontrollerad.",
        "Kedjan håller: %(number)d förseglingar är kontrollerade.",
        number,
    )
    return text % {"number": number}
