"""A reorganisation: one decision that moves many accounts to another unit (R-PLAN-11)."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from governance.models import Unit, User
from governance.triggers import append_only
from governance.validators import one_line


class Reorganisation(models.Model):
    """One decision: which accounts answer to which unit from a day; kept as it was taken."""

    ACCESS_SEE: ClassVar[str] = "see_account"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Ny enhet"))
    decision = models.CharField(_("Beslut"), max_length=200, validators=[one_line])
    day = models.DateField(_("Beslutsdag"))
    note = models.CharField(_("Anteckning"), max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Infört av"))
    at = models.DateTimeField(_("Infört"))

    class Meta:
        verbose_name = _("omorganisation")
        ordering = ["-at", "-pk"]
        triggers = append_only("reorganisation")

    def __str__(self) -> str:
        return f"{self.decision}, {self.day}"

    def get_absolute_url(self) -> str:
        """Answer the decision's page."""
        return reverse("accounts:reorganisation-show", args=[self.pk])


class Move(models.Model):
    """One account that a reorganisation moved, and from where."""

    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="moves")
    account = models.ForeignKey(Account, models.PROTECT, related_name="moves", verbose_name=_("Konto"))
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Från enhet"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Till enhet"))

    class Meta:
        verbose_name = _("flytt av konto")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reorganisation", "account"], name="move_once")]
        triggers = append_only("account_move")

    def __str__(self) -> str:
        return f"{self.account}: {self.from_unit}, {self.unit}"
