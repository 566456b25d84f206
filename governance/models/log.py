"""The audit log: events that are never changed, the personal data beside them, and the seals that chain them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.triggers import append_only


class AuditEvent(models.Model):
    """One thing that happened. No foreign keys: it outlives what it speaks of.

    Personal data (the actor's name, reasons, names of others) lies in `AuditPersonal`; `personal_sha256` is the
    SHA-256 of its salt and JSON, so the data can be shredded by decision and the chain still verifies.
    """

    ACCESS_SEE: ClassVar[str] = "see_audit"
    ACCESS_UNIT: ClassVar[str | None] = None  # read by the unit it happened in (`unit_id`), a number and no key

    at = models.DateTimeField(_("Tid"), db_index=True)
    action = models.CharField(_("Händelse"), max_length=80, db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField(null=True)
    object_label = models.CharField(max_length=300)
    unit_id = models.BigIntegerField(null=True)
    unit_label = models.CharField(max_length=200)
    account_id = models.BigIntegerField(null=True, db_index=True)
    data = models.JSONField(default=dict)
    personal_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("händelse")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]
        triggers = append_only("audit_event")

    def __str__(self) -> str:
        return f"{self.pk} {self.action}"


class AuditPersonal(models.Model):
    """The personal data of one event; the only part of the log that can be shredded, by decision."""

    event_id = models.BigIntegerField(unique=True)
    salt = models.CharField(max_length=64)
    payload = models.TextField()

    class Meta:
        triggers = append_only("audit_personal", delete=False)

    def __str__(self) -> str:
        return f"{self.event_id}"


class AuditSeal(models.Model):
    """One link of the chain: the event's place in order, and a hash over it and the link before."""

    number = models.BigIntegerField(unique=True)
    event_id = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        triggers = append_only("audit_seal")

    def __str__(self) -> str:
        return f"{self.number}"


class FollowUp(models.Model):
    """What a subscriber owes an event: written with the event, done by the worker, found by the sweep if forgotten."""

    class State(models.TextChoices):
        OWED = "owed", _("Väntar")
        DONE = "done", _("Klar")
        STUCK = "stuck", _("Gick inte")

    subscriber = models.CharField(max_length=80)
    event_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OWED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "event_id"], name="follow_up_once")]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(state="owed"), name="follow_up_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} {self.event_id}"
