"""What a view here is given: everybody is signed in, and htmx says what it asks for."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from governance.models import User


class Request(HttpRequest):
    """A request of somebody who is signed in; `LoginRequiredMiddleware` lets no other through."""

    user: User
    htmx: HtmxDetails
