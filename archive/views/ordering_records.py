"""Putting records in order: kind of document and whether they are current, one on its page or many in a list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from archive import secrecy
from archive.disposing import classifying, presenting
from archive.disposing.disposal_filters import OrderFilter
from archive.disposing.disposal_forms import EVERY, FILE_AS, OUT_OF_USE, FileAsForm, OrderForm, OutOfUseForm
from archive.models import Record
from governance import access
from governance.listing import page_of
from governance.request import Request
from governance.views.needs import needs

ROWS_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@needs("classify_record")
def show_list(request: Request) -> HttpResponse:
    """List records to be put in order (GET), or put some of them in order, or all that the list holds (POST)."""
    seen = access.visible(request.user, Record.objects.filter(secrecy.open_to(request.user)), "classify_record")
    found = OrderFilter(request.GET, seen)
    form = OrderForm(request.POST if request.method == "POST" else None, rows=found.qs)
    if form.is_valid() and _ordered(request, form):
        return redirect(request.get_full_path())
    rows = found.qs.select_related("unit", "account__platform", "document_kind", "out_of_use")
    page = page_of(request, rows.order_by("-made_at", "-pk"), size=ROWS_SHOWN)
    context = {
        "filter": found,
        "page": page,
        "records": presenting.records(page.object_list, request.user),
        "form": form,
        "every": EVERY,
        "narrowed": bool(request.GET),
    }
    return render(request, "archive/retention/ordering.html", context)


@require_POST
def file_as(request: Request, pk: int) -> HttpResponse:
    """File one record as a kind."""
    record = _record(request, pk)
    form = FileAsForm(request.POST)
    if form.is_valid():
        changed = classifying.file_as(_one(record), form.cleaned_data["kind"], by=request.user)
        _say(request, changed, _("Handlingstypen är ändrad."))
    else:
        messages.error(request, _("Välj en handlingstyp."))
    return redirect(record)


@require_POST
def set_out_of_use(request: Request, pk: int) -> HttpResponse:
    """Note that one record is no longer current, or take it back where no day is given."""
    record = _record(request, pk)
    if "aktuell" in request.POST:
        _say(request, classifying.set_in_use(_one(record), by=request.user), _("Handlingen är aktuell igen."))
        return redirect(record)
    form = OutOfUseForm(request.POST)
    if form.is_valid():
        changed = classifying.set_out_of_use(_one(record), by=request.user, day=form.cleaned_data["day"])
        _say(request, changed, _("Handlingen är antecknad som inaktuell."))
    else:
        messages.error(request, " ".join(map(str, form.errors["day"])))
    return redirect(record)


def _ordered(request: Request, form: OrderForm) -> bool:
    chosen = form.chosen()
    if chosen.count() > classifying.MOST:
        form.add_error(
            None, _("Högst %(most)s handlingar åt gången. Filtrera listan först.") % {"most": classifying.MOST}
        )
        return False
    act, said = form.cleaned_data["act"], form.cleaned_data
    if act == FILE_AS:
        changed = classifying.file_as(chosen, said["kind"], by=request.user)
    elif act == OUT_OF_USE:
        changed = classifying.set_out_of_use(chosen, by=request.user, day=said["day"])
    else:
        changed = classifying.set_in_use(chosen, by=request.user)
    text = ngettext("%(n)s handling är ändrad.", "%(n)s handlingar är ändrade.", changed)
    _say(request, changed, text % {"n": changed})
    return True


def _say(request: Request, changed: int, text: str) -> None:
    if changed:
        messages.success(request, text)
    else:
        messages.info(
            request, _("Ingenting ändrades: det var redan så, eller så ligger handlingen i ett gallringsförslag.")
        )


def _record(request: Request, pk: int) -> Record:
    record = access.get_or_deny(request.user, Record.objects.all(), act="classify_record", pk=pk)
    if not secrecy.is_open(request.user, record):
        raise access.PermissionDenied
    return record


def _one(record: Record):
    return Record.objects.filter(pk=record.pk)
