"""What the archive's trustworthiness stands on: the seals over its records, and the checks that were made of it."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.triggers import append_only


class RecordSeal(models.Model):
    """One link of the chain over the records: its number, what the record was, and a hash that holds the link before.

    `rows_sha256` is over the record's rows as they were when it was sealed. No foreign key: a seal outlives its record,
    so that the chain still verifies after a disposal.
    """

    number = models.BigIntegerField(unique=True)
    identifier = models.UUIDField(unique=True)
    manifest_sha256 = models.CharField(max_length=64)
    rows_sha256 = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        triggers = append_only("record_seal")

    def __str__(self) -> str:
        return f"{self.number}"


class ArchiveCheck(models.Model):
    """One check of the archive: what was looked at, how far it has come, and what did not hold."""

    class Scope(models.TextChoices):
        WHOLE = "whole", _("Hela arkivet")
        SAMPLE = "sample", _("Ett urval")
        RECORDS = "records", _("Utpekade handlingar")

    ACCESS_SEE: ClassVar[str] = "see_archive_check"
    ACCESS_UNIT: ClassVar[str | None] = None  # the archive is one, whoever keeps which part of it

    scope = models.CharField(_("Omfattning"), max_length=10, choices=Scope)
    started_at = models.DateTimeField(_("Började"))
    finished_at = models.DateTimeField(_("Klar"), null=True, blank=True)
    phase = models.CharField(max_length=10, default="chain")
    position = models.CharField(max_length=300, blank=True, default="")  # the last thing of the phase that is done
    seals = models.BigIntegerField(_("Förseglingar"), default=0)
    records = models.BigIntegerField(_("Handlingar"), default=0)
    files = models.BigIntegerField(_("Filer"), default=0)
    size = models.BigIntegerField(_("Byte"), default=0)
    found = models.BigIntegerField(_("Avvikelser"), default=0)
    stopped_because = models.CharField(max_length=60, blank=True, default="")
    # The chain's end as it was then: a later check sees whether it still is a part of the chain.
    head_number = models.BigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("kontroll av arkivet")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.started_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Answer the page of this check."""
        return reverse("archive:check-show", args=[self.pk])


class ArchiveProblem(models.Model):
    """Something that did not hold in a check; it stands until a later check of the same thing finds it in order."""

    check_made = models.ForeignKey(ArchiveCheck, models.CASCADE, related_name="problems")
    code = models.CharField(max_length=20)
    phase = models.CharField(max_length=10)
    identifier = models.UUIDField(null=True, db_index=True)  # the record, where it is about one
    name = models.CharField(max_length=300, blank=True, default="")
    found_at = models.DateTimeField(_("Upptäckt"))
    settled_at = models.DateTimeField(_("I ordning igen"), null=True)

    class Meta:
        verbose_name = _("avvikelse i arkivet")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["phase"], condition=models.Q(settled_at=None), name="archive_problem_open"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
