"""Is this copy the archived file? Anybody may ask; nothing of what was sent is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.public import limits
from archive.trust.forms import FileForm
from archive.trust.recognition import recognise
from governance.hashed_uploads import hashed_uploads
from governance.shared import public
from governance.uploads import at_most, too_large

MAX_BYTES = 200 * 1024 * 1024
TOO_MANY = 429
PAGE = "archive/public/file_check.html"


@hashed_uploads
@at_most(MAX_BYTES)
@public
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Ask for a file or a SHA-256 (GET), and answer whether it is archived (POST)."""
    if request.method != "POST":
        return render(request, PAGE, {"form": FileForm()})
    if not limits.allowed(request, "file"):
        return render(request, PAGE, {"form": FileForm(), "too_many": True}, status=TOO_MANY)
    form = FileForm(request.POST, request.FILES, too_large=too_large(request, "file"))
    answer = recognise(form.asked(), request.user) if form.is_valid() else None
    return render(request, PAGE, {"form": FileForm() if answer else form, "answer": answer})
