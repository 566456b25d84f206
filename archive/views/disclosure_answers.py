"""What goes back to whoever asked: the package, the answer that something is withheld, the authority's decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import FileResponse, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from archive import integrity, secrecy, store
from archive.disclosing import handing, letters, reviewing
from archive.disclosing.forms import DecideForm, HandOutForm, PackageForm, RefuseForm
from archive.models import Disclosure, Record
from archive.models.disclosure import DECIDES
from archive.views.disclosures import filled_in, handled
from governance import audit
from governance.request import Request


def package(request: Request, pk: int) -> HttpResponse:
    """Have what was reviewed made ready to hand out."""
    disclosure = handled(request, pk)
    progress = reviewing.progress(disclosure)
    initial = {"reasons": disclosure.answer_reasons or letters.reasons_for(disclosure)}
    form = PackageForm(_sent(request), holds_back=progress.holds_back, initial=initial)
    words = {
        "title": _("Gör utlämnandet i ordning"),
        "submit": _("Gör i ordning"),
        "lead": _("Kopiorna görs nu, och arkiveras precis som de lämnas ut. Det tar en stund om sidorna är många."),
        "done": _("Utlämnandet görs i ordning."),
    }
    template = "archive/disclosure/package.html"
    context: dict[str, Any] = {"progress": progress, "held": letters.held_back(disclosure)}
    return filled_in(request, disclosure, form, handing.order_package, words, template=template, **context)


def hand_out(request: Request, pk: int) -> HttpResponse:
    """Note when, how and by whom it was handed out."""
    disclosure = handled(request, pk)
    words = {
        "title": _("Anteckna utlämnandet"),
        "submit": _("Anteckna att det är utlämnat"),
        "lead": _("Uppsikt skickar ingenting själv. Hämta filerna, lämna ut dem, och anteckna här hur du gjorde."),
        "done": _("Utlämnandet är antecknat."),
    }
    return filled_in(request, disclosure, HandOutForm(_sent(request)), handing.hand_out, words)


def refuse(request: Request, pk: int) -> HttpResponse:
    """Answer that nothing is handed out, with the right to have the authority's decision."""
    disclosure = handled(request, pk)
    form = RefuseForm(_sent(request), request=disclosure, initial={"reasons": letters.reasons_for(disclosure)})
    words = {
        "title": _("Besked: lämnas inte ut"),
        "submit": _("Gör beskedet"),
        "lead": _("Beskedet blir ett brev som arkiveras. Det upplyser om rätten att få myndighetens beslut."),
        "done": _("Beskedet är klart. Hämta det och lämna det till den som frågat."),
    }
    return filled_in(request, disclosure, form, letters.refuse, words)


def decide(request: Request, pk: int) -> HttpResponse:
    """Take the authority's decision not to hand out."""
    disclosure = handled(request, pk, DECIDES)
    initial = {"reasons": letters.reasons_for(disclosure), "court": letters.last_court(disclosure)}
    form = DecideForm(_sent(request), request=disclosure, user=request.user, initial=initial)
    words = {
        "title": _("Myndighetens beslut"),
        "submit": _("Besluta att inte lämna ut"),
        "lead": _("Beslutet blir ett brev med skäl och hur det överklagas, och arkiveras."),
        "done": _("Beslutet är fattat. Hämta det och lämna det till den som frågat."),
    }
    return filled_in(request, disclosure, form, letters.decide, words)


def download(request: Request, pk: int, record: int, name: str) -> HttpResponseBase:
    """Hand one file of a package or a letter to the handler; only one that is what was kept, and it is logged."""
    disclosure = handled(request, pk)
    kept = _kept(disclosure, record)
    if not secrecy.is_open(request.user, kept):
        raise PermissionDenied
    file = get_object_or_404(kept.files.all(), name=name)
    if problems := list(integrity.problems_of_file(file)):
        messages.error(request, _("Filen lämnas inte ut. %(problems)s") % {"problems": " ".join(problems)})
        return redirect(disclosure)
    audit.record("disclosure.download", by=request.user, obj=disclosure, data={"file": name, "sha256": file.sha256})
    called = f"begaran-{disclosure.pk}-{name}"
    answer = FileResponse(store.read(file), as_attachment=True, filename=called, content_type=file.media_type)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _kept(disclosure: Disclosure, record: int) -> Record:
    """Answer the record of one of the request's packages or letters."""
    of_request = Q(pk__in=disclosure.packages.values("record")) | Q(pk__in=disclosure.letters.values("record"))
    return get_object_or_404(Record.objects.filter(of_request), pk=record)


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
