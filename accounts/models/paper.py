"""A plan on paper: the scan of one that was signed there, and the prints that were made of one in force."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.plan import ActivityPlan, SealedPlan
from governance.models import User
from governance.triggers import append_only


class PaperScan(models.Model):
    """A scan of the signed paper, entered by communications; kept in the default storage by its SHA-256.

    It is read by whoever reads the plan. One that no signature rests on may be taken away again.
    """

    ACCESS_UNIT: ClassVar[str] = "plan__unit"
    ACCESS_ACCOUNT: ClassVar[str] = "plan__account"
    ACCESS_SEE: ClassVar[str] = "see_plan"

    plan = models.ForeignKey(ActivityPlan, models.PROTECT, related_name="scans")
    name = models.CharField(_("Filens namn"), max_length=200)
    media_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200)  # its name in the default storage
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Inlagd av"))
    entered_at = models.DateTimeField(_("Inlagd"))

    class Meta:
        verbose_name = _("skannat papper")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "sha256"], name="paper_scan_once")]
        triggers = append_only("paper_scan", delete=False)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Answer where the scan is fetched."""
        return reverse("accounts:paper-download", args=[self.plan_id, self.pk])


class PrintedPlan(models.Model):
    """The PDF of a plan in force, kept as it was made: the same bytes are answered ever after, and can be checked.

    A further edition is made only where what it says of the decision has changed (a number that was not known, a
    person whose identity became protected); `state` tells one from the next. Earlier ones are still recognised.
    """

    sealed = models.ForeignKey(SealedPlan, models.PROTECT, related_name="prints")
    edition = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    file = models.CharField(max_length=200)  # its name in the default storage
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-edition"]
        constraints = [models.UniqueConstraint(fields=["sealed", "edition"], name="printed_plan_edition")]
        triggers = append_only("printed_plan")

    def __str__(self) -> str:
        return f"{self.sealed_id} {self.edition}"


class DelegationDecision(models.Model):
    """The number of a decision by delegation, as it was entered; the latest holds, earlier ones stay as history."""

    plan = models.ForeignKey(ActivityPlan, models.PROTECT, related_name="delegation_decisions")
    statement_key = models.CharField(max_length=40)
    number = models.CharField(_("Nummer"), max_length=60)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Inskrivet av"))
    entered_at = models.DateTimeField(_("Inskrivet"))

    class Meta:
        verbose_name = _("delegationsbeslut")
        ordering = ["pk"]
        triggers = append_only("delegation_decision")

    def __str__(self) -> str:
        return self.number
