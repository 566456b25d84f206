"""What lies in the archive's storage and belongs to no record: on its way in, waiting for somebody, on its way out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.snapshot import Snapshot


class LooseFile(models.Model):
    """A file that is written, or is about to be, and that no record names yet.

    The row is committed before the file is written, and is deleted in the transaction that makes the record: whatever
    happens in between, no file in the storage is uncounted. One that waits for a person's decision names its snapshot
    and stays; any other is forgotten after a day.
    """

    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    prefix = models.CharField(max_length=80, blank=True)
    name = models.CharField(_("Filnamn"), max_length=100)
    media_type = models.CharField(_("Filtyp"), max_length=100)
    caption = models.CharField(_("Innehåll"), max_length=300)
    size = models.BigIntegerField(_("Storlek"))
    order = models.PositiveSmallIntegerField(default=0)
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="loose_files", verbose_name=_("Ögonblicksbild")
    )
    made_at = models.DateTimeField(_("Gjord"), db_index=True)

    class Meta:
        verbose_name = _("fil utan handling")
        ordering = ["snapshot", "order", "pk"]

    def __str__(self) -> str:
        return self.name


class Discard(models.Model):
    """The order to take a content out of the storage, written where the last row that named it was deleted.

    It is carried out only where nothing names the content by then, and stays as the proof that the file is gone.
    """

    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    prefix = models.CharField(max_length=80, blank=True)
    ordered_at = models.DateTimeField(_("Beställd"))
    not_before = models.DateTimeField(null=True)  # a lock on the storage that has not run out yet
    attempts = models.PositiveSmallIntegerField(_("Försök"), default=0)
    done_at = models.DateTimeField(_("Utförd"), null=True)
    kept_because = models.CharField(max_length=20, blank=True)  # "shared": a record that remains has the same content
    # Ordered by a decided disposal: only then is a lock on the storage set aside.
    disposal = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("borttagning ur lagringen")
        ordering = ["pk"]
        indexes = [models.Index(fields=["ordered_at"], condition=models.Q(done_at=None), name="discard_waiting")]

    def __str__(self) -> str:
        return self.sha256


class FileLock(models.Model):
    """How long the storage itself refuses to let go of a content; it always has an end, and is renewed before it."""

    sha256 = models.CharField(_("SHA-256"), max_length=64)
    prefix = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField(_("Låst till"), db_index=True)

    class Meta:
        verbose_name = _("lås i lagringen")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sha256", "prefix"], name="file_lock_once")]

    def __str__(self) -> str:
        return self.sha256
