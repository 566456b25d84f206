"""Reading an address that somebody typed, or copied from a browser or a phone, into parts that can be compared."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

REASONS = {
    "empty": _("Skriv adressen."),
    "characters": _("Adressen innehåller tecken som inte kan stå i en adress."),
    "scheme": _("Adressen ska börja med https:// eller http://."),
    "login": _("Adressen innehåller ett användarnamn eller lösenord. Ta bort det som står före @."),
    "host": _("Adressen saknar en webbplats, till exempel www.facebook.com."),
}
DEFAULT_PORTS = {"http": 80, "https": 443}
# "localhost:8765" names a port, not a scheme.
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d)", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"^`{|}]")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f]")
_SAFE = "/:@!$&'()*+,;=~"


class AddressRefused(ValueError):
    """An address that cannot be one of an account; `code` is a key of `REASONS`, the message is for people."""

    def __init__(self, code: str) -> None:
        super().__init__(str(REASONS[code]))
        self.code = code


@dataclass(frozen=True)
class Link:
    """An address in comparable form: host in lower case, path decoded, no trailing slash, no fragment."""

    bare: str  # without the query
    full: str  # with it: a few platforms name the account there


def read(typed: str) -> Link:
    """Read what was typed; an address without a scheme is taken as https. Raises `AddressRefused`."""
    parts = _split(typed.strip())
    # Old addresses on Twitter and Facebook carry their path behind "#!".
    path = _decoded(parts.fragment[1:] if parts.fragment.startswith("!/") else parts.path).strip("/")
    query = _decoded(parts.query)
    if {".", ".."} & set(path.split("/")):
        raise AddressRefused("characters")
    bare = f"{parts.scheme}://{_place(parts)}{'/' if path else ''}{path}"
    return Link(bare, f"{bare}?{query}" if query else bare)


def encoded(address: str) -> str:
    """Write a decoded address the way a browser sends it."""
    return quote(address, safe=_SAFE)


def _split(typed: str) -> SplitResult:
    if not typed:
        raise AddressRefused("empty")
    if _FORBIDDEN.search(typed):
        raise AddressRefused("characters")
    whole = typed if _SCHEME.match(typed) else f"https://{typed.lstrip('/')}"
    try:
        parts = urlsplit(whole)
    except ValueError:
        raise AddressRefused("host") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise AddressRefused("scheme")
    if "@" in parts.netloc:
        raise AddressRefused("login")
    return parts


def _place(parts: SplitResult) -> str:
    """Answer host and port as written in ASCII; a port that goes without saying is left out."""
    try:
        host = (parts.hostname or "").rstrip(".").encode("idna").decode()
        port = parts.port
    except ValueError:  # UnicodeError too: a name that no name server knows
        raise AddressRefused("host") from None
    if not host:
        raise AddressRefused("host")
    return host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"


def _decoded(text: str) -> str:
    try:
        decoded = unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise AddressRefused("characters") from None
    if _INVISIBLE.search(decoded):
        raise AddressRefused("characters")
    return decoded
