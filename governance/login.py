"""How people sign in: entered by the municipality, never by signing up themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class LoginAdapter(DefaultAccountAdapter):
    """allauth's way in, closed for those whom nobody has entered."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no: people are entered by the municipality."""
        return False
