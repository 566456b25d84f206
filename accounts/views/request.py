"""The request of a page behind the login."""

from django.http import HttpRequest

from governance.models import User


class Request(HttpRequest):
    """A request of somebody who is signed in; LoginRequiredMiddleware lets nobody else through."""

    user: User
