"""The address that somebody typed: refused with a reason, or returned in one normal form."""

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from archive.capture import names
from archive.capture.inside import is_global
from archive.capture.marking import _

MAX_LENGTH = 2000
RESOLVE_SECONDS = 3.0
PORTS = {"http": 80, "https": 443}

REFUSALS = {
    "empty": _("Skriv en adress."),
    "too_long": _("Adressen är för lång: högst 2 000 tecken."),
    "control_characters": _("Adressen innehåller tecken som inte syns. Skriv om den för hand."),
    "malformed": _("Adressen går inte att läsa. Kopiera den ur webbläsarens adressfält."),
    "scheme": _("Adressen ska börja med https:// eller http://."),
    "login": _("Adressen innehåller en inloggning. Ta bort det som står före @."),
    "no_host": _("Adressen saknar värdnamn, till exempel www.exempel.se."),
    "port": _("Adressen har en egen port. Ta bort kolon och siffror efter värdnamnet."),
    "inside": _("Adressen leder in i ett slutet nät. Bara publika sidor arkiveras."),
}

# Names that never belong to the public internet, whoever answers for them.
INSIDE_SUFFIXES = (
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "home.arpa",
    "onion",
)
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class AddressRefused(ValueError):
    """The address will not be fetched. `code` is a key of REFUSALS, `text` its Swedish sentence, to translate."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.text = REFUSALS[code]


def check(address: str, allowed_host: str | None, *, ask: names.Resolve = names.resolve) -> str:
    """Return the address in its normal form, which checks to itself, or raise AddressRefused.

    `allowed_host` ("localhost:8765") is the one host inside that may be reached. A name that the name service
    does not know passes: the capture will say so. The guard asks again when the browser is under way.
    """
    parts = _split(_clean(address))
    if parts.scheme not in PORTS:
        raise AddressRefused("scheme")
    if "@" in parts.netloc:
        raise AddressRefused("login")
    host = _host(parts)
    port = _port(parts)
    if f"{host}:{port}" != (allowed_host or "").lower():
        _refuse_inside(host, ask)
        if port not in PORTS.values():
            raise AddressRefused("port")
    netloc = host if port == PORTS[parts.scheme] else f"{host}:{port}"
    result = urlunsplit((parts.scheme, netloc, _path(parts.path) or "/", _path(parts.query), _path(parts.fragment)))
    if len(result) > MAX_LENGTH:
        raise AddressRefused("too_long")
    return result


def _clean(address: str) -> str:
    if len(address) > MAX_LENGTH:
        raise AddressRefused("too_long")
    text = unicodedata.normalize("NFC", address.strip(" \t\r\n"))
    if not text:
        raise AddressRefused("empty")
    if any(unicodedata.category(character) in UNSEEN for character in text):
        raise AddressRefused("control_characters")
    # Browsers read a backslash as a slash; which host is meant must not depend on who reads.
    if "\\" in text:
        raise AddressRefused("malformed")
    return text


def _split(text: str) -> SplitResult:
    try:
        return urlsplit(text)
    except ValueError:
        raise AddressRefused("malformed") from None


def _port(parts: SplitResult) -> int:
    try:
        port = parts.port
    except ValueError:
        raise AddressRefused("port") from None
    return PORTS[parts.scheme] if port is None else port


def _host(parts: SplitResult) -> str:
    """The host as the browser will read it: lower case, punycode, no trailing dot."""
    host = parts.hostname or ""
    if not host:
        raise AddressRefused("no_host")
    if parts.netloc.startswith("["):
        return _ipv6(host)
    try:
        ascii_host = host.encode("idna").decode("ascii").lower() if not host.isascii() else host
    except UnicodeError:
        raise AddressRefused("malformed") from None
    ascii_host = ascii_host.removesuffix(".")
    labels = ascii_host.split(".")
    if NUMBER.fullmatch(labels[-1]):
        return _ipv4(labels)
    if len(ascii_host) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise AddressRefused("malformed")
    return ascii_host


def _ipv6(host: str) -> str:
    try:
        address = IPv6Address(host)
    except ValueError:
        raise AddressRefused("malformed") from None
    if address.scope_id:
        raise AddressRefused("inside")
    return f"[{address.compressed}]"


def _ipv4(labels: list[str]) -> str:
    """Read 127.1, 0x7f000001, 017700000001 and 2130706433 the way a browser does."""
    if len(labels) > 4:
        raise AddressRefused("malformed")
    values = [_number(label) for label in labels]
    *heads, last = values
    if any(value > 255 for value in heads) or last >= 256 ** (5 - len(values)):
        raise AddressRefused("malformed")
    total = last + sum(value * 256 ** (3 - place) for place, value in enumerate(heads))
    return str(IPv4Address(total))


def _number(label: str) -> int:
    if not NUMBER.fullmatch(label):
        raise AddressRefused("malformed")
    try:
        if label.startswith("0x"):
            return int(label[2:] or "0", 16)
        return int(label, 8 if len(label) > 1 and label.startswith("0") else 10)
    except ValueError:
        raise AddressRefused("malformed") from None


def _refuse_inside(host: str, ask: names.Resolve) -> None:
    bare = host.strip("[]")
    if host.startswith("[") or NUMBER.fullmatch(host.rpartition(".")[2]):
        if not is_global(bare):
            raise AddressRefused("inside")
        return
    if "." not in host or any(host.endswith(f".{suffix}") for suffix in INSIDE_SUFFIXES):
        raise AddressRefused("inside")
    try:
        answers = names.resolve_within(host, RESOLVE_SECONDS, ask)
    except OSError:
        return
    if not all(is_global(answer) for answer in answers):
        raise AddressRefused("inside")


def _path(text: str) -> str:
    """Escape what a browser would escape, but leave Swedish letters readable."""
    return "".join(quote(c) if c.isspace() or c in '"<>^`{|}' else c for c in text)
