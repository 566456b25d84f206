"""The list of decisions that wait, and the button that reminds."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.life import pending
from governance import access, clock
from governance.listing import page_of
from governance.request import Request
from governance.views.needs import needs


@needs("see_account")
def show_list(request: Request) -> HttpResponse:
    """List what has waited for more than 90 days, or everything that waits (`?alla=1`)."""
    every, at = request.GET.get("alla") == "1", clock.now()
    page = page_of(request, pending.rows(request.user, only_long=not every, at=at))
    context = {
        "page": page,
        "rows": pending.made_ready(page.object_list, at),
        "every": every,
        "days": pending.LONG_WAIT.days,
        "may_remind": access.holds(request.user, "edit_plan"),
    }
    return render(request, "accounts/pending_list.html", context)


@require_POST
def remind(request: Request, kind: str, pk: int) -> HttpResponse:
    """Remind those for whom a decision waits, at most once a day."""
    if kind not in pending.MODELS:
        raise Http404
    model = pending.MODELS[kind]
    obj = access.get_or_deny(request.user, model.objects.all(), pk=pk)
    if not access.can(request.user, "edit_plan", obj):
        raise PermissionDenied
    told = pending.remind(kind, obj.pk, by=request.user)
    if told:
        text = ngettext("%(count)d person har fått en påminnelse.", "%(count)d personer har fått en påminnelse.", told)
        messages.success(request, text % {"count": told})
    else:
        messages.info(request, _("De som det väntar på har redan fått en påminnelse i dag, eller så är det du."))
    return redirect("accounts:pending-list")
