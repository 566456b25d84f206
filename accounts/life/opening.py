"""Whether an address can be the account's: readable, one of its platform's, and nobody else's."""

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account, Platform
from accounts.models.platform import Found, NotAccount
from accounts.platforms import addresses

__all__ = ["NOT_ACCOUNTS", "Found", "NotTheirs", "canonical", "check", "holder"]

LONGEST = 300
# What an address of the platform's may lead to instead of an account; the keys are those of `platforms.toml`.
NOT_ACCOUNTS = {
    "post": gettext_lazy("Det är en länk till ett inlägg, inte till ett konto."),
    "video": gettext_lazy("Det är en länk till en film, inte till ett konto."),
    "picture": gettext_lazy("Det är en länk till en bild eller ett album, inte till ett konto."),
    "story": gettext_lazy("Det är en länk till en händelse som snart försvinner, inte till ett konto."),
    "event": gettext_lazy("Det är en länk till ett evenemang, inte till ett konto."),
    "episode": gettext_lazy("Det är en länk till ett avsnitt, inte till hela podden."),
    "file": gettext_lazy("Det är en länk till en presentation eller ett dokument, inte till ett konto."),
    "list": gettext_lazy("Det är en länk till en lista eller samling, inte till ett konto."),
    "chat": gettext_lazy("Det är en länk till ett samtal, inte till ett konto."),
    "share": gettext_lazy("Det är en delningslänk. Öppna den i webbläsaren och kopiera adressen som då visas."),
    "login": gettext_lazy("Det är en inloggningssida. Öppna kontot och kopiera adressen där."),
    "search": gettext_lazy("Det är en sökning eller ett ämne, inte ett konto."),
    "page": gettext_lazy("Det är en av plattformens egna sidor, inte ett konto."),
}


class NotTheirs(ValueError):
    """An address that cannot be the account's; the message is for people and says what was expected."""


def check(platform: Platform, typed: str) -> Found:
    """Answer the handle and canonical address of what was typed: a link in any form, or a name on that platform.

    Raises `NotTheirs` with the reason: unreadable, another platform's, a link to a post and the like, too long.
    """
    found = platform.recognise(typed)
    other = _other(platform, typed) if found is None or platform.anywhere else None
    if found is None or other:
        raise NotTheirs(" ".join([*_why(platform, other, typed), _example(platform)]))
    if len(found.address) > LONGEST:
        raise NotTheirs(_("Adressen är för lång: högst %(count)s tecken.") % {"count": LONGEST})
    return found


def canonical(platform: Platform, address: str) -> str:
    """Answer an address in the one form in which two can be compared; as written where it names no account there."""
    found = platform.recognise(address)
    return found.address if found else address.strip()


def holder(address: str) -> Account | None:
    """Answer the account that has this canonical address and keeps others from it: a closed one keeps its own."""
    held = Account.objects.alias(compared=Lower("address")).filter(~Q(address=""), compared=address.lower())
    return held.filter(address_released_at=None).select_related("platform", "unit").first()


def _other(platform: Platform, typed: str) -> Platform | None:
    """Answer the platform whose own site the address stands on, where that is not this one."""
    try:
        host = addresses.read(typed).host
    except addresses.AddressRefused:
        return None
    rest = [other for other in Platform.objects.whole().exclude(pk=platform.pk) if not platform.holds(host)]
    return next((other for other in rest if other.holds(host)), None)


def _why(platform: Platform, other: Platform | None, typed: str) -> list[str]:
    """Say why it cannot be the account's: the words of the first thing that is wrong."""
    if platform.link(typed) is None:
        return [_unreadable(typed)]
    if other is not None:
        facts = {"other": other, "platform": platform}
        where = _("Adressen hör till %(other)s, men kontot är registrerat på %(platform)s.") % facts
        return [where, *_instead(other.not_account(typed))]
    return _instead(platform.not_account(typed)) or [
        _("Adressen är inte ett konto på %(platform)s.") % {"platform": platform}
    ]


def _unreadable(typed: str) -> str:
    try:
        addresses.read(typed)
    except addresses.AddressRefused as refused:
        return str(refused)
    return ""


def _instead(led: NotAccount | None) -> list[str]:
    if led is None:
        return []
    if led.owner is None:
        return [str(NOT_ACCOUNTS[led.kind])]
    return [str(NOT_ACCOUNTS[led.kind]), _("Kontots adress kan vara %(address)s.") % {"address": led.owner.address}]


def _example(platform: Platform) -> str:
    return _("Så här ser en sådan adress ut: %(example)s") % {"example": platform.example}
