"""What every page needs around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from governance import __version__, panels
from governance.models import PolicyVersion, User


def shell(request: HttpRequest) -> dict[str, Any]:
    """Answer the navigation of this person, the municipality's name, and whether this is the demo."""
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "municipality": SimpleLazyObject(_municipality),
        "demo": settings.DEMO,
        "version": __version__,
    }


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    user = getattr(request, "user", None)
    return panels.navigation_for(user, request.path) if isinstance(user, User) else []


def _municipality() -> str:
    version = PolicyVersion.objects.current()
    return version.municipality if version else ""
