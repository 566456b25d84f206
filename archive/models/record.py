"""A record (handling): one archived thing with its files, never changed; only a decided disposal takes it away."""

import uuid
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from archive.models.door import one_door, stays_gone
from archive.models.retention import DocumentKind
from governance.models import Authority, Unit
from governance.sorting import swedish_key

THUMBNAIL = "miniatyr.jpg"
MANIFEST = "manifest.json"
# What may change after a record was made; everything else is refused by the database.
ORDERED_COLUMNS = ("document_kind", "authors", "secret", "diary_number", "dispose_after")
HARMLESS = ("snapshot", "plan", "protocol")  # kinds whose titles the product makes, of the register's own names
ORIGINAL = "original-"  # files that came from outside: kept as they came, handed out, never shown


class Record(models.Model):
    """One archived thing, under the unit and the authority it was made under.

    `manifest_sha256` is the hash of `manifest.json`, which names the record and the hash of every other file. What the
    registrar keeps in order (`ORDERED_COLUMNS`) may change, each time with its line in the log; nothing else may.
    """

    class Kind(models.TextChoices):
        SNAPSHOT = "snapshot", _("Ögonblicksbild")
        ITEM = "item", _("Bevarat inlägg")
        REMOVAL = "removal", _("Underlag till borttagning")
        PLAN = "plan", _("Aktivitetsplan")
        DECISION = "decision", _("Beslut")
        EXPORT = "export", _("Export")
        DISCLOSURE = "disclosure", _("Utlämnande")
        PROTOCOL = "protocol", _("Gallringsprotokoll")

    class Origin(models.TextChoices):
        RECEIVED = "received", _("Inkommen")
        DRAWN_UP = "drawn_up", _("Upprättad")

    class Authors(models.TextChoices):
        OFFICIAL = "official", _("Tjänsteman")
        CITIZEN = "citizen", _("Allmänhet")
        BOTH = "both", _("Tjänsteman och allmänhet")

    class Completeness(models.TextChoices):
        COMPLETE = "complete", _("Fullständig")
        REMARKS = "remarks", _("Fullständig med anmärkning")

    ACCESS_SEE: ClassVar[str] = "see_record"

    identifier = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
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
    completeness = models.CharField(_("Fullständighet"), max_length=10, choices=Completeness, blank=True, default="")
    sort_key = models.CharField(max_length=320, editable=False, default="")

    document_kind = models.ForeignKey(
        DocumentKind, models.PROTECT, null=True, blank=True, related_name="records", verbose_name=_("Handlingstyp")
    )
    authors = models.CharField(_("Vem har skrivit"), max_length=10, choices=Authors, blank=True, default="")
    secret = models.BooleanField(_("Sekretessmarkerad"), default=False)  # a marking is in force (SecrecyMarking)
    diary_number = models.CharField(_("Diarienummer"), max_length=60, blank=True, default="")
    dispose_after = models.DateField(_("Får gallras efter"), null=True, blank=True)

    class Meta:
        verbose_name = _("handling")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source_type", "source_id"], name="record_once_per_source"),
        ]
        indexes = [
            models.Index(fields=["made_at"], name="record_made_at"),
            models.Index(
                fields=["dispose_after"], condition=models.Q(dispose_after__isnull=False), name="record_dispose_after"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="record_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=list(ORDERED_COLUMNS)),
            ),
            *one_door("record", "id"),
            stays_gone(),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        """Save, with the title's Swedish order beside it."""
        self.sort_key = swedish_key(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Answer the record's page."""
        return reverse("archive:record-show", args=[self.pk])

    @property
    def audit_label(self) -> str:
        """Answer what the log keeps for ever, longer than the record: a title only where it names an account or a plan.

        Of what somebody wrote, and of a marked record, only the number.
        """
        if self.secret:
            return _t("Sekretessmarkerad handling %(number)s") % {"number": self.pk}
        if self.kind in HARMLESS:
            return self.title
        return _t("%(kind)s, handling %(number)s") % {"kind": self.get_kind_display(), "number": self.pk}


class RecordFile(models.Model):
    """One file of a record; its content lies in the archive storage under its SHA-256."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="files")
    name = models.CharField(_("Filnamn"), max_length=100)
    media_type = models.CharField(_("Filtyp"), max_length=100)
    size = models.BigIntegerField(_("Storlek"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    prefix = models.CharField(max_length=80, blank=True, default="")  # where it lies apart: what is marked secret
    caption = models.CharField(_("Innehåll"), max_length=300)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("fil")
        ordering = ["record", "order"]
        constraints = [models.UniqueConstraint(fields=["record", "name"], name="record_file_name_once")]
        triggers = [
            pgtrigger.Protect(
                name="record_file_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["prefix"]),
            ),
            *one_door("record_file", "record_id"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Answer whether it is one of the page's pictures, which the viewer shows in order."""
        return self.media_type == "image/jpeg" and self.name != THUMBNAIL and not self.is_foreign

    @property
    def is_thumbnail(self) -> bool:
        """Answer whether it is the small picture that stands for the record in lists."""
        return self.name == THUMBNAIL

    @property
    def is_foreign(self) -> bool:
        """Answer whether it was made by somebody else, and so is never opened inside the browser."""
        return self.name.startswith(ORIGINAL)
