"""Social media platforms, as data: how an address looks there, what can be done there, and whether it is still used."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, NamedTuple, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.platforms import addresses
from accounts.platforms.addresses import AddressRefused, Link
from governance.sorting import swedish_key

HANDLE, EXACT = "handle", "exact"
# A name without an address: "@kommunen", or a word that no address could be.
_BARE = re.compile(r"@[^\s/:@?#\\]+|[^\s/:@?#\\.]+")


class Found(NamedTuple):
    """What an account is called on its platform, and the one address that is kept for it."""

    handle: str
    address: str


class NotAccount(NamedTuple):
    """What an address on the platform leads to instead of an account, and whose it is where the address says so."""

    kind: str
    owner: Found | None


class Can(models.TextChoices):
    YES = "yes", _("Ja")
    LIMITED = "limited", _("Med begränsningar")
    NO = "no", _("Nej")
    UNKNOWN = "unknown", _("Vet inte")


class LoginWay(models.TextChoices):
    PERSONAL = "personal", _("Personlig roll")
    SHARED = "shared", _("Gemensam inloggning")
    EITHER = "either", _("Båda sätten")
    UNKNOWN = "unknown", _("Vet inte")


def _can(label) -> models.CharField:
    return models.CharField(label, max_length=10, choices=Can, default=Can.UNKNOWN)


class PlatformQuerySet(models.QuerySet["Platform"]):
    """Platforms by whether new accounts may be opened there."""

    def whole(self) -> Self:
        """Answer the platforms with their details, for whoever reads addresses or shows what can be done."""
        return self.select_related("details")

    def open_on(self, day: date) -> Self:
        """Answer the platforms that are not retired on `day`."""
        return self.exclude(retired_on__lte=day)


class Platform(models.Model):
    """A platform: how an account's one address is written there, and what can be done.

    `canonical` is filled with the groups of the pattern that matched (`PlatformDetails`), and a name without an address
    goes into `named`. A platform that stands `anywhere` takes what is no other platform's (`domains`).
    """

    Can = Can
    LoginWay = LoginWay
    ACCESS_UNIT: ClassVar[str | None] = None  # seen by whoever sees any account, kept from the root
    ACCESS_ACCOUNT: ClassVar[str | None] = None  # many accounts stand on it; it belongs to none
    ACCESS_SEE: ClassVar[str] = "see_account"
    FACTS: ClassVar[tuple[str, ...]] = (
        "can_comment",
        "can_close_comments",
        "can_hide",
        "can_delete",
        "can_block",
        "read_logged_out",
        "login_way",
        "description_limit",
    )

    key = models.SlugField(_("Nyckel"), unique=True)
    name = models.CharField(_("Namn"), max_length=60)
    domains = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    anywhere = models.BooleanField(_("Kan finnas på vilken webbplats som helst"), default=False)
    canonical = models.CharField(max_length=200)
    named = models.CharField(max_length=200, blank=True)
    ignored = models.CharField(max_length=5, blank=True)
    example = models.CharField(_("Exempel på adress"), max_length=200)
    can_comment = _can(_("Andra kan kommentera"))
    can_close_comments = _can(_("Stänga av kommentarer"))
    can_hide = _can(_("Dölja andras kommentarer"))
    can_delete = _can(_("Ta bort andras kommentarer"))
    can_block = _can(_("Blockera den som skriver"))
    read_logged_out = _can(_("Läsa kontot utan att logga in"))
    login_way = models.CharField(_("Så loggar man in"), max_length=10, choices=LoginWay, default=LoginWay.UNKNOWN)
    description_limit = models.PositiveIntegerField(_("Längsta presentationstext"), null=True, blank=True)
    retired_on = models.DateField(_("Används inte längre från"), null=True, blank=True)
    sort_key = models.CharField(max_length=60, editable=False, default="")

    objects = PlatformQuerySet.as_manager()

    class Meta:
        verbose_name = _("plattform")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Save, with the Swedish order beside the name."""
        self.sort_key = swedish_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Answer the platform's page."""
        return reverse("accounts:platform-show", args=[self.key])

    def is_retired(self, day: date) -> bool:
        """Answer whether no new account may be opened here on `day`."""
        return self.retired_on is not None and self.retired_on <= day

    @classmethod
    def fact_field(cls, fact: str) -> models.Field:
        """Answer the field of one of `FACTS`."""
        field = cls._meta.get_field(fact)
        assert isinstance(field, models.Field)  # noqa: S101 - a fact is a column, never a relation
        return field

    def recognise(self, typed: str) -> Found | None:
        """Answer the account where what was typed is the address of one here, or a bare name; else None."""
        return next(self._matches(self.details.patterns, typed), None)

    def not_account(self, typed: str) -> NotAccount | None:
        """Answer what an address here leads to where that is no account, else None."""
        for kind, pattern in self.details.others:
            for match in self._tried(pattern, self.link(typed)):
                named = {HANDLE, EXACT} & {name for name, text in match.groupdict().items() if text}
                return NotAccount(kind, self._named(match) if named else None)
        return None

    def link(self, typed: str) -> Link | None:
        """Answer what was typed as an address, a bare name as its address here; None where neither is readable."""
        text = addresses.trimmed(typed)
        if self.named and _BARE.fullmatch(text):
            text = self.named.format(handle=text.removeprefix("@"))
        try:
            return addresses.read(text)
        except AddressRefused:
            return None

    def holds(self, host: str) -> bool:
        """Answer whether a host is one of this platform's own: an address there is nobody's blog."""
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)

    def _matches(self, patterns: list[str], typed: str) -> Iterator[Found]:
        link = self.link(typed)
        for pattern in patterns:
            for match in self._tried(pattern, link):
                yield self._named(match)

    def _tried(self, pattern: str, link: Link | None) -> Iterator[re.Match[str]]:
        """Try a pattern; on a site of its own the query may name the account, so it is not tried without it."""
        if link is None:
            return
        for form in (link.kept,) if self.anywhere else (link.bare, link.full):
            if match := re.fullmatch(pattern, form, re.IGNORECASE | re.ASCII):
                yield match

    def _named(self, match: re.Match[str]) -> Found:
        groups = {name: text if name == EXACT else _low(text) for name, text in match.groupdict().items() if text}
        handle = groups.pop(EXACT, None) or self._plain(groups.pop(HANDLE))
        filled = self.canonical.format_map(defaultdict(str, {**groups, HANDLE: handle}))
        return Found(handle, addresses.encoded(filled).rstrip("/"))

    def _plain(self, handle: str) -> str:
        """Answer a name without the signs that the platform does not count, where anything is left of it."""
        bare = handle.translate(dict.fromkeys(map(ord, self.ignored)))
        return bare if bare and "/" not in handle else handle


class PlatformDetails(models.Model):
    """What of a platform is read seldom, and so stands beside it: every list of accounts carries the platform itself.

    `patterns` are regular expressions over host, path and query as `addresses.read` answers them. A pattern names the
    account in its group `handle`, or `exact` where capital letters matter there. It is tried without the query, then
    with it. `others` pairs what is no account with its pattern. `notes` and `tried` (a day) are kept per fact: what
    nobody has tried against the real platform is said to be untried. `page_parts` is how its pages are built
    (`accounts.platforms.page_parts`), `page_own` whether the municipality has written that itself, and `page_trial` who
    tried it when: `day`, `by` (a user's key), `result` and `note`; empty where nobody has.
    """

    platform = models.OneToOneField(Platform, models.CASCADE, primary_key=True, related_name="details")
    patterns = ArrayField(models.TextField())
    others = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=dict, blank=True)
    tried = models.JSONField(default=dict, blank=True)
    page_parts = models.JSONField(default=dict, blank=True)
    page_own = models.BooleanField(default=False)
    page_trial = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return str(self.platform)


def _low(text: str) -> str:
    return unicodedata.normalize("NFC", text.lower())
