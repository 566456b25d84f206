"""What holds for the whole site: names of addresses, permissions, login, headers."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from governance.permissions import DUTIES, PERMISSIONS, ROLES
from tests.factories import adopted, person

APPS = ("governance", "accounts", "archive", "moderation")
NAME = re.compile(r"[a-z]+(-[a-z]+)+")
SAMPLES = {"IntConverter": 1, "UUIDConverter": "00000000-0000-0000-0000-000000000000"}


def addresses(resolver: URLResolver | None = None, app: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Answer every address of our own apps with the app it belongs to."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, entry.app_name or app)
        elif app in APPS:
            yield app, entry


def sample(app: str, pattern: URLPattern) -> str:
    """Answer an address of this pattern, with something for each of its parts."""
    kinds = {name: type(converter).__name__ for name, converter in pattern.pattern.converters.items()}
    parts = {name: SAMPLES.get(kind, "x") for name, kind in kinds.items()}
    return reverse(f"{app}:{pattern.name}", kwargs=parts)


OURS = [pytest.param(app, pattern, id=f"{app}:{pattern.name}") for app, pattern in addresses()]

PRIVATE = [each for each in OURS if getattr(each.values[1].callback, "login_required", True)]
# Whoever opens one more page to everybody says so here.
PUBLIC = {
    "governance:first-run",
    "governance:municipality-logo",
    "governance:accessibility-show",
    "governance:mailbox-show",
    "governance:mail-show",
    "governance:demo-login",
    "governance:accessibility-show-en",
    *(
        f"accounts:{name}{edition}"
        for name in (
            "public-list",
            "public-closed",
            "public-show",
            "public-check",
            "report-new",
            "receipt-find",
            "receipt-show",
            "feedback-new",
            "data-show",
        )
        for edition in ("", "-en")
    ),
    "archive:file-check",
    "archive:file-check-en",
    "archive:document-kinds-public",
    "accounts:plan-check",
    "accounts:public-fragment",
    "accounts:data-json",
    "accounts:data-csv",
    "accounts:data-linked",
    "accounts:data-feed",
    "accounts:data-check",
    "accounts:data-openapi",
    "accounts:data-catalogue",
    "accounts:robots-show",
    "accounts:sitemap-show",
}


def test_the_apps_have_addresses():
    assert {app for app, _pattern in addresses()} == set(APPS)


@pytest.mark.parametrize(("app", "pattern"), OURS)
def test_every_address_is_named_noun_verb_and_written_in_plain_letters(app, pattern):
    assert NAME.fullmatch(pattern.name)
    assert re.fullmatch(r"[a-z0-9/_.<>:-]*", str(pattern.pattern))


@pytest.mark.django_db
@pytest.mark.parametrize(("app", "pattern"), PRIVATE)
def test_whoever_is_not_signed_in_is_led_to_the_login(client, app, pattern):
    response = client.get(sample(app, pattern))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_nothing_else_than_the_public_pages_is_open_to_everybody():
    assert {each.id for each in OURS} - {each.id for each in PRIVATE} == PUBLIC


def test_every_permission_is_used_in_code():
    sources = [
        file.read_text(encoding="utf-8")
        for app in APPS
        for file in (settings.BASE_DIR / app).rglob("*.py")
        if file.name != "permissions.py" and "migrations" not in file.parts
    ]

    assert not {name for name in PERMISSIONS if not any(f'"{name}"' in source for source in sources)}


def test_every_permission_is_held_by_a_role_or_a_duty():
    held = frozenset().union(*ROLES.values(), *DUTIES.values())

    assert held == set(PERMISSIONS)


PAGES = [
    "person-list",
    "person-self",
    "unit-list",
    "authority-list",
    "start-show",
    "finding-list",
    "notice-list",
    "audit-list",
    "policy-list",
    "policy-load",
    "accessibility-show",
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_its_security_headers_and_nothing_inline(client, name):
    adopted()
    client.force_login(person("communications_officer"))

    response = client.get(reverse(f"governance:{name}"))

    policy = response["Content-Security-Policy"]
    page = response.content.decode()
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Referrer-Policy"] == "same-origin"
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", page)


@pytest.mark.django_db
def test_the_session_cookie_is_out_of_reach_of_scripts(client):
    person("employee", email="kaka@kommun.example")
    client.post(reverse("account_login"), {"login": "kaka@kommun.example", "password": "hemligt"})

    cookie = client.cookies["sessionid"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.django_db
def test_a_page_of_another_origin_cannot_post(client):
    outside = type(client)(enforce_csrf_checks=True)
    outside.force_login(person("auditor"))

    assert outside.post(reverse("governance:audit-verify")).status_code == 403
