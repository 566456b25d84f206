"""Authorities in law: boards and municipal companies."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from governance import clock, organisation
from governance.models import Authority
from governance.request import Request
from governance.unit_forms import AuthorityForm, EndAuthorityForm
from governance.views.people import keeper
from governance.workflow import Refused


@keeper
def show_list(request: Request) -> HttpResponse:
    """List the authorities, those that have ended last."""
    today = clock.today()
    lasting = Q(units__valid_to=None) | Q(units__valid_to__gte=today)
    every = list(Authority.objects.annotate(count=Count("units", filter=lasting)))
    context = {
        "current": [each for each in every if not (each.valid_to and each.valid_to < today)],
        "ended": [each for each in every if each.valid_to and each.valid_to < today],
    }
    return render(request, "governance/authority_list.html", context)


@keeper
def add(request: Request) -> HttpResponse:
    """Add an authority."""
    form = AuthorityForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        organisation.add_authority(by=request.user, **form.cleaned_data)
        messages.success(request, _("Myndigheten är tillagd."))
        return redirect("governance:authority-list")
    return render(request, "governance/authority_form.html", {"form": form})


@keeper
def edit(request: Request, pk: int) -> HttpResponse:
    """Give an authority another name or kind."""
    authority = get_object_or_404(Authority, pk=pk)
    form = AuthorityForm(request.POST if request.method == "POST" else None, authority=authority)
    if request.method == "POST" and form.is_valid():
        organisation.rename_authority(authority, by=request.user, **form.cleaned_data)
        messages.success(request, _("Uppgifterna är sparade."))
        return redirect("governance:authority-list")
    return render(request, "governance/authority_form.html", {"form": form, "authority": authority})


@keeper
def end(request: Request, pk: int) -> HttpResponse:
    """End an authority on a day."""
    authority = get_object_or_404(Authority, pk=pk, valid_to=None)
    form = EndAuthorityForm(request.POST if request.method == "POST" else None, authority=authority)
    if request.method == "POST" and form.is_valid():
        try:
            organisation.end_authority(authority, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Myndigheten är avslutad."))
            return redirect("governance:authority-list")
    return render(request, "governance/authority_end.html", {"form": form, "authority": authority})
