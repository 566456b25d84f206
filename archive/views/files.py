"""A record's files: looked at in the page, or handed out as they are."""

import tempfile
import zipfile
from typing import IO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from archive import integrity, secrecy, store
from archive.models import Record, RecordFile
from governance import access, audit
from governance.request import Request

# What is shown inside the browser. Pictures of our own making can run nothing; a PDF opens in the browser's viewer,
# which does not start in a sandbox.
SHOWN = {
    "image/jpeg": "default-src 'none'; sandbox",
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
}
CHECKSUMS = "kontrollsummor.sha256"
SPOOL = 32 * 1024 * 1024


def show(request: Request, pk: int, name: str) -> HttpResponseBase:
    """Show a picture, or open the PDF, inside the browser, if it is what was kept; opening a document is logged."""
    record = access.get_or_deny(request.user, Record.objects.all(), pk=pk)
    secrecy.must_be_open(request.user, record)
    file = get_object_or_404(record.files, name=name, media_type__in=SHOWN)
    if file.is_foreign:
        raise Http404
    is_document = file.media_type == "application/pdf"
    if problems := list(integrity.problems_of_file(file)):
        if not is_document:
            raise Http404
        return _refused(request, record, problems)
    if is_document:
        audit.record("record.open", by=request.user, obj=record, data={"file": file.name})
    response = FileResponse(store.read(file), filename=file.name, content_type=file.media_type)
    response.headers["Content-Security-Policy"] = SHOWN[file.media_type]
    response.headers["Cache-Control"] = "private, no-store"
    return response


def download(request: Request, pk: int, name: str) -> HttpResponseBase:
    """Hand out one file as it is; only one that is what was kept."""
    record = access.get_or_deny(request.user, Record.objects.all(), "download_record", pk=pk)
    secrecy.must_be_open(request.user, record)
    file = get_object_or_404(record.files, name=name)
    if problems := list(integrity.problems_of_file(file)):
        return _refused(request, record, problems)
    audit.record("record.download", by=request.user, obj=record, data={"file": file.name, "sha256": file.sha256})
    return _attached(store.read(file), file.name, file.media_type)


def export(request: Request, pk: int) -> HttpResponseBase:
    """Hand out all files of a record in a zip, with checksums that `sha256sum -c` reads."""
    record = access.get_or_deny(request.user, Record.objects.all(), "download_record", pk=pk)
    secrecy.must_be_open(request.user, record)
    if problems := list(integrity.problems(record)):
        return _refused(request, record, problems)
    audit.record("record.export", by=request.user, obj=record)
    return _attached(_packed(list(record.files.all())), f"handling-{record.pk}.zip", "application/zip")


def _packed(files: list[RecordFile]) -> IO[bytes]:
    spool = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(spool, "w", zipfile.ZIP_STORED) as pack:
        for file in files:
            with store.read(file) as content, pack.open(file.name, "w", force_zip64=True) as target:
                while chunk := content.read(store.CHUNK):
                    target.write(chunk)
        pack.writestr(CHECKSUMS, "".join(f"{file.sha256}  {file.name}\n" for file in files))
    spool.seek(0)
    return spool


def _attached(content: IO[bytes], name: str, media_type: str) -> FileResponse:
    response = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _refused(request: Request, record: Record, problems: list[str]) -> HttpResponse:
    text = _("Filen lämnas inte ut, för den är inte vad som arkiverades. %(problems)s")
    messages.error(request, text % {"problems": " ".join(problems)})
    return redirect(record)
