"""What every page needs around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from governance import __version__, day_one, panels
from governance.models import Municipality, PolicyVersion, User
from governance.shared import editions


def shell(request: HttpRequest) -> dict[str, Any]:
    """Answer the navigation of this person, the municipality's name, the page in other languages, the demo."""
    place: Any = SimpleLazyObject(Municipality.objects.current)
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "municipality": SimpleLazyObject(lambda: place.name or _of_policy()),
        "logo": SimpleLazyObject(lambda: place if place.logo else None),
        "editions": SimpleLazyObject(lambda: editions(request)),
        "first_run": SimpleLazyObject(day_one.is_open),
        "demo": settings.DEMO,
        "version": __version__,
    }


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    user = getattr(request, "user", None)
    return panels.navigation_for(user, request.path) if isinstance(user, User) else []


def _of_policy() -> str:
    version = PolicyVersion.objects.current()
    return version.municipality if version else ""
