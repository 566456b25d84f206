"""The first day and what follows: the door that opens once, the list of what is left, the municipality, invitations."""

from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from governance import audit, day_one, guide, invitations, uploads
from governance.day_one_forms import FACTS, BeginningForm, SettingsForm
from governance.listing import page_of
from governance.models import Municipality, User
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

LARGEST_FILE = settings.LOGO_MAX_BYTES
BACKEND = "governance.login.LoginBackend"
# Tries of the code: few from one place, and not many from all places together.
TRIES = {"first-run": "10/m/ip,60/h/key"}
PAGE_SIZE = 100
KEPT = "public, max-age=31536000, immutable"  # the file's name changes with what is in it
needed = needs("import_register", for_all=True)


@uploads.at_most(LARGEST_FILE)
@login_not_required
@sensitive_post_parameters("code", "password", "again")
def begin(request: HttpRequest) -> HttpResponse:
    """Take the house into use, once; afterwards this leads to the list of what is left."""
    if not day_one.is_open():
        return redirect("governance:guide-show")
    form = BeginningForm(request)
    if request.method == "POST" and _may_try(request, form) and form.is_valid() and (officer := _begun(form)):
        login(request, officer, backend=BACKEND)
        record_authentication(request, officer, method="password")  # just typed: it counts as fresh
        audit.record("user.login", by=officer, obj=officer)
        messages.success(request, _("Välkommen. Uppsikt är igång, och du är inloggad."))
        return redirect("governance:guide-show")
    response = render(request, "governance/first_run.html", {"form": form})
    response["Cache-Control"] = "private, no-store"
    return response


@needed
def show_guide(request: Request) -> HttpResponse:
    """Show what is left of the first days."""
    tasks = guide.tasks()
    done = sum(task.done for task in tasks)
    context = {"tasks": tasks, "done": done, "share": 100 * done // len(tasks)}
    return render(request, "governance/guide.html", context)


@uploads.at_most(LARGEST_FILE)
@needs("manage_organisation", for_all=True)
def edit_municipality(request: Request) -> HttpResponse:
    """Change what the municipality is called, looks like and is reached by."""
    municipality = Municipality.objects.current()
    form = SettingsForm(request, municipality)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        facts = {name: data[name] for name in ("name", *FACTS)}
        day_one.change(by=request.user, logo=data["logo"], without_logo=data.get("without_logo", False), **facts)
        messages.success(request, _("Kommunens uppgifter är sparade."))
        return redirect("governance:municipality-edit")
    return render(request, "governance/municipality.html", {"form": form, "place": municipality})


@login_not_required
@require_safe
def show_logo(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer the logo, to anybody; only the one that is in use."""
    logo = Municipality.objects.current().logo
    if not logo or not logo.name.endswith(f"/{name}"):
        raise Http404
    response = FileResponse(logo.open("rb"), content_type="image/png")
    response["Cache-Control"] = KEPT
    response["X-Content-Type-Options"] = "nosniff"
    return response


@needed
def list_invitations(request: Request) -> HttpResponse:
    """List those who have never signed in, what they are to do, and whether they are invited."""
    page = page_of(request, invitations.waiting(), PAGE_SIZE)
    titles = invitations.titles(page.object_list)
    rows = [(user, titles[user.pk]) for user in page.object_list]
    context = {"page": page, "rows": rows, "uninvited": invitations.uninvited().count()}
    return render(request, "governance/invitation_list.html", context)


@require_POST
@needed
def send_invitations(request: Request) -> HttpResponse:
    """Invite those who were ticked, or all who are not invited yet."""
    ticked = [int(value) for value in request.POST.getlist("person") if value.isdecimal() and len(value) < 12]
    users = invitations.uninvited() if "alla" in request.POST else User.objects.filter(pk__in=ticked)
    count = invitations.invite(users, by=request.user)
    if count:
        text = ngettext("%(count)d inbjudan är på väg.", "%(count)d inbjudningar är på väg.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("Ingen inbjudan skickades. Välj minst en person som inte redan har en på väg."))
    return redirect("governance:invitation-list")


def _may_try(request: HttpRequest, form: BeginningForm) -> bool:
    """Answer whether the code that was typed opens the house; a wrong one is said at once, whatever else is wrong."""
    if not ratelimit.consume(request, app="governance", action="first-run", config=TRIES, key="everybody"):
        form.add_error("code", _("För många försök. Vänta en stund och försök igen."))
        return False
    if "code" in form.errors or day_one.fits(form.cleaned_data["code"]):
        return True
    form.add_error("code", _("Koden stämmer inte. Den skrivs ut varje gång Uppsikt startar."))
    return False


def _begun(form: BeginningForm) -> User | None:
    try:
        return day_one.begin(form.cleaned_data["code"], form.beginning())
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
