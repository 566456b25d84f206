"""Signing a test's client in, with a login that is fresh or one that has grown old."""

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from governance import clock
from governance.fresh import WINDOW
from governance.models import User

STALE = WINDOW + 60


def sign_in(client: Client, user: User, fresh: bool = True) -> Client:
    """Sign `user` in by password, just now or (fresh=False) longer ago than a fresh login lasts; answer the client."""
    client.force_login(user)
    record(client, user, {"method": "password", "at": clock.now().timestamp() - (0 if fresh else STALE)})
    return client


def record(client: Client, user: User, *records: dict) -> None:
    """Make the session say exactly these authentications of this person."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = list(records)
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
    session.save()
