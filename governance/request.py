"""What a view behind the login is given."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from governance.models import User


class Request(HttpRequest):
    """A request of somebody who is signed in; `LoginRequiredMiddleware` lets no other through."""

    user: User
    htmx: HtmxDetails
