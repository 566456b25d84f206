"""Authorities in law and the tree of units; both live between dates and are never deleted."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.sorting import swedish_key
from governance.validators import one_line


class Authority(models.Model):
    """A board (nämnd) or municipal company: in law an authority of its own, with its own diary and archive."""

    class Kind(models.TextChoices):
        BOARD = "board", _("Nämnd")
        COMPANY = "company", _("Kommunalt bolag")

    name = models.CharField(_("Namn"), max_length=200, validators=[one_line])
    kind = models.CharField(_("Slag"), max_length=10, choices=Kind, default=Kind.BOARD)
    valid_from = models.DateField(_("Från och med"))
    valid_to = models.DateField(_("Till och med"), null=True, blank=True)

    class Meta:
        verbose_name = _("myndighet")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(models.QuerySet["Unit"]):
    """Ways through the tree."""

    def root(self) -> "Unit":
        """Answer the municipality itself, the unit above all others."""
        return self.get(parent=None)

    def under(self, unit: "Unit") -> Self:
        """Answer `unit` and all below it."""
        return self.filter(path__startswith=unit.path)

    def above(self, unit: "Unit") -> Self:
        """Answer `unit` and all above it, nearest first."""
        ids = [int(part) for part in unit.path.strip("/").split("/")]
        return self.filter(pk__in=ids).order_by("-depth")

    def current(self, day) -> Self:
        """Answer the units that exist on `day`."""
        return self.filter(models.Q(valid_to=None) | models.Q(valid_to__gte=day), valid_from__lte=day)


class Unit(models.Model):
    """A part of the organisation, from the municipality itself (no parent) to a single school or library.

    `path` is the way from the root ("/1/7/12/") and answers in one comparison who is above whom. A unit that has ended
    hangs below its successor, so whoever answers for the successor reaches what the old unit left.
    """

    ACCESS_UNIT: ClassVar[str] = "pk"

    name = models.CharField(_("Namn"), max_length=200, validators=[one_line])
    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("Myndighet"), related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    email = models.EmailField(_("Funktionsadress"), blank=True)
    valid_from = models.DateField(_("Från och med"))
    valid_to = models.DateField(_("Till och med"), null=True, blank=True)
    path = models.CharField(max_length=250, editable=False, default="")
    depth = models.PositiveSmallIntegerField(editable=False, default=0)
    sort_key = models.CharField(max_length=250, editable=False, default="")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("enhet")
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["path"], name="unit_path", opclasses=["varchar_pattern_ops"])]
        constraints = [
            models.UniqueConstraint(
                fields=["parent"], condition=models.Q(parent=None), nulls_distinct=False, name="unit_one_root"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="unit_dates",
            ),
        ]
        triggers = [pgtrigger.Protect(name="unit_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Save, and keep the way from the root true for the unit and all below it."""
        self.sort_key = swedish_key(self.name)
        super().save(*args, **kwargs)
        self._place()

    def _place(self) -> None:
        above = self.successor if self.valid_to and self.successor else self.parent
        path = f"{above.path if above else '/'}{self.pk}/"
        if path == self.path:
            return
        self.path, self.depth = path, path.count("/") - 2
        Unit.objects.filter(pk=self.pk).update(path=self.path, depth=self.depth)
        hanging = models.Q(parent=self, successor=None) | models.Q(parent=self, valid_to=None)
        for below in Unit.objects.filter(hanging | models.Q(successor=self, valid_to__isnull=False)).distinct():
            below._place()
