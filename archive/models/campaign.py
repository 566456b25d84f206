"""A campaign of snapshots (arkiveringsomgång): every account once, in the period that the policy promises."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from governance.models import PolicyVersion, Unit, User
from governance.triggers import append_only


class SnapshotCampaign(models.Model):
    """One campaign; `period` is the month it begins in ("2026-10") and there is one per period."""

    ACCESS_UNIT: ClassVar[str | None] = None  # it spans the municipality; each of its snapshots has its unit
    ACCESS_SEE: ClassVar[str] = "see_record"

    period = models.CharField(_("Period"), max_length=7, unique=True)
    starts_on = models.DateField(_("Börjar"))
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+", verbose_name=_("Policy"))
    opened_at = models.DateTimeField(_("Startad"))
    opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Startad av")
    )

    class Meta:
        verbose_name = _("arkiveringsomgång")
        ordering = ["-starts_on"]
        triggers = append_only("campaign", update=False)

    def __str__(self) -> str:
        return _t("Arkiveringsomgång %(month)s") % {"month": date_format(self.starts_on, "F Y")}

    def get_absolute_url(self) -> str:
        """Answer the campaign's page."""
        return reverse("archive:campaign-show", args=[self.pk])

    @property
    def unit(self) -> Unit:
        """Answer the unit that a finding about it stands under: the municipality itself."""
        return Unit.objects.root()
