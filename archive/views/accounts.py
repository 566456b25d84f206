"""The archive of one account over the years, and two of its snapshots side by side."""

from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from accounts.models import Account
from archive import secrecy
from archive.browsing import comparing, years
from archive.filters import month
from archive.models import Record, RecordFile
from archive.models.record import THUMBNAIL
from archive.snapshots.schedule import first_of_month
from governance import access
from governance.listing import page_of
from governance.request import Request
from governance.views.needs import needs

ACCOUNTS = Account.objects.select_related("platform", "unit", "authority")
STRIP = 24
# As many snapshots as a list to choose from holds; older ones are compared from their own page.
CHOICES = 400


@require_safe
@needs("see_record")
def show_archive(request: Request, pk: int) -> HttpResponse:
    """Show an account's years, a strip of its pictures, and the choice of two to compare."""
    account = access.get_or_deny(request.user, ACCOUNTS, pk=pk)
    kept = years.seen(request.user, account)
    asked = request.GET.get("manad", "")
    context = {
        "account": account,
        "years": years.calendar(request.user, account),
        "page": page_of(request, _of_month(kept, asked).prefetch_related(_thumbnails()), STRIP),
        "asked": month(asked) if _day(asked) else "",
        "choices": list(kept.values("pk", "made_at")[:CHOICES]),
    }
    return render(request, "archive/account_archive.html", context)


@require_safe
def compare(request: Request) -> HttpResponse:
    """Show two snapshots of one account side by side, the older first: what changed in the text and in the picture."""
    older, newer = sorted((_asked(request, name) for name in ("fran", "till")), key=lambda r: (r.made_at, r.pk))
    if older.account_id is None or older.account_id != newer.account_id:
        raise Http404
    context = {"older": older, "newer": newer, "account": older.account} | comparing.of(older, newer, request.GET)
    return render(request, "archive/comparison.html", context)


def _asked(request: Request, name: str) -> Record:
    number = request.GET.get(name, "")
    if not number.isdecimal():
        raise Http404
    records = Record.objects.select_related("account__platform", "unit").prefetch_related("files")
    record = access.get_or_deny(request.user, records, pk=int(number[:18]))
    secrecy.must_be_open(request.user, record)
    return record


def _of_month(kept: QuerySet[Record], asked: str) -> QuerySet[Record]:
    day = _day(asked)
    if day is None:
        return kept
    return kept.filter(made_at__year=day.year, made_at__month=day.month)


def _day(asked: str) -> date | None:
    try:
        day = parse_date(f"{asked}-01")
    except ValueError:
        return None
    return first_of_month(day) if day else None


def _thumbnails() -> Prefetch:
    return Prefetch("files", RecordFile.objects.filter(name=THUMBNAIL), to_attr="thumbnails")
