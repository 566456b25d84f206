"""Changes that wait for communications: the list, one of them before and after, and what is decided."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.account import in_words
from accounts.forms.life import NoteForm
from accounts.life import changes
from accounts.models import AccountChange
from governance import access
from governance.listing import page_of
from governance.request import Request
from governance.workflow import Refused, available, perform

SEEN_WITH = ("account__platform", "unit", "made_by", "decided_by")
SALT = "accounts.change"


def show_list(request: Request) -> HttpResponse:
    """List the changes of the accounts that the reader sees: those that wait first, or all of them (`?alla=1`)."""
    every = request.GET.get("alla") == "1"
    seen = access.visible(request.user, AccountChange.objects.select_related(*SEEN_WITH), "see_account")
    rows = seen if every else seen.filter(status=AccountChange.Status.WAITING).order_by("made_at", "pk")
    return render(request, "accounts/change_list.html", {"page": page_of(request, rows), "every": every})


def show(request: Request, pk: int) -> HttpResponse:
    """Show one change: what stood there, what stands there now, what is proposed."""
    change = access.get_or_deny(request.user, AccountChange.objects.select_related(*SEEN_WITH), pk=pk)
    waits, now = change.status == AccountChange.Status.WAITING, changes.standing(change)
    rows = [_row(name, change, now) for name in changes.FIELDS if name in change.after]
    context = {
        "change": change,
        "rows": rows,
        "waits": waits,
        "moved": waits and any(row["moved"] for row in rows),
        "may_publish": waits and access.can(request.user, "publish_account", change),
        "may_withdraw": waits and change.made_by == request.user and access.can(request.user, "edit_account", change),
        "may_edit": waits and change.made_by == request.user,
        "decline": next((step for step in available(change, request.user) if step.name == "decline"), None),
        "form": NoteForm(initial={"seen": signing.dumps(now, salt=SALT)}),
    }
    return render(request, "accounts/change_show.html", context)


@require_POST
def publish(request: Request, pk: int) -> HttpResponse:
    """Publish a change as it was read."""
    change = access.get_or_deny(request.user, AccountChange.objects.all(), "publish_account", pk=pk)
    form = NoteForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Hälsningen är för lång."))
        seen = signing.loads(form.cleaned_data["seen"], salt=SALT)
        changes.publish(change, by=request.user, note=form.cleaned_data["note"], seen=seen)
        messages.success(request, _("Ändringen är publicerad."))
    except signing.BadSignature:
        messages.error(request, _("Sidan är för gammal. Läs igenom ändringen igen."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("accounts:change-show", pk=pk)


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take one's own change back."""
    change = access.get_or_deny(request.user, AccountChange.objects.all(), "edit_account", pk=pk)
    try:
        perform(change, "withdraw", by=request.user)
        messages.success(request, _("Ändringen är tillbakatagen. Det publicerade står kvar."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("accounts:change-show", pk=pk)


def _row(name: str, change: AccountChange, now: changes.Facts) -> dict[str, Any]:
    before = change.before.get(name)
    return {
        "label": changes.title(name),
        "before": in_words(name, before),
        "now": in_words(name, now[name]),
        "after": in_words(name, change.after[name]),
        "moved": now[name] not in (before, change.after[name]),
    }
