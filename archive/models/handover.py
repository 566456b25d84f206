"""A record handed over to the diary of its authority: what the diary must say of it (OSL 5:2), and how far it came."""

import uuid
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from archive.models.record import Record
from governance.models import Authority, Unit, User
from governance.workflow import SYSTEM, Lifecycle, Step


class HandoverStatus(models.TextChoices):
    WAITING = "waiting", _("Väntar")
    SENDING = "sending", _("Lämnas över")
    SENT = "sent", _("Väntar på diarienummer")
    UNCERTAIN = "uncertain", _("Oklart om den kom fram")
    FAILED = "failed", _("Gick inte att lämna över")
    REGISTERED = "registered", _("Diarieförd")
    CANCELLED = "cancelled", _("Avbruten")


Status = HandoverStatus

LIFECYCLE = Lifecycle(
    "status",
    Step("send", {Status.WAITING}, Status.SENDING, _("Lämna över"), SYSTEM),
    Step("arrive", {Status.SENDING}, Status.SENT, _("Vara framme"), SYSTEM),
    Step("postpone", {Status.SENDING}, Status.WAITING, _("Vänta och försöka igen"), SYSTEM),
    Step("fail", {Status.SENDING}, Status.FAILED, _("Misslyckas"), SYSTEM),
    Step("doubt", {Status.SENDING}, Status.UNCERTAIN, _("Vara osäker"), SYSTEM),
    Step("receive", {Status.SENT, Status.UNCERTAIN}, Status.REGISTERED, _("Få diarienummer"), SYSTEM),
    Step(
        "register",
        {Status.SENT, Status.UNCERTAIN},
        Status.REGISTERED,
        _("Skriv in diarienummer"),
        "hand_over",
        button=False,
    ),
    Step("confirm", {Status.UNCERTAIN}, Status.SENT, _("Den kom fram"), "hand_over"),
    Step(
        "retry",
        {Status.FAILED, Status.UNCERTAIN},
        Status.WAITING,
        _("Lämna över igen"),
        "hand_over",
        effect="archive.diary.sending.again",
    ),
    Step("cancel", {Status.WAITING, Status.FAILED}, Status.CANCELLED, _("Avbryt"), "hand_over", color="danger"),
)


class DiaryHandover(models.Model):
    """One record on its way into the diary, once: another is made only where this one was called off.

    `identifier` is what the other side knows it by: the same at every attempt, so that a second copy is told as such.
    """

    class Connector(models.TextChoices):
        MAIL = "mail", _("E-post")
        FOLDER = "folder", _("Mapp")

    Status = HandoverStatus
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    ACCESS_SEE: ClassVar[str] = "see_record"

    identifier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    record = models.ForeignKey(Record, models.CASCADE, related_name="handovers", verbose_name=_("Handling"))
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("Myndighet"))
    status = models.CharField(_("Läge"), max_length=10, choices=Status, default=Status.WAITING)

    # What a diary says of each document (OSL 5:2): the day, the number, the other party, the matter in short.
    dated = models.DateField(_("Inkom eller upprättades"))
    diary_number = models.CharField(_("Diarienummer"), max_length=60, blank=True)
    party = models.CharField(_("Avsändare eller mottagare"), max_length=300, blank=True)
    matter = models.CharField(_("Vad handlingen rör"), max_length=300)
    kept_out = models.BooleanField(_("Avsändare och ärendemening utelämnas i det som visas för allmänheten"))

    connector = models.CharField(_("Lämnas med"), max_length=10, choices=Connector)
    address = models.CharField(_("Lämnas till"), max_length=254)
    ordered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Beställd av"))
    ordered_at = models.DateTimeField(_("Beställd"))
    attempts = models.PositiveSmallIntegerField(_("Försök"), default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    failure = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(_("Överlämnad"), null=True)
    registered_at = models.DateTimeField(_("Diarieförd"), null=True)

    class Meta:
        verbose_name = _("överlämning till diariet")
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=~models.Q(status="cancelled"), name="handover_once_per_record"
            ),
            models.CheckConstraint(condition=~models.Q(matter=""), name="handover_has_matter"),
            models.CheckConstraint(
                condition=~models.Q(status="registered") | ~models.Q(diary_number=""), name="handover_registered_number"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(status__in=["waiting", "sending"]),
                name="handover_under_way",
            )
        ]
        triggers = [*LIFECYCLE.triggers("handover")]

    def __str__(self) -> str:
        return _t("Överlämning till diariet av handling %(number)s") % {"number": self.record_id}

    def get_absolute_url(self) -> str:
        """Answer the handover's page."""
        return reverse("archive:handover-show", args=[self.pk])


class DiaryDestination(models.Model):
    """Where an authority's diary takes its documents: a mailbox, or a folder that its system reads."""

    authority = models.OneToOneField(Authority, models.PROTECT, related_name="diary", verbose_name=_("Myndighet"))
    system = models.CharField(_("Diariesystem"), max_length=100)
    connector = models.CharField(_("Lämnas med"), max_length=10, choices=DiaryHandover.Connector)
    address = models.CharField(_("E-postadress eller mappens namn"), max_length=254)
    automatic = models.BooleanField(_("Ögonblicksbilder lämnas över av sig själva"), default=False)

    class Meta:
        verbose_name = _("mottagare för diariet")
        ordering = ["authority"]

    def __str__(self) -> str:
        return self.system
