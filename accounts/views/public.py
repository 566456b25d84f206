"""The public list of official accounts (R-REG-2): no login, and nothing about any person."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from accounts import public_list

MINUTES_KEPT = 5


@login_not_required
@cache_control(private=True, max_age=60 * MINUTES_KEPT)
def show_list(request: HttpRequest) -> HttpResponse:
    """List the official accounts by department; `?q=` narrows the list."""
    words = request.GET.get("q", "").strip()[:100]
    found = public_list.find(words)
    count = sum(len(group.accounts) for group in found)
    return render(request, "accounts/public_list.html", {"groups": found, "words": words, "count": count})
