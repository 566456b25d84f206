"""What the rules found, and what people are told: findings and notices."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.organisation import Unit
from governance.models.people import User


class FindingQuerySet(models.QuerySet["Finding"]):
    """What is late is a comparison with the clock, never a stored word."""

    def breached(self, at: datetime) -> Self:
        """Answer what is late at that moment."""
        return self.filter(breached_at__lte=at)

    def due(self, at: datetime) -> Self:
        """Answer what is to be done at that moment, and not yet late."""
        return self.filter(due_at__lte=at).exclude(breached_at__lte=at)

    def open(self, at: datetime) -> Self:
        """Answer what is to be done or late, the latest first."""
        return self.filter(models.Q(due_at__lte=at) | models.Q(breached_at__lte=at)).order_by(
            models.F("breached_at").asc(nulls_last=True), "due_at", "pk"
        )

    def of(self, user: User) -> Self:
        """Answer what this person must act on."""
        return self.filter(responsible=user)


class Finding(models.Model):
    """What one rule says of one subject: in order, to be done since, or late since; and who must act, and where."""

    ACCESS_SEE: ClassVar[str] = "see_findings"

    class State(models.TextChoices):
        OK = "ok", _("I ordning")
        DUE = "due", _("Att göra")
        BREACHED = "breached", _("Brist")

    rule = models.CharField(_("Regel"), max_length=20)
    subject_type = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=120, default="")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("Enhet"))
    account_id = models.BigIntegerField(null=True)
    text = models.CharField(_("Vad"), max_length=300)
    clause = models.CharField(_("Källa"), max_length=200)
    basis = models.CharField(max_length=20)
    strength = models.CharField(max_length=20)
    due_at = models.DateTimeField(_("Att göra från"), null=True)
    breached_at = models.DateTimeField(_("Brist sedan"), null=True)
    next_change_at = models.DateTimeField(null=True, db_index=True)
    url = models.CharField(max_length=300)
    responsible = models.ManyToManyField(User, related_name="findings", verbose_name=_("Vem"))
    evaluated_at = models.DateTimeField()

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("regelutfall")
        constraints = [
            models.UniqueConstraint(fields=["rule", "subject_type", "subject_id", "key"], name="finding_once")
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="finding_subject")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"

    def state(self, at: datetime) -> "Finding.State":
        """Answer the finding's state at a moment."""
        if self.breached_at and self.breached_at <= at:
            return self.State.BREACHED
        return self.State.DUE if self.due_at and self.due_at <= at else self.State.OK


class Outgoing(models.Model):
    """A mail that is owed: the row is the order, taken by one worker at a time, and tried again when it fails."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Väntar")
        SENDING = "sending", _("Skickas")
        SENT = "sent", _("Skickad")
        FAILED = "failed", _("Kunde inte skickas")

    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.subject


class Notice(Outgoing):
    """One thing one person is told, once: shown in the app and sent by mail."""

    kind = models.CharField(max_length=60)
    user = models.ForeignKey(User, models.PROTECT, related_name="notices")
    url = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("meddelande")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=["waiting", "sending"]),
                name="notice_waiting",
            )
        ]


class Letter(Outgoing):
    """A mail to somebody who has no login: the public. Emptied of address and words when the matter's time has come."""

    email = models.EmailField(blank=True)

    class Meta:
        verbose_name = _("brev")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=["waiting", "sending"]),
                name="letter_waiting",
            )
        ]
