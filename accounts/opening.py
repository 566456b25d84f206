"""Whether an address can be the account's: readable, and one of its platform's."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from accounts import addresses
from accounts.models import Platform

LONGEST = 300
# What stands before a platform's own site in its canonical address.
_HOST = re.compile(r"https?://(?:www\.|\{\w+\}\.)?")


@dataclass(frozen=True)
class Found:
    """An account's address as the register keeps it, and what the account is called there."""

    handle: str
    address: str


class NotTheirs(ValueError):
    """An address that cannot be the account's; the message is for people and says what was expected."""


def check(platform: Platform, typed: str) -> Found:
    """Answer the canonical address of what was typed. Raises `NotTheirs`, with an example of what is expected."""
    try:
        addresses.read(typed)
    except addresses.AddressRefused as refused:
        raise NotTheirs(f"{refused} {_example(platform)}") from refused
    found = platform.recognise(typed)
    other = _other(platform, typed)
    if found is None or (other and _takes_any(platform)):
        raise NotTheirs(f"{_mismatch(platform, other)} {_example(platform)}")
    if len(found[1]) > LONGEST:
        raise NotTheirs(_("Adressen är för lång: högst %(count)s tecken.") % {"count": LONGEST})
    return Found(*found)


def canonical(platform: Platform, address: str) -> str:
    """Answer an address in the one form in which two can be compared; as written where it names no account there."""
    found = platform.recognise(address)
    return found[1] if found else address.strip()


def _other(platform: Platform, typed: str) -> Platform | None:
    """Answer another platform that knows the address as one of its own, or whose site it stands on."""
    host = urlsplit(addresses.read(typed).bare).netloc
    rest = [other for other in Platform.objects.exclude(pk=platform.pk) if not _takes_any(other)]
    return next((other for other in rest if other.recognise(typed) or _stands_on(other, host)), None)


def _stands_on(platform: Platform, host: str) -> bool:
    """Answer whether a host is the platform's: a link to somebody's post there is nobody's blog."""
    own = _HOST.sub("", platform.canonical).partition("/")[0]
    return host == own or host.endswith(f".{own}")


def _takes_any(platform: Platform) -> bool:
    """A blog or a forum stands anywhere, so the whole address names the account."""
    return platform.canonical == "{handle}"


def _mismatch(platform: Platform, other: Platform | None) -> str:
    if other is not None:
        return _("Adressen hör till %(other)s, men kontot är registrerat på %(platform)s.") % {
            "other": other,
            "platform": platform,
        }
    return _("Adressen är inte ett konto på %(platform)s.") % {"platform": platform}


def _example(platform: Platform) -> str:
    return _("Så här ser en sådan adress ut: %(example)s") % {"example": platform.example}
