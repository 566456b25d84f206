"""Pages that are for those who hold a permission somewhere; whoever does not is told so (403)."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from governance import access

View = Callable[..., HttpResponse]


def needs(permission: str) -> Callable[[View], View]:
    """Let a view be reached only by those who hold `permission` through a role or a duty."""

    def guarded(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not access.holds(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return answer

    return guarded
