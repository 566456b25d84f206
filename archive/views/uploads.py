"""Uploading what people saved of a page themselves: in place of a picture, for an account, an item, or a closing."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.life import closing as closings
from accounts.models import Account
from archive import secrecy
from archive.forms import AuthorsForm, ItemUploadForm, UploadForm
from archive.incoming import classifying, staging, uploading
from archive.models import Record, Snapshot
from archive.snapshots import closing as closing_verbs
from governance import access, clock, uploads
from governance.request import Request
from governance.workflow import Refused

ACCOUNTS = Account.objects.select_related("platform", "unit__authority", "authority")
SNAPSHOTS = Snapshot.objects.select_related("account__platform", "unit", "authority", "campaign", "requested_by")
takes_files = uploads.at_most(settings.UPLOAD_MAX_BYTES, together=settings.UPLOAD_MAX_TOGETHER_BYTES, signed_in=True)


@takes_files
def replace(request: Request, pk: int) -> HttpResponse:
    """Upload in the place of a picture that was not taken."""
    snapshot = access.get_or_deny(request.user, SNAPSHOTS, "order_snapshot", pk=pk)
    try:
        uploading.check_replaceable(snapshot, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(snapshot)
    form_class = ItemUploadForm if snapshot.subject == Snapshot.Subject.ITEM else UploadForm
    form = _form(form_class, request, {"link": snapshot.address_asked})
    if "link" in form.fields:
        form.fields["link"].disabled = True  # the order says which item it is

    def keep(said: dict[str, Any]) -> Any:
        said.pop("link", None)
        return uploading.replace(snapshot, by=request.user, **said)

    page = {"account": snapshot.account, "snapshot": snapshot, "back": snapshot.get_absolute_url()}
    return _page(request, form, keep, page)


@takes_files
def for_account(request: Request, pk: int) -> HttpResponse:
    """Upload a picture of an account's page that nobody had asked for."""
    return _for_account(request, pk, UploadForm)


@takes_files
def for_item(request: Request, pk: int) -> HttpResponse:
    """Upload what somebody saved of one post or comment."""
    return _for_account(request, pk, ItemUploadForm)


@takes_files
def for_closing(request: Request, pk: int) -> HttpResponse:
    """Upload the picture that a closing asks for."""
    account = access.get_or_deny(request.user, ACCOUNTS, "order_snapshot", pk=pk)
    closing = closings.current(account)
    if closing is None:
        messages.error(request, _("Inget avslut pågår för kontot."))
        return redirect(account)

    def keep(said: dict[str, Any]) -> Any:
        closing_verbs.upload(closing, by=request.user, **said)
        return redirect("accounts:closing-show", pk=pk).url

    back = redirect("accounts:closing-show", pk=pk).url
    return _page(request, _form(UploadForm, request), keep, {"account": account, "closing": closing, "back": back})


@require_POST
def set_authors(request: Request, pk: int) -> HttpResponse:
    """Write down by hand who wrote what a record shows."""
    record = access.get_or_deny(request.user, Record.objects.all(), "classify_record", pk=pk)
    if not secrecy.is_open(request.user, record):
        raise access.PermissionDenied
    form = AuthorsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Välj ett av alternativen."))
    elif classifying.set_authors(record, by=request.user, authors=form.cleaned_data["authors"]):
        messages.success(request, _("Det är antecknat vem som har skrivit."))
    return redirect(record)


def _for_account(request: Request, pk: int, form_class: type[UploadForm]) -> HttpResponse:
    account = access.get_or_deny(request.user, ACCOUNTS, "order_snapshot", pk=pk)
    try:
        uploading.check_account(account, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(account)

    def keep(said: dict[str, Any]) -> Any:
        return uploading.upload_for(account, by=request.user, **said)

    page = {"account": account, "back": account.get_absolute_url()}
    return _page(request, _form(form_class, request), keep, page)


def _form(form_class: type[UploadForm], request: Request, initial: dict[str, Any] | None = None) -> UploadForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    started = {"taken_at": clock.local(clock.now()), **(initial or {})}
    why, names = uploads.too_large(request, "files"), uploads.thrown_away(request)
    return form_class(*sent, by=request.user, initial=started, thrown=why, thrown_names=names)


def _page(
    request: Request, form: UploadForm, keep: Callable[[dict[str, Any]], Any], context: dict[str, Any]
) -> HttpResponse:
    """Keep what is in order and go on; else show the form again, with the files that need not be chosen again."""
    try:
        return _answered(request, form, keep, context)
    finally:
        staging.close(form.copies)


def _answered(
    request: Request, form: UploadForm, keep: Callable[[dict[str, Any]], Any], context: dict[str, Any]
) -> HttpResponse:
    if form.is_bound and form.is_valid() and not form.is_review:
        try:
            done = keep(dict(form.cleaned_data))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            staging.forget(form.found)
            messages.success(request, _("Filerna ligger i arkivet, oförändrade."))
            return redirect(done)
    staged = staging.hold(form.found, by=request.user) if form.is_bound else []
    return render(request, "archive/upload.html", {"form": form, "staged": staged, **context})
