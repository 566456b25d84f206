"""Reading a register in: what can be read, the file, its columns, its rows, and what came of it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance import exporting, import_page, uploads
from governance.import_forms import ColumnsForm, FileForm, SheetForm
from governance.imports import files, flow, kinds
from governance.imports.kinds import Importer
from governance.listing import page_of
from governance.models import Import
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

FILES = Import.objects.select_related("made_by")
MENDABLE = (Import.Status.PREVIEW, Import.Status.DONE)
needed = needs("import_register", for_all=True)


@needed
def show_list(request: Request) -> HttpResponse:
    """Show what can be read in, in its order, and the files that were."""
    found = [(kind, kind.count()) for kind in kinds.importers()]
    page = page_of(request, FILES.exclude(status=Import.Status.DISCARDED))
    named = {kind.key: kind.label for kind in kinds.importers()}
    return render(request, "governance/import_list.html", {"kinds": found, "page": page, "named": named})


@uploads.at_most(settings.IMPORT_MAX_BYTES)
@needed
def receive(request: Request, kind: str) -> HttpResponse:
    """Take a file of one kind, and lead to its columns or its rows."""
    importer = _kind(kind)
    form = FileForm(request)
    if request.method == "POST" and form.is_valid():
        file = flow.receive(form.cleaned_data["file"], kind=importer, name=form.name, by=request.user)
        complete = all(column.key in file.mapping for column in importer.columns() if column.required)
        return redirect(file if complete else "governance:import-map", *([] if complete else [file.pk]))
    return render(request, "governance/import_new.html", {"form": form, "kind": importer})


@needed
def download_template(request: Request, kind: str, wanted: str) -> HttpResponseBase:
    """Answer a file to fill in."""
    if wanted not in exporting.TYPES:
        raise Http404
    return files.template(_kind(kind), wanted)


@needed
def show(request: Request, pk: int) -> HttpResponse:
    """Show a file where it stands: its rows to look over, under way, or what came of it."""
    file = get_object_or_404(FILES, pk=pk)
    if file.status != Import.Status.PREVIEW:
        return render(request, "governance/import_result.html", import_page.result(file))
    return render(request, "governance/import_show.html", import_page.context(file, request))


@needed
def arrange(request: Request, pk: int) -> HttpResponse:
    """Choose the sheet, the row of headings, and which column is which."""
    file = get_object_or_404(FILES, pk=pk, status=Import.Status.PREVIEW)
    place = SheetForm(request.GET if "blad" in request.GET else None, file)
    chosen = place.cleaned_data if place.is_bound and place.is_valid() else {"blad": file.sheet, "rad": file.heading}
    form = ColumnsForm(request.POST if request.method == "POST" else None, file, chosen["blad"], chosen["rad"])
    if request.method == "POST" and form.is_valid():
        mapping = form.mapping()
        return _done(request, file, flow.arrange, sheet=chosen["blad"], row=chosen["rad"], mapping=mapping)
    context = {"file": file, "kind": flow.kind_of(file), "place": place, "form": form}
    return render(request, "governance/import_map.html", context)


@require_POST
@needed
def choose(request: Request, pk: int) -> HttpResponse:
    """Take or leave rows: those shown on a page, all of them, or all that are wrong."""
    file = get_object_or_404(FILES, pk=pk)
    act = request.POST.get("gor")
    if act == "alla":
        return _done(request, file, flow.take_all)
    if act == "fel":
        return _done(request, file, flow.leave_errors)
    shown = _numbers(request, "visad")
    return _done(request, file, flow.choose, shown=shown, taken=_numbers(request, "rad"))


@require_POST
@needed
def order(request: Request, pk: int) -> HttpResponse:
    """Let the rows that are taken go in, all of them or none."""
    return _done(request, get_object_or_404(FILES, pk=pk), flow.order)


@require_POST
@needed
def discard(request: Request, pk: int) -> HttpResponse:
    """Throw a file away before it went in."""
    file = get_object_or_404(FILES, pk=pk)
    try:
        flow.discard(file, by=request.user)
        messages.success(request, _("Filen är kastad. Ingenting lästes in."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("governance:import-list")


@needed
def download_errors(request: Request, pk: int, wanted: str) -> HttpResponseBase:
    """Answer the rows that are wrong, as a file to mend."""
    if wanted not in exporting.TYPES:
        raise Http404
    return files.errors(get_object_or_404(FILES, pk=pk, status__in=MENDABLE), wanted)


def _done(request: Request, file: Import, act: Callable[..., Any], **options: Any) -> HttpResponse:
    try:
        act(file, by=request.user, **options)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(_back(request, file))


def _back(request: Request, file: Import) -> str:
    """Stay on the page of rows that was shown."""
    kept = {name: request.POST[name] for name in ("visa", "sida") if request.POST.get(name, "").isalnum()}
    query = "&".join(f"{name}={value}" for name, value in kept.items())
    return f"{file.get_absolute_url()}?{query}" if query else file.get_absolute_url()


def _numbers(request: Request, name: str) -> list[int]:
    return [int(value) for value in request.POST.getlist(name) if value.isdecimal() and len(value) < 8]


def _kind(key: str) -> Importer:
    found = kinds.importer(key)
    if found is None:
        raise Http404
    return found
