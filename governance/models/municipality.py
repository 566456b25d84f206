"""The municipality whose house this is, and the one-time code that opens it on the first day."""

from pathlib import PurePath
from typing import Self

import pgtrigger
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.triggers import no_truncate
from governance.validators import one_line


def _files():
    return storages["default"]


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """There is one row, or none before the first day."""

    def current(self) -> "Municipality":
        """Answer the municipality; before anybody has entered it, one that says nothing and is not saved."""
        return self.first() or Municipality()

    def locked(self) -> Self:
        """Answer the row, held until the transaction is over."""
        return self.select_for_update()


class Municipality(models.Model):
    """What the municipality is called, looks like and is reached by; one row, which the database sees to."""

    name = models.CharField(_("Kommunens namn"), max_length=200, validators=[one_line])
    website = models.URLField(_("Webbplats"), max_length=200, blank=True)
    email = models.EmailField(_("Kontakt: e-post"), blank=True)
    accessibility_email = models.EmailField(_("Kontakt om tillgänglighet: e-post"), blank=True)
    logo = models.FileField(_("Logotyp"), storage=_files, upload_to="kommun", blank=True)
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    one = models.BooleanField(default=True, editable=False)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("kommun")
        constraints = [
            models.UniqueConstraint(fields=["one"], name="municipality_one"),
            models.CheckConstraint(condition=models.Q(one=True), name="municipality_is_the_one"),
        ]
        triggers = [
            pgtrigger.Protect(name="municipality_kept", operation=pgtrigger.Delete),
            no_truncate("municipality"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_url(self) -> str:
        """Answer the address of the logo, which anybody may read; empty where there is none."""
        return reverse("governance:municipality-logo", args=[PurePath(self.logo.name).name]) if self.logo else ""


class SetupCode(models.Model):
    """The code that opens the first-run page: only its hash, and one row that the first user's transaction locks."""

    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    one = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one"], name="setup_code_one")]

    def __str__(self) -> str:
        return str(self.made_at)
