"""What this person has been told."""

from django.http import HttpResponse
from django.shortcuts import render

from governance.listing import page_of
from governance.request import Request


def show_list(request: Request) -> HttpResponse:
    """List the messages to this person, the latest first."""
    page = page_of(request, request.user.notices.all())
    return render(request, "governance/notice_list.html", {"page": page})
