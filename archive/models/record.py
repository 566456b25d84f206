"""A record (handling): one archived thing with its files, never changed and never deleted."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from governance.models import Authority, Unit
from governance.sorting import swedish_key
from governance.triggers import append_only

THUMBNAIL = "miniatyr.jpg"
MANIFEST = "manifest.json"
ORIGINAL = "original-"  # files that came from outside: kept as they came, handed out, never shown


class Record(models.Model):
    """One archived thing, under the unit and the authority it was made under.

    `manifest_sha256` is the hash of `manifest.json`, which names the record and the hash of every other file.
    """

    class Kind(models.TextChoices):
        SNAPSHOT = "snapshot", _("Ögonblicksbild")
        PLAN = "plan", _("Aktivitetsplan")

    class Origin(models.TextChoices):
        RECEIVED = "received", _("Inkommen")
        DRAWN_UP = "drawn_up", _("Upprättad")

    ACCESS_SEE: ClassVar[str] = "see_record"

    kind = models.CharField(_("Slag"), max_length=10, choices=Kind)
    title = models.CharField(_("Titel"), max_length=300)
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="records", verbose_name=_("Konto")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("Myndighet"))
    origin = models.CharField(_("Inkommen eller upprättad"), max_length=10, choices=Origin)
    made_at = models.DateTimeField(_("Gjord"))
    kept_at = models.DateTimeField(_("Arkiverad"))
    period = models.CharField(_("Period"), max_length=20, blank=True)
    source_type = models.CharField(max_length=80)
    source_id = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    manifest_sha256 = models.CharField(_("Manifestets kontrollsumma"), max_length=64)
    sort_key = models.CharField(max_length=320, editable=False, default="")

    class Meta:
        verbose_name = _("handling")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source_type", "source_id"], name="record_once_per_source"),
        ]
        indexes = [models.Index(fields=["made_at"], name="record_made_at")]
        triggers = append_only("record")

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        """Save, with the title's Swedish order beside it."""
        self.sort_key = swedish_key(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Answer the record's page."""
        return reverse("archive:record-show", args=[self.pk])


class RecordFile(models.Model):
    """One file of a record; its content lies in the archive storage under its SHA-256."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="files")
    name = models.CharField(_("Filnamn"), max_length=100)
    media_type = models.CharField(_("Filtyp"), max_length=100)
    size = models.BigIntegerField(_("Storlek"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    caption = models.CharField(_("Innehåll"), max_length=300)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("fil")
        ordering = ["record", "order"]
        constraints = [models.UniqueConstraint(fields=["record", "name"], name="record_file_name_once")]
        triggers = append_only("record_file")

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Answer whether it is one of the page's pictures, which the viewer shows in order."""
        return self.media_type == "image/jpeg" and self.name != THUMBNAIL and not self.is_foreign

    @property
    def is_foreign(self) -> bool:
        """Answer whether it was made by somebody else, and so is never opened inside the browser."""
        return self.name.startswith(ORIGINAL)
