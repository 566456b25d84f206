"""What search engines may look at: the public pages, and nothing else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.models import Account
from accounts.public.entries import slug_of, told
from accounts.public.stamp import public_stamp
from governance.shared import ENGLISH, SWEDISH, local_reverse, shared

OPEN = ("/officiella-konton/", "/ar-kontot-akta/", "/oppna-data/", "/tillganglighet/", "/en/", "/static/")
PAGES = (
    "accounts:public-list",
    "accounts:public-closed",
    "accounts:public-check",
    "accounts:report-new",
    "accounts:data-show",
    "governance:accessibility-show",
)


@shared(public_stamp, indexed=False)
def show_robots(request: HttpRequest) -> HttpResponse:
    """Let robots into the public pages and nowhere else."""
    lines = ["User-agent: *", *(f"Allow: {path}" for path in OPEN), "Disallow: /", ""]
    lines.append(f"Sitemap: {settings.BASE_URL}{reverse('accounts:sitemap-show')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@shared(public_stamp, indexed=False)
def show_sitemap(request: HttpRequest) -> HttpResponse:
    """Name every public page with its other language."""
    accounts = told(Account.objects.public()).order_by("pk").values_list("pk", "name")
    pages = [_editions(name) for name in PAGES]
    pages += [_editions("accounts:public-show", pk=pk, slug=slug_of(name)) for pk, name in accounts]
    return render(request, "accounts/public/sitemap.xml", {"pages": pages}, content_type="application/xml")


def _editions(name: str, **kwargs: object) -> list[tuple[str, str]]:
    languages = (SWEDISH, ENGLISH)
    return [(language, settings.BASE_URL + local_reverse(name, language, **kwargs)) for language in languages]
