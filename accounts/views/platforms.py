"""The platforms: which there are, what can be done on each, which ones the municipality has left."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.platform import RetiringForm, TrialForm
from accounts.models import Platform
from accounts.platforms import platform_facts, platform_keeping, platform_page
from governance import access
from governance.request import Request
from governance.views.needs import needs

PLATFORMS = Platform.objects.whole()
KEEPS = "manage_platforms"


@needs("see_account")
def show_list(request: Request) -> HttpResponse:
    """List the platforms with how many accounts the reader sees on each, those in use first."""
    return render(request, "accounts/platform_list.html", platform_page.of_list(request.user))


def show(request: Request, key: str) -> HttpResponse:
    """Show a platform: what can be done, how addresses look (`?adress=` tries one), the reader's accounts there."""
    platform = access.get_or_deny(request.user, PLATFORMS, key=key)
    return render(request, "accounts/platform_show.html", platform_page.of_one(platform, request))


def retire(request: Request, key: str) -> HttpResponse:
    """Leave a platform: from a day no new accounts are proposed there."""
    platform = access.get_or_deny(request.user, PLATFORMS, act=KEEPS, key=key)
    form = RetiringForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        platform_keeping.retire(platform, by=request.user, **form.cleaned_data)
        facts = {"platform": platform, "day": date_format(form.cleaned_data["day"], "j F Y")}
        messages.success(request, _("Klart. Från %(day)s kan nya konton inte föreslås på %(platform)s.") % facts)
        return redirect(platform)
    return render(request, "accounts/platform_retire.html", {"form": form, "platform": platform})


@require_POST
def take_back(request: Request, key: str) -> HttpResponse:
    """Take a platform into use again."""
    platform = access.get_or_deny(request.user, PLATFORMS, act=KEEPS, key=key)
    platform_keeping.take_back(platform, by=request.user)
    messages.success(request, _("Klart. Nya konton kan föreslås på %(platform)s igen.") % {"platform": platform})
    return redirect(platform)


def enter_trial(request: Request, key: str, fact: str) -> HttpResponse:
    """Say what was found out by trying; the button "forget" goes back to what the product says."""
    platform = access.get_or_deny(request.user, PLATFORMS, act=KEEPS, key=key)
    if fact not in Platform.FACTS:
        raise Http404
    form = TrialForm(request.POST if request.method == "POST" else None, platform=platform, fact=fact)
    if request.method == "POST" and ("forget" in request.POST or form.is_valid()):
        _entered(request, platform, fact, form)
        return redirect(platform)
    context: dict[str, Any] = {"form": form, "platform": platform, "fact": platform_facts.fact(platform, fact)}
    return render(request, "accounts/platform_trial.html", context)


def _entered(request: Request, platform: Platform, fact: str, form: TrialForm) -> None:
    if "forget" in request.POST:
        platform_keeping.forget_trial(platform, by=request.user, fact=fact)
        messages.success(request, _("Klart. Uppsikts egen uppgift gäller igen, ej prövad."))
        return
    platform_keeping.enter_trial(platform, by=request.user, fact=fact, **form.cleaned_data)
    messages.success(request, _("Klart. Uppgiften är prövad och står kvar när Uppsikt uppdateras."))
