"""A snapshot of an account's page: the row is the order, the lease says which worker has it, the status how it went."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Closing
from archive.models.campaign import SnapshotCampaign
from governance.models import Authority, Unit, User
from governance.triggers import append_only
from governance.workflow import SYSTEM, Lifecycle, Step


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots by how far they have come."""

    def unfinished(self) -> Self:
        """Answer those that are waiting or being taken."""
        return self.filter(status__in=[Snapshot.Status.ORDERED, Snapshot.Status.RUNNING])

    def open(self) -> Self:
        """Answer those about which something is still to be done, by the worker or by somebody."""
        return self.exclude(status__in=ENDED)

    def pages(self) -> Self:
        """Answer those of an account's own page, not of one item on it."""
        return self.filter(subject=Snapshot.Subject.PAGE)

    def due(self, at: datetime) -> Self:
        """Answer those that wait and may be taken now."""
        return self.filter(status=Snapshot.Status.ORDERED, next_try_at__lte=at)

    def abandoned(self, at: datetime) -> Self:
        """Answer those whose worker has not been heard of for as long as it was given."""
        return self.filter(status=Snapshot.Status.RUNNING, lease_until__lte=at)


class Status(models.TextChoices):
    ORDERED = "ordered", _("Väntar")
    RUNNING = "running", _("Pågår")
    ATTENTION = "attention", _("Behöver ses över")
    DONE = "done", _("Klar")
    FAILED = "failed", _("Misslyckades")
    CANCELLED = "cancelled", _("Avbruten")
    NOT_NEEDED = "not_needed", _("Behövs inte")


RUNS = "archive.snapshots.runs"

LIFECYCLE = Lifecycle(
    "status",
    Step("start", {Status.ORDERED}, Status.RUNNING, _("Påbörja"), SYSTEM, effect=f"{RUNS}.begin"),
    Step("take_over", {Status.RUNNING}, Status.RUNNING, _("Ta över"), SYSTEM, effect=f"{RUNS}.begin"),
    Step("finish", {Status.RUNNING}, Status.DONE, _("Bli klar"), SYSTEM, effect=f"{RUNS}.end"),
    Step(
        "question",
        {Status.RUNNING},
        Status.ATTENTION,
        _("Lämna för granskning"),
        SYSTEM,
        effect=f"{RUNS}.end",
    ),
    Step(
        "postpone",
        {Status.RUNNING},
        Status.ORDERED,
        _("Vänta och försöka igen"),
        SYSTEM,
        effect=f"{RUNS}.wait",
    ),
    Step("fail", {Status.RUNNING}, Status.FAILED, _("Misslyckas"), SYSTEM, effect=f"{RUNS}.end"),
    Step(
        "retry",
        {Status.FAILED, Status.CANCELLED, Status.ATTENTION, Status.NOT_NEEDED},
        Status.ORDERED,
        _("Försök igen"),
        "order_snapshot",
        guard="archive.guards.may_order_again",
        effect=f"{RUNS}.order_again",
    ),
    Step(
        "cancel",
        {Status.ORDERED, Status.RUNNING},
        Status.CANCELLED,
        _("Avbryt"),
        "order_snapshot",
        effect=f"{RUNS}.end",
        color="danger",
    ),
    Step(
        "accept",
        {Status.ATTENTION},
        Status.DONE,
        _("Godta med anmärkning"),
        "accept_snapshot",
        asks_reason=True,
        button=False,
    ),
    Step(
        "replace",
        {Status.ORDERED, Status.FAILED, Status.CANCELLED, Status.ATTENTION, Status.NOT_NEEDED},
        Status.DONE,
        _("Ladda upp i stället"),
        "order_snapshot",
        effect=f"{RUNS}.replace",
        button=False,
    ),
    Step(
        "waive",
        {Status.ORDERED, Status.FAILED, Status.CANCELLED, Status.ATTENTION},
        Status.NOT_NEEDED,
        _("Behövs inte"),
        "accept_snapshot",
        asks_reason=True,
        effect=f"{RUNS}.waive",
    ),
    # The account was closed meanwhile, with the picture that a closing takes.
    Step(
        "lapse",
        {Status.ORDERED, Status.FAILED, Status.CANCELLED, Status.ATTENTION},
        Status.NOT_NEEDED,
        _("Falla bort"),
        SYSTEM,
        effect=f"{RUNS}.waive",
    ),
)
# Where nothing is left to do about a snapshot.
ENDED = (Status.DONE, Status.NOT_NEEDED)


class Snapshot(models.Model):
    """One snapshot asked for, of one account, by a person, a campaign or the account's opening."""

    class Occasion(models.TextChoices):
        REQUEST = "request", _("På begäran")
        CAMPAIGN = "campaign", _("Arkiveringsomgång")
        OPENING = "opening", _("När kontot öppnades")
        CLOSING = "closing", _("När kontot avslutas")
        CHANGE = "change", _("Inför en större förändring")

    class Subject(models.TextChoices):
        PAGE = "page", _("Kontots sida")
        ITEM = "item", _("Ett inlägg eller en kommentar")

    class Origin(models.TextChoices):
        CAPTURED = "captured", _("Tagen av Uppsikt")
        UPLOADED = "uploaded", _("Uppladdad")

    Status = Status
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    ACCESS_SEE: ClassVar[str] = "see_account"

    account = models.ForeignKey(Account, models.PROTECT, related_name="snapshots", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("Myndighet"))
    campaign = models.ForeignKey(
        SnapshotCampaign, models.PROTECT, null=True, blank=True, related_name="snapshots", verbose_name=_("Omgång")
    )
    occasion = models.CharField(_("Anledning"), max_length=10, choices=Occasion)
    closing = models.ForeignKey(
        Closing, models.PROTECT, null=True, blank=True, related_name="snapshots", verbose_name=_("Avslut")
    )
    subject = models.CharField(_("Vad bilden visar"), max_length=10, choices=Subject, default=Subject.PAGE)
    origin = models.CharField(_("Hur bilden togs"), max_length=10, choices=Origin, default=Origin.CAPTURED)
    requested_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Beställd av")
    )
    ordered_at = models.DateTimeField(_("Beställd"))
    status = models.CharField(_("Läge"), max_length=10, choices=Status, default=Status.ORDERED)

    attempts = models.PositiveSmallIntegerField(_("Försök"), default=0)
    next_try_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True)  # when the worker was last told; the row itself is the order
    lease = models.UUIDField(null=True)  # the one run that may write to this row
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(_("Påbörjad"), null=True)
    finished_at = models.DateTimeField(_("Avslutad"), null=True)
    progress = models.PositiveSmallIntegerField(default=0)
    phase = models.CharField(max_length=20, blank=True)

    address_asked = models.URLField(_("Adress"), max_length=2000)
    host = models.CharField(max_length=253, blank=True, default="")  # asked one at a time
    address_reached = models.TextField(_("Adressen som nåddes"), blank=True)
    facts = models.JSONField(default=dict)
    # What the completeness gate found, as keys of archive.capture.reasons.REMARKS; empty: complete.
    remarks = models.JSONField(default=list)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_detail = models.CharField(max_length=500, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ögonblicksbild")
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "account"],
                condition=models.Q(campaign__isnull=False),
                name="snapshot_once_per_campaign",
            ),
            models.CheckConstraint(
                condition=models.Q(status="running", lease__isnull=False, lease_until__isnull=False)
                | (~models.Q(status="running") & models.Q(lease=None, lease_until=None)),
                name="snapshot_lease_while_running",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="failed") | ~models.Q(failure_code=""), name="snapshot_failed_why"
            ),
            # Polite: a website is asked for one page at a time, whoever wants to ask.
            models.UniqueConstraint(
                fields=["host"],
                condition=models.Q(status="running") & ~models.Q(host=""),
                name="snapshot_one_per_host",
            ),
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="snapshot_progress_percent"),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(status__in=["ordered", "running"]),
                name="snapshot_unfinished",
            ),
            models.Index(fields=["account", "status", "finished_at"], name="snapshot_latest"),
            models.Index(fields=["unit", "started_at"], name="snapshot_served"),
            models.Index(fields=["status", "finished_at"], name="snapshot_recent"),
        ]
        triggers = [
            *LIFECYCLE.triggers("snapshot"),
            *append_only("snapshot", update=False),
        ]

    def __str__(self) -> str:
        if self.subject == self.Subject.ITEM:
            return _t("Inlägg hos %(account)s") % {"account": self.account}
        return _t("Ögonblicksbild av %(account)s") % {"account": self.account}

    def get_absolute_url(self) -> str:
        """Answer the snapshot's page."""
        return reverse("archive:snapshot-show", args=[self.pk])

    @property
    def is_unfinished(self) -> bool:
        """Answer whether something may still happen without anybody doing anything."""
        return self.status in (self.Status.ORDERED, self.Status.RUNNING)

    @property
    def has_ended(self) -> bool:
        """Answer whether nothing is left to do: it is done, here or by upload, or somebody decided that it need not."""
        return self.status in ENDED
