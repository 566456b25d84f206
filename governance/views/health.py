"""Is the installation alive, part by part?"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from governance.health import OK, parts


@never_cache
@login_not_required
def show(request: HttpRequest) -> JsonResponse:
    """Answer 200 where everything runs, else 503 with the part that does not; no secrets, no login."""
    found = parts()
    well = all(state == OK for state in found.values())
    return JsonResponse({"status": "ok" if well else "down", "parts": found}, status=200 if well else 503)
