"""Whether an address can be the account's: readable, and one of its platform's."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts import addresses
from accounts.models import Platform

LONGEST = 300


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


def _other(platform: Platform, typed: str) -> Platform | None:
    """Answer another platform that knows the address as one of its own."""
    rest = Platform.objects.exclude(pk=platform.pk)
    return next((other for other in rest if not _takes_any(other) and other.recognise(typed)), None)


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
