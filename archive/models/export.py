"""A part of the archive made into one package to take elsewhere: the order, how far it has come, and what was in it."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from governance.models import Unit, User
from governance.workflow import SYSTEM, Lifecycle, Step


class ExportStatus(models.TextChoices):
    WAITING = "waiting", _("Väntar")
    MAKING = "making", _("Görs")
    DONE = "done", _("Klar att hämta")
    FAILED = "failed", _("Misslyckades")
    CANCELLED = "cancelled", _("Avbruten")
    REMOVED = "removed", _("Borttagen")


Status = ExportStatus

LIFECYCLE = Lifecycle(
    "status",
    Step("start", {Status.WAITING}, Status.MAKING, _("Påbörja"), SYSTEM),
    Step("finish", {Status.MAKING}, Status.DONE, _("Bli klar"), SYSTEM),
    Step("fail", {Status.MAKING}, Status.FAILED, _("Misslyckas"), SYSTEM),
    Step("expire", {Status.DONE, Status.FAILED, Status.CANCELLED}, Status.REMOVED, _("Ta bort"), SYSTEM),
    Step("cancel", {Status.WAITING, Status.MAKING}, Status.CANCELLED, _("Avbryt"), "export_archive", color="danger"),
)


class ArchiveExportQuerySet(models.QuerySet["ArchiveExport"]):
    """Exports by what is to be done with them."""

    def owed(self, at: datetime) -> Self:
        """Answer those that wait, or whose worker has not been heard of."""
        left = models.Q(status=Status.MAKING, lease_until__lte=at)
        return self.filter(models.Q(status=Status.WAITING) | left).order_by("ordered_at", "pk")


class ArchiveExport(models.Model):
    """One export (BagIt 1.0 in a tar file). The file is removed after a while; what was in it is a record."""

    Status = ExportStatus
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    ACCESS_SEE: ClassVar[str] = "export_archive"

    identifier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Konto")
    )
    made_from = models.DateField(_("Från och med"), null=True, blank=True)
    made_to = models.DateField(_("Till och med"), null=True, blank=True)
    kind = models.CharField(_("Slag"), max_length=10, blank=True)
    chosen = models.JSONField(default=list)  # identifiers of single records; empty: all that the rest says
    ordered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Beställd av"))
    ordered_at = models.DateTimeField(_("Beställd"))
    status = models.CharField(_("Läge"), max_length=10, choices=Status, default=Status.WAITING)
    lease_until = models.DateTimeField(null=True)
    # How far the file is whole: what is written after it, by a worker that died, is cut off.
    last_record = models.BigIntegerField(default=0)
    written = models.BigIntegerField(default=0)
    listed = models.BigIntegerField(default=0)
    count = models.PositiveIntegerField(_("Handlingar"), default=0)
    withheld = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(_("Storlek"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(_("Klar"), null=True)

    objects = ArchiveExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        ordering = ["-ordered_at", "-pk"]
        triggers = [*LIFECYCLE.triggers("archive_export")]

    def __str__(self) -> str:
        return _t("Export %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        """Answer the export's page."""
        return reverse("archive:export-show", args=[self.pk])

    @property
    def is_unfinished(self) -> bool:
        """Answer whether it still comes."""
        return self.status in (Status.WAITING, Status.MAKING)
