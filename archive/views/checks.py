"""How the archive has been checked: the latest checks, and what does not hold."""

from django.http import HttpResponse
from django.shortcuts import render

from archive.models import ArchiveCheck, ArchiveProblem
from archive.trust import reporting
from governance import access
from governance.listing import page_of
from governance.request import Request
from governance.views.needs import needs

PROBLEMS = 50


@needs("see_archive_check")
def show_list(request: Request) -> HttpResponse:
    """Show what does not hold now, and the checks, the latest first."""
    checks = access.visible(request.user, ArchiveCheck.objects.all(), "see_archive_check")
    page = page_of(request, checks)
    standing = ArchiveProblem.objects.filter(settled_at=None)
    context = {
        "page": page,
        "state": reporting.state(),
        "standing": standing.count(),
        "problems": reporting.told(standing.order_by("pk")[:PROBLEMS], request.user),
        "shown": PROBLEMS,
    }
    return render(request, "archive/check_list.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """Show one check: how much was looked at, and everything that did not hold."""
    check = access.get_or_deny(request.user, ArchiveCheck.objects.all(), pk=pk)
    page = page_of(request, check.problems.order_by("pk"), PROBLEMS)
    context = {"check": check, "page": page, "problems": reporting.told(page.object_list, request.user)}
    return render(request, "archive/check_show.html", context)
