"""Pages that are for those who hold a permission; whoever does not is told so (403)."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from governance import access

View = Callable[..., HttpResponseBase]


def needs(permission: str, *, for_all: bool = False) -> Callable[[View], View]:
    """Let a view be reached only by those who hold `permission` somewhere, or for the whole municipality."""
    held = access.holds_for_all if for_all else access.holds

    def guarded(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
            if not held(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return answer

    return guarded
