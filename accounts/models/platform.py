"""Social media platforms, as data: how an address looks there, and whether new accounts may be opened."""

import re
from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import addresses
from governance.sorting import swedish_key

HANDLE, EXACT = "handle", "exact"


class PlatformQuerySet(models.QuerySet["Platform"]):
    """Platforms by whether new accounts may be opened there."""

    def open_on(self, day: date) -> Self:
        """Answer the platforms that are not retired on `day`."""
        return self.exclude(retired_on__lte=day)


class Platform(models.Model):
    """A platform; `patterns` are regular expressions over a whole address, decoded and without a trailing slash.

    A pattern names the account in its group `handle`, or `exact` where capital letters matter there. It is tried
    without the query, then with it. `canonical` is filled with the groups of the pattern that matched.
    """

    key = models.SlugField(_("Nyckel"), unique=True)
    name = models.CharField(_("Namn"), max_length=60)
    patterns = ArrayField(models.TextField())
    canonical = models.CharField(max_length=200)
    example = models.CharField(_("Exempel på adress"), max_length=200)
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

    def recognise(self, address: str) -> tuple[str, str] | None:
        """Answer (handle, canonical address) where `address` is one of this platform's, else None."""
        try:
            link = addresses.read(address)
        except addresses.AddressRefused:
            return None
        for pattern in self.patterns:
            for form in (link.bare, link.full):
                if match := re.fullmatch(pattern, form, re.IGNORECASE | re.ASCII):
                    return self._named(match)
        return None

    def _named(self, match: re.Match[str]) -> tuple[str, str]:
        groups = {name: text.lower() if name != EXACT else text for name, text in match.groupdict().items() if text}
        handle = groups.pop(EXACT, None) or groups.pop(HANDLE)
        return handle, addresses.encoded(self.canonical.format(**{HANDLE: handle, **groups}))
