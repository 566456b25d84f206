"""People: who there are, one of them, and what those who keep the organisation do about them."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance import audit, clock, export_columns, exporting, holdings, people, person_page, role_rules
from governance.listing import in_order, page_of
from governance.models import RoleAssignment, User
from governance.people_filter import PersonFilter
from governance.people_forms import ContactForm, EmailForm, NewPersonForm, PersonForm
from governance.request import Request
from governance.role_words import role_words
from governance.views.needs import needs

keeper = needs("manage_organisation", for_all=True)
ORDERS = {
    "namn": ("sort_key",),
    "titel": ("title", "sort_key"),
    "inloggad": ("last_login", "sort_key"),
    "slutar": ("leaves_on", "sort_key"),
}


@keeper
def show_list(request: Request) -> HttpResponseBase:
    """List people, narrowed, ordered and paged."""
    held = RoleAssignment.objects.in_force(clock.today()).select_related("unit").order_by("role", "pk")
    found = PersonFilter(request.GET, User.objects.prefetch_related(Prefetch("roles", held, to_attr="held")))
    ordered = in_order(request, found.qs, ORDERS, "namn")
    if exporting.asked(request):
        return exporting.export(request, ordered, export_columns.people(role_words()), _("Personer"))
    context = {
        "filter": found,
        "page": page_of(request, ordered),
        "narrowed": bool(request.GET),
        "words": role_words(),
    }
    return render(request, "governance/person_list.html", context)


@keeper
def show(request: Request, pk: int) -> HttpResponse:
    """Show one person; that somebody read a protected name stands in the log."""
    person = get_object_or_404(User, pk=pk)
    if person.protected_identity and person != request.user:
        audit.record("user.read", by=request.user, obj=person, personal={"person": person.name})
    return render(request, "governance/person_show.html", person_page.context(person, request.user, request))


@keeper
def add(request: Request) -> HttpResponse:
    """Enter a person, with the first role where it is known."""
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person = _entered(form, request.user)
        messages.success(request, _("Personen är upplagd. Ett lösenord väljs genom ”Glömt lösenordet?”."))
        return redirect("governance:person-show", pk=person.pk)
    return render(request, "governance/person_add.html", {"form": form})


@keeper
def edit(request: Request, pk: int) -> HttpResponse:
    """Put right what is said of a person."""
    person = get_object_or_404(User, pk=pk)
    said = {name: getattr(person, name) for name in ("title", "phone", "leaves_on", "protected_identity")}
    said["name"] = person.real_name
    form = PersonForm(request.POST if request.method == "POST" else None, initial=said)
    if request.method == "POST" and form.is_valid():
        people.correct(person, by=request.user, **form.cleaned_data)
        messages.success(request, _("Uppgifterna är sparade."))
        return redirect("governance:person-show", pk=person.pk)
    return render(request, "governance/person_edit.html", {"form": form, "person": person})


@keeper
def change_email(request: Request, pk: int) -> HttpResponse:
    """Give a person another address to sign in with."""
    person = get_object_or_404(User, pk=pk)
    initial = {"email": person.email}
    form = EmailForm(request.POST if request.method == "POST" else None, user=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        people.change_email(person, form.cleaned_data["email"], by=request.user)
        messages.success(request, _("E-postadressen är ändrad. Personen loggar in med den nya från och med nu."))
        return redirect("governance:person-show", pk=person.pk)
    return render(request, "governance/person_email.html", {"form": form, "person": person})


@keeper
@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: Request, pk: int) -> HttpResponse:
    """Let a person go, after showing what he or she holds."""
    person = get_object_or_404(User, pk=pk, is_active=True)
    refusal = role_rules.refusal_to_deactivate(person, by=request.user)
    if request.method == "POST" and not refusal:
        people.deactivate(person, by=request.user)
        messages.success(request, _("Inloggningen är avslutad. Det som personen hade ska nu tas över av andra."))
        return redirect("governance:person-show", pk=person.pk)
    context = {"person": person, "held": holdings.seen(person, request.user), "refusal": refusal}
    return render(request, "governance/person_deactivate.html", context)


@keeper
@require_http_methods(["GET", "HEAD", "POST"])
def reactivate(request: Request, pk: int) -> HttpResponse:
    """Let a person in again, after showing what he or she then holds."""
    person = get_object_or_404(User, pk=pk, is_active=False)
    if request.method == "POST":
        people.reactivate(person, by=request.user)
        messages.success(request, _("Personen kan logga in igen."))
        return redirect("governance:person-show", pk=person.pk)
    context = {"person": person, "held": holdings.seen(person, request.user)}
    return render(request, "governance/person_reactivate.html", context)


def show_self(request: Request) -> HttpResponse:
    """Let anybody put right his or her own title and telephone, and see which roles he or she has."""
    person = request.user
    said = {"title": person.title, "phone": person.phone}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=said)
    if request.method == "POST" and form.is_valid():
        people.correct(person, by=person, **form.cleaned_data)
        messages.success(request, _("Dina uppgifter är sparade."))
        return redirect("governance:person-self")
    rows = person_page.roles(person.roles.select_related("unit", "given_by", "standing_in_for"), clock.today())
    now = [row for row in rows if row.state != "past"]
    return render(request, "governance/person_self.html", {"form": form, "person": person, "now": now})


def _entered(form: NewPersonForm, by: User) -> User:
    fields = {**form.cleaned_data}
    role, unit = fields.pop("role"), fields.pop("unit")
    person = people.enter(by=by, **fields)
    if role:
        people.give_role(person, role=role, unit=unit, by=by)
    return person
