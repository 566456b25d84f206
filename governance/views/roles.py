"""Roles: giving one, and ending one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from governance import clock, people, role_rules
from governance.models import RoleAssignment, User
from governance.people_forms import LastDayForm, RoleForm
from governance.permissions import PERMISSIONS, ROLES
from governance.request import Request
from governance.role_words import role_words
from governance.views.people import keeper


@keeper
def give(request: Request, pk: int) -> HttpResponse:
    """Give a person a role on a unit, between two days."""
    person = get_object_or_404(User, pk=pk, is_active=True)
    form = RoleForm(request.POST if request.method == "POST" else None, to=person, by=request.user)
    if request.method == "POST" and form.is_valid():
        people.give_role(person, by=request.user, **form.cleaned_data)
        messages.success(request, _("Rollen är given."))
        return redirect("governance:person-show", pk=person.pk)
    return render(request, "governance/role_give.html", {"form": form, "person": person, "meanings": _meanings()})


@keeper
def end(request: Request, pk: int) -> HttpResponse:
    """End a role now, or after a last day."""
    role = get_object_or_404(RoleAssignment.objects.select_related("user", "unit", "standing_in_for"), pk=pk)
    back = redirect("governance:person-show", pk=role.user_id)
    if role.valid_to and role.valid_to < clock.today():
        messages.error(request, _("Rollen har redan upphört."))
        return back
    form = LastDayForm(request.POST if request.method == "POST" else None, initial={"last_day": role.valid_to})
    if request.method == "POST" and form.is_valid() and _ended(form, role, request.user):
        messages.success(request, _("Dagen är sparad.") if form.cleaned_data["last_day"] else _("Rollen är avslutad."))
        return back
    words = role_words()
    return render(request, "governance/role_end.html", {"form": form, "role": role, "title": words[role.role]})


def _ended(form: LastDayForm, role: RoleAssignment, by: User) -> bool:
    """End the role as asked, or say in the form why it must stay."""
    day = form.cleaned_data["last_day"]
    longer = role_rules.refusal_to_limit(role, last_day=day, by=by) if day else ""
    if refusal := role_rules.refusal_to_end(role) or longer:
        form.add_error(None, refusal)
        return False
    if day:
        people.limit_role(role, last_day=day, by=by)
    else:
        people.end_role(role, by=by)
    return True


def _meanings() -> list[tuple[str, list[str]]]:
    """Answer what each role may do, in words."""
    words = role_words()
    return [
        (words[role], [str(label) for name, label in PERMISSIONS.items() if name in held])
        for role, held in ROLES.items()
    ]
