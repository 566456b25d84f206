"""Units: the tree of them, one of them, and how they begin, change, move and end."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from governance import clock, organisation, unit_tree
from governance.listing import page_of
from governance.models import RoleAssignment, Unit
from governance.panels import unit_panels_for
from governance.request import Request
from governance.role_words import role_words
from governance.unit_forms import EndUnitForm, MoveForm, NewUnitForm, UnitForm, UnitSearch
from governance.views.people import keeper
from governance.workflow import Refused

UNITS = Unit.objects.select_related("authority", "parent", "successor")
SHOWN = 100


@keeper
def show_list(request: Request) -> HttpResponse:
    """Show the units as a tree, narrowed to those searched for with what stands above them."""
    words, ended = request.GET.get("q", "").strip(), bool(request.GET.get("avslutade"))
    units = UNITS.all() if ended else UNITS.current(clock.today())
    found = list(units)
    hits = {unit.pk for unit in found if words.casefold() in unit.name.casefold()}
    kept = unit_tree.with_those_above(unit for unit in found if unit.pk in hits)
    rows = unit_tree.ordered(unit for unit in found if unit.pk in kept)
    page = page_of(request, rows, SHOWN)
    context = {"page": page, "form": UnitSearch(request.GET), "count": len(hits), "today": clock.today()}
    return render(request, "governance/unit_list.html", context)


@keeper
def show(request: Request, pk: int) -> HttpResponse:
    """Show one unit: where it stands, what is below it, and who has a role there."""
    unit = get_object_or_404(UNITS, pk=pk)
    today = clock.today()
    lasting = Q(valid_to=None) | Q(valid_to__gte=today)
    held = RoleAssignment.objects.filter(lasting, unit=unit, user__is_active=True)
    context = {
        "unit": unit,
        "above": list(Unit.objects.above(unit).exclude(pk=unit.pk))[::-1],
        "below": unit.children.filter(lasting),
        "predecessors": unit.predecessors.all(),
        "roles": held.select_related("user", "standing_in_for").order_by("role", "valid_from", "pk"),
        "words": role_words(),
        "today": today,
        "is_ended": bool(unit.valid_to and unit.valid_to < today),
        "panels": [render_to_string(p.template, p.context, request) for p in unit_panels_for(request.user, unit)],
    }
    return render(request, "governance/unit_show.html", context)


@keeper
def add(request: Request, pk: int) -> HttpResponse:
    """Add a unit below another one."""
    parent = get_object_or_404(UNITS.current(clock.today()), pk=pk)
    form = NewUnitForm(request.POST if request.method == "POST" else None, parent=parent)
    if request.method == "POST" and form.is_valid():
        unit = organisation.add_unit(by=request.user, parent=parent, **form.cleaned_data)
        messages.success(request, _("Enheten är tillagd."))
        return redirect("governance:unit-show", pk=unit.pk)
    return render(request, "governance/unit_form.html", {"form": form, "parent": parent})


@keeper
def edit(request: Request, pk: int) -> HttpResponse:
    """Put right what is said of a unit."""
    unit = get_object_or_404(UNITS, pk=pk)
    form = UnitForm(request.POST if request.method == "POST" else None, unit=unit)
    if request.method == "POST" and form.is_valid():
        organisation.correct_unit(unit, by=request.user, **form.cleaned_data)
        messages.success(request, _("Uppgifterna är sparade."))
        return redirect("governance:unit-show", pk=unit.pk)
    return render(request, "governance/unit_form.html", {"form": form, "unit": unit})


@keeper
def move(request: Request, pk: int) -> HttpResponse:
    """Hang a unit under another one, with all below it."""
    unit = get_object_or_404(UNITS.current(clock.today()).exclude(parent=None), pk=pk)
    form = MoveForm(request.POST if request.method == "POST" else None, unit=unit, initial={"to": unit.parent_id})
    if request.method == "POST" and _done(
        form, lambda: organisation.move_unit(unit, to=form.cleaned_data["to"], by=request.user)
    ):
        messages.success(request, _("Enheten är flyttad."))
        return redirect("governance:unit-show", pk=unit.pk)
    return render(request, "governance/unit_move.html", {"form": form, "unit": unit})


@keeper
def end(request: Request, pk: int) -> HttpResponse:
    """End a unit on a day, with a successor."""
    unit = get_object_or_404(UNITS.filter(valid_to=None).exclude(parent=None), pk=pk)
    form = EndUnitForm(request.POST if request.method == "POST" else None, unit=unit)
    if request.method == "POST" and _done(
        form, lambda: organisation.end_unit(unit, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Enheten är avslutad."))
        return redirect("governance:unit-show", pk=unit.pk)
    return render(request, "governance/unit_end.html", {"form": form, "unit": unit})


def _done(form: forms.Form, act: Callable[[], Unit]) -> bool:
    """Act on what a valid form says; a refusal is said in the form."""
    try:
        if form.is_valid():
            act()
    except Refused as refused:
        form.add_error(None, str(refused))
    return form.is_valid()
