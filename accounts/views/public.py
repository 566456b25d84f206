"""The public list of official accounts (R-REG-2): no login, and nothing about any person."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from accounts import public_list

MINUTES_KEPT = 5


@login_not_required
def show_list(request: HttpRequest) -> HttpResponse:
    """List the official accounts by department; `?q=` narrows the list.

    A visitor's browser keeps the page for a while; who has just opened an account must see it there at once.
    """
    words = request.GET.get("q", "").strip()[:100]
    found = public_list.find(words)
    count = sum(len(group.accounts) for group in found)
    response = render(request, "accounts/public_list.html", {"groups": found, "words": words, "count": count})
    kept = 0 if request.user.is_authenticated else 60 * MINUTES_KEPT
    patch_cache_control(response, private=True, max_age=kept)
    return response
