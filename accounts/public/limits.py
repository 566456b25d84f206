"""How often one visitor may ask and write in: counted in the cache under a hash of the address, and kept nowhere."""

import functools
import logging
import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis import Redis

logger = logging.getLogger(__name__)

# action -> (how many, within how many seconds), each of them
BOUNDS = {
    "check": ((60, 60),),
    "report": ((5, 600), (30, 86400)),
    "receipt": ((20, 60),),
    "paper": ((20, 60),),
    "file": ((20, 60),),
}


def allowed(request: HttpRequest, action: str) -> bool:
    """Count this request and answer whether it is within bounds; a cache that does not answer stops nobody."""
    who = salted_hmac(f"accounts.public.limits.{action}", _client(request)).hexdigest()
    try:
        return all(_count(f"limit:{action}:{who}", seconds) <= most for most, seconds in BOUNDS[action])
    except Exception as error:  # whichever way the cache fails
        logger.warning("requests cannot be counted: %s", type(error).__name__)
        return True


def _count(key: str, seconds: int) -> int:
    """Count in one round trip: every question waits for it."""
    window = f"{key}:{seconds}:{int(time.time()) // seconds}"
    with _store().pipeline(transaction=False) as pipe:
        pipe.set(window, 0, ex=seconds, nx=True)
        pipe.incr(window)
        return int(pipe.execute()[1])


@functools.cache
def _store() -> Redis:
    kept: dict[str, Any] = settings.CACHES["default"]
    return Redis.from_url(kept["LOCATION"], **kept["OPTIONS"])


def _client(request: HttpRequest) -> str:
    """Answer the visitor's address as the proxies that are trusted tell it; a whole IPv6 network counts as one."""
    address = get_adapter().get_client_ip(request)
    return ":".join(address.split(":")[:4]) if ":" in address else address
