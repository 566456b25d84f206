"""Somebody leaves: everything that he or she holds on one page, and who takes it over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.forms.leaving import HandOverForm
from accounts.models import Account
from accounts.organisation import holdings as held_here
from accounts.organisation import leaving
from accounts.organisation.leaving import Outcome
from governance import access, holdings
from governance.models import User
from governance.request import Request
from governance.workflow import Refused


def show(request: Request, pk: int) -> HttpResponse:
    """Show what a person holds, and hand over what is chosen; for who keeps the organisation or writes the plans."""
    person = get_object_or_404(User, pk=pk)
    keeps = access.holds_for_all(request.user, "manage_organisation")
    mine = _mine(request.user, person)
    if person == request.user or not (keeps or mine):
        raise PermissionDenied
    roles = held_here.roles_of(person) if keeps else []
    data = request.POST if request.method == "POST" else None
    form = HandOverForm(data, person=person, by=request.user, duties=mine, roles=roles)
    if data is not None and form.is_valid() and (outcome := _done(form)):
        _tell(request, outcome)
        return redirect("accounts:leaving-show", pk=person.pk)
    context = {"form": form, "person": person, "held": holdings.seen(person, request.user), "keeps": keeps}
    context |= {"duties": form.lines("duty"), "roles": form.lines("role")}
    return render(request, "accounts/leaving_show.html", context)


def _mine(reader: User, person: User) -> list[held_here.Duty]:
    """Answer the person's duties on the accounts whose plan the reader may write."""
    held = held_here.duties_of(person)
    accounts = Account.objects.filter(pk__in={duty.account_id for duty in held})
    may = set(access.visible(reader, accounts, "edit_plan").values_list("pk", flat=True))
    return [duty for duty in held if duty.account_id in may]


def _done(form: HandOverForm) -> Outcome | None:
    """Hand over as chosen, or say in the form why it cannot be done."""
    try:
        return leaving.hand_over(form.person, by=form.by, duties_to=form.chosen("duty"), roles_to=form.chosen("role"))
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _tell(request: Request, outcome: Outcome) -> None:
    if outcome.submitted:
        count = len(outcome.submitted)
        text = ngettext(
            "%(count)d ny version av en plan är lämnad för underskrift. Ansvaret går över när den är godkänd.",
            "%(count)d nya versioner av planer är lämnade för underskrift. Ansvaret går över när de är godkända.",
            count,
        )
        messages.success(request, text % {"count": count})
    for plan, why in outcome.drafts:
        messages.warning(
            request, _("Planen för %(account)s är ett utkast: %(why)s") % {"account": plan.account, "why": why}
        )
    if outcome.at_once or outcome.roles:
        messages.success(request, _("Det som inte kräver någon underskrift är överlämnat."))
