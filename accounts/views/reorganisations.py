"""Reorganisations: the decisions there have been, one of them, and a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.forms.reorganisation import ReorganisationForm
from accounts.models import Account, Reorganisation
from accounts.organisation import reorganising
from governance import access
from governance.listing import page_of
from governance.models import Unit, User
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

# The whole register is moved about by communications: the one who decides what the public sees of it.
decider = needs("publish_account", for_all=True)
MADE = Reorganisation.objects.select_related("unit", "by")


@decider
def show_list(request: Request) -> HttpResponse:
    """List the decisions, the latest first."""
    return render(request, "accounts/reorganisation_list.html", {"page": page_of(request, MADE.all())})


@decider
def show(request: Request, pk: int) -> HttpResponse:
    """Show one decision, and the accounts it moved."""
    made = get_object_or_404(MADE, pk=pk)
    moves = made.moves.select_related("account__platform", "from_unit", "unit").order_by("account__sort_key", "pk")
    left = Unit.objects.filter(pk__in=made.moves.values("from_unit"), valid_to=None).exclude(parent=None)
    context = {"made": made, "page": page_of(request, moves), "left": left}
    context["may_keep"] = access.holds_for_all(request.user, "manage_organisation")
    return render(request, "accounts/reorganisation_show.html", context)


@decider
def decide(request: Request) -> HttpResponse:
    """Choose, look at what it means, then decide."""
    seen = access.visible(request.user, Account.objects.all(), "publish_account")
    data = request.POST if request.method == "POST" else None
    form = ReorganisationForm(data, seen=seen, initial={"from_unit": request.GET.get("enhet")})
    context: dict[str, Any] = {"form": form}
    if data is not None and form.is_valid():
        looked = form.cleaned_data["looked_at"] == form.mark()
        if "confirm" in data and looked and (made := _decided(form, request.user)):
            messages.success(request, _("Kontona är flyttade. Varje ny chef ska bekräfta sina konton."))
            return redirect(made)
        to = form.cleaned_data["to"]
        context |= {"preview": reorganising.preview(form.moving(), to), "to": to}
        context |= {"managers": reorganising.new_managers(to), "mark": form.mark()}
    return render(request, "accounts/reorganisation_new.html", context)


def _decided(form: ReorganisationForm, by: User) -> Reorganisation | None:
    said = {name: form.cleaned_data[name] for name in ("to", "decision", "day", "note")}
    try:
        return reorganising.decide(form.moving(), by=by, **said)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
