"""Stand-ins: who has somebody's role beside him or her between two dates (R-PLAN-12)."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from governance import clock
from governance.listing import page_of
from governance.models import RoleAssignment, User
from governance.request import Request
from governance.role_words import role_words
from governance.stand_in_forms import StandInForm
from governance.standing_in import stand_in
from governance.views.people import keeper
from governance.workflow import Refused


@keeper
def show_list(request: Request) -> HttpResponse:
    """List who stands in for whom, now and later."""
    lasting = Q(valid_to=None) | Q(valid_to__gte=clock.today())
    rows = RoleAssignment.objects.filter(lasting, user__is_active=True).exclude(standing_in_for=None)
    related = rows.select_related("user", "unit", "standing_in_for").order_by("valid_from", "pk")
    context = {"page": page_of(request, related), "words": role_words(), "today": clock.today()}
    return render(request, "governance/stand_in_list.html", context)


@keeper
def give(request: Request, pk: int) -> HttpResponse:
    """Let somebody stand in for a person, from a day to a day."""
    person = get_object_or_404(User, pk=pk, is_active=True)
    form = StandInForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid() and _given(form, person, request.user):
        messages.success(request, _("Ersättaren har rollen de dagarna."))
        return redirect("governance:person-show", pk=person.pk)
    return render(request, "governance/stand_in_give.html", {"form": form, "person": person})


def _given(form: StandInForm, person: User, by: User) -> bool:
    """Let the one who was chosen stand in, or say in the form why that cannot be."""
    said = {**form.cleaned_data}
    role, instead = said.pop("role"), said.pop("by_user")
    try:
        stand_in(person, instead, role=role.role, unit=role.unit, by=by, **said)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
