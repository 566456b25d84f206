"""Is this paper ours? Anybody who holds a plan's PDF may ask; nothing of what was sent is kept."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms.checking import CheckForm
from accounts.public import limits
from accounts.signatures import checking
from governance.hashed_uploads import hashed_uploads

TOO_MANY = 429
PAGE = "accounts/plan_check.html"


@hashed_uploads
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Ask for a PDF or a SHA-256 (GET), and answer whose plan it is and whether it is in force (POST)."""
    if request.method != "POST":
        return render(request, PAGE, {"form": CheckForm()})
    if not limits.allowed(request, "paper"):
        return render(request, PAGE, {"form": CheckForm(), "too_many": True}, status=TOO_MANY)
    form = CheckForm(request.POST, request.FILES)
    answer = checking.check(form.asked()) if form.is_valid() else None
    return render(request, PAGE, {"form": form, "answer": answer})
