"""How people sign in: entered by the municipality, never by signing up themselves.

A person has one address, `User.email`; allauth's own table of addresses only repeats it (`people.keep_address`).
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import ResetPasswordForm
from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from governance import audit, password_reset, people
from governance.models import User

# Behind a socket without a trusted proxy nobody's address is known, and all share one limit (docs/production.md).
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - a name for "unknown", nothing is bound to it


class LoginBackend(AuthenticationBackend):
    """allauth's check of a password, for the person's own address and no other that was ever noted."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        return self._check_password(User.objects.filter(email=email.lower()).first(), password)

    def user_can_authenticate(self, user: User) -> bool:
        """Answer whether the person may sign in, and may stay signed in."""
        return people.may_sign_in(user)


class LoginAdapter(DefaultAccountAdapter):
    """allauth's way in, closed for those whom nobody has entered; every way in and every failure is in the log."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-postadressen eller lösenordet är fel."),
        "too_many_login_attempts": _("För många försök. Vänta en stund och försök igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no: people are entered by the municipality."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Answer where the request comes from; where that cannot be known, one answer for everybody."""
        return get_client_ip(request) or NO_ADDRESS

    def pre_login(self, request: HttpRequest, user: User, **hook: Any) -> HttpResponse | None:
        """Turn away who may not sign in, whichever way the person came; put the address right for all others."""
        if not people.may_sign_in(user):
            record_failure(user)
            return self.respond_user_inactive(request, user)
        people.keep_address(user)
        return super().pre_login(request, user, **hook)

    def post_login(self, request: HttpRequest, user: User, **hook: Any) -> HttpResponse:
        """Note that the person is in, after the last step of the login."""
        audit.record("user.login", by=user, obj=user)
        return super().post_login(request, user, **hook)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note whose login failed; what was typed is kept nowhere, for it may be a password."""
        email = str(credentials.get("email") or "").lower()
        record_failure(User.objects.filter(email=email).first())


class ResetForm(ResetPasswordForm):
    """Asks for an address. Whether anybody has it is looked up later, by the worker: the answer is the same."""

    def clean_email(self) -> str:
        """Take the address as it is."""
        return self.cleaned_data["email"].lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Order the mail."""
        password_reset.order(self.cleaned_data["email"], get_language() or settings.LANGUAGE_CODE)
        return self.cleaned_data["email"]


def record_failure(user: User | None) -> None:
    """Note a login that failed: for a person, or for an address that nobody has."""
    if user is None:
        audit.record("user.login_unknown", by=None, obj=User())
    else:
        audit.record("user.login_failed", by=None, obj=user, personal={"person": user.name})


@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    """Answer 404 where allauth lets people sign up or change their address: the municipality does both."""
    raise Http404
