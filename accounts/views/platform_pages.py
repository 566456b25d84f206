"""How a platform's pages are built: written by whoever keeps the platforms, and tried against the real one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.forms.platform_page import PagePartsForm, PageTrialForm
from accounts.platforms import page_keeping
from accounts.views.platforms import KEEPS, PLATFORMS
from governance import access
from governance.request import Request


def write(request: Request, key: str) -> HttpResponse:
    """Write the parts of the platform's pages; the button "forget" goes back to what comes with the product."""
    platform = access.get_or_deny(request.user, PLATFORMS, act=KEEPS, key=key)
    form = PagePartsForm(request.POST if request.method == "POST" else None, platform=platform)
    if request.method == "POST" and "forget" in request.POST:
        page_keeping.forget(platform, by=request.user)
        messages.success(request, _("Klart. Det som följer med Uppsikt gäller igen, ej prövat."))
        return redirect(platform)
    if request.method == "POST" and form.is_valid():
        page_keeping.write(platform, by=request.user, parts=form.cleaned_data)
        messages.success(request, _("Klart. Uppgifterna används från nästa ögonblicksbild."))
        return redirect(platform)
    return render(request, "accounts/platform_page_write.html", {"form": form, "platform": platform})


def enter_trial(request: Request, key: str) -> HttpResponse:
    """Say how it went when somebody tried the parts against the real platform."""
    platform = access.get_or_deny(request.user, PLATFORMS, act=KEEPS, key=key)
    form = PageTrialForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        page_keeping.enter_trial(platform, by=request.user, **form.cleaned_data)
        messages.success(request, _("Klart. Prövningen är inskriven."))
        return redirect(platform)
    return render(request, "accounts/platform_page_trial.html", {"form": form, "platform": platform})
