"""How people sign in: entered by the municipality, never by signing up themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class LoginAdapter(DefaultAccountAdapter):
    """allauth's way in, closed for those whom nobody has entered."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-postadressen eller lösenordet är fel."),
        "too_many_login_attempts": _("För många försök. Vänta en stund och försök igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no: people are entered by the municipality."""
        return False


def closed(request: HttpRequest) -> HttpResponse:
    """Answer 404 where allauth lets people sign up or change their address: the municipality does both."""
    raise Http404
