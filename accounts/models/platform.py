"""Social media platforms, as data: how an address looks there, and whether new accounts may be opened."""

import re

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.sorting import swedish_key


class Platform(models.Model):
    """A platform; `patterns` are regular expressions over a whole address, with the group `handle`."""

    key = models.SlugField(_("Nyckel"), unique=True)
    name = models.CharField(_("Namn"), max_length=60)
    patterns = ArrayField(models.CharField(max_length=300))
    canonical = models.CharField(max_length=200)
    example = models.CharField(_("Exempel på adress"), max_length=200)
    retired_on = models.DateField(_("Används inte längre från"), null=True, blank=True)
    sort_key = models.CharField(max_length=60, editable=False, default="")

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
        for pattern in self.patterns:
            if match := re.fullmatch(pattern, address.strip(), flags=re.IGNORECASE):
                handle = match.group("handle").rstrip("/").lower()
                return handle, self.canonical.format(handle=handle)
        return None
