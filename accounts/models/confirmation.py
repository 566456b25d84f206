"""Somebody who answers for an account has said that what the register says of it is still right."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from governance.models import Unit, User
from governance.triggers import append_only
from governance.validators import one_line


class Confirmation(models.Model):
    """Said to be right: "Stämmer fortfarande": once a year, or by a new manager; kept as it was said, never changed."""

    class Kind(models.TextChoices):
        YEARLY = "yearly", _("Årlig bekräftelse")
        MANAGER = "manager", _("Bekräftelse av ny chef")

    account = models.ForeignKey(Account, models.PROTECT, related_name="confirmations", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    kind = models.CharField(_("Slag"), max_length=10, choices=Kind)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Bekräftat av"))
    at = models.DateTimeField(_("Bekräftat"))
    note = models.CharField(_("Anteckning"), max_length=300, blank=True, validators=[one_line])

    class Meta:
        verbose_name = _("bekräftelse")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=["yearly", "manager"]), name="confirm_kind")]
        triggers = append_only("confirmation")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.account}"
